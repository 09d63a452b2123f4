import SessionOptions
package import SessionTrace

/// How long we wait.
extension Variation {
  /// So long a wait for each reply.
  package static func patience(_ time: Microseconds) -> Variation {
    Variation(
      name: "timeout", value: patienceText(time),
      phrase: "waiting \(patienceText(time)) for each reply", cost: 3, wait: time,
      remedy: .tarpitErrorDelay, controlValue: { patienceText($0.subject.patience) },
      learn: { $0.patience = time },
      apply: { options, _ in
        options.timeouts.reply = .fixed(time)
        // A session that hardly moves would go on for as long as its message lasts.
        options.timeouts.total = options.timeouts.total.map { $0 + time }
      })
  }
}

/// `120 s`: a wait as people give it.
private func patienceText(_ time: Microseconds) -> String {
  time % 1_000_000 == 0 ? "\(time / 1_000_000) s" : durationText(time)
}
