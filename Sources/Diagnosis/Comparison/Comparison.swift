import SessionOptions
package import SessionTrace

/// What differs between two sessions, in the order that matters.
///
/// It answers "what was the difference between what Exim did and what I did?": first whether the
/// outcome differs, then what was done differently, then what came back differently. It observes and
/// does not conclude: a difference beside another outcome is a lead, and one pair of sessions is one
/// pair.
package struct Comparison: Sendable, Equatable {
  /// All of them, by topic.
  package let differences: [Difference]

  /// Whether both sessions were with the same target: no option tells of another one.
  private let hasSameTarget: Bool

  /// Compares two traces, judged anew.
  package init(_ first: Trace, _ second: Trace) {
    let targets = (first.target, second.target)
    hasSameTarget =
      targets.0.given == targets.1.given
      || targets.0.address != nil && targets.0.address == targets.1.address
        && targets.0.port == targets.1.port
    let pair = SessionPair(first: first, second: second)
    differences =
      pair.outcome + pair.options + pair.departure + pair.replies + pair.tls + pair.tcp
      + pair.timing + pair.environment
  }

  /// Whether status, stage and custody are the same.
  package var hasSameOutcome: Bool {
    !differences.contains { $0.topic == .outcome && Comparison.verdictWords.contains($0.what) }
  }

  /// Whether anything differs that can bear on a delivery.
  package var differsInWhatMatters: Bool { differences.contains(where: \.matters) }

  /// What may be taken from it, and what may not.
  package var reading: String {
    let options = differences.filter { $0.topic == .options && $0.matters }.map(\.what)
    switch (hasSameOutcome, options.count) {
    case (true, _) where !differsInWhatMatters:
      return "The outcome is the same, and nothing that matters differs."
    case (true, _) where !hasSameTarget:
      return
        "The outcome is the same, at two targets; whether for the same reason is not said by that."
    case (false, _) where !hasSameTarget:
      return
        "The outcome differs, and so does the target: play both sessions to one and the same to see"
        + " whether an option decides."
    case (true, _):
      return "The outcome is the same; what differs beside it has not changed it."
    case (false, 0):
      return "The outcome differs although the options are the same: repeat both. It may come and"
        + " go, depend on the hour, or follow from what the server said."
    case (false, 1):
      return "The outcome differs, and of the options only \(options[0]). That is a pair with one"
        + " thing changed: repeat it both ways, since one pair may be chance."
    case (false, _):
      return "The outcome differs, and so do \(options.count) options: change one at a time to see"
        + " which of them decides."
    }
  }

  /// The three words of a verdict.
  static let verdictWords = ["status", "stage", "custody"]
}

/// Two sessions side by side; each topic is an extension of its own.
struct SessionPair {
  let first: Trace
  let second: Trace
}

extension SessionPair {
  /// How the two ended.
  var outcome: [Difference] {
    let verdicts = (verdict(of: first), verdict(of: second))
    var list = DifferenceList(.outcome)
    list.compare("status", verdicts.0.status.rawValue, verdicts.1.status.rawValue)
    list.compare("stage", verdicts.0.stage.rawValue, verdicts.1.stage.rawValue)
    list.compare("custody", verdicts.0.custody?.rawValue, verdicts.1.custody?.rawValue)
    list.compare("error", verdicts.0.error, verdicts.1.error)
    list.compare(
      "first without a reply", verdicts.0.pending.firstUnanswered,
      verdicts.1.pending.firstUnanswered)
    let hazards = (hazards(of: first), hazards(of: second))
    for id in Set((hazards.0 + hazards.1).map(\.id.rawValue)).sorted() {
      let seen = (
        hazards.0.contains { $0.id.rawValue == id }, hazards.1.contains { $0.id.rawValue == id }
      )
      list.compare("hazard \(id)", seen.0 ? "seen" : nil, seen.1 ? "seen" : nil)
    }
    return list.differences
  }

  /// What was asked for, in the order of the table of options.
  var options: [Difference] {
    let names = Set(first.options.keys).union(second.options.keys)
    var list = DifferenceList(.options)
    let known = OptionTable.keys
    for name in known.filter(names.contains) + names.subtracting(known).sorted() {
      list.compare(name, optionText(name, in: first), optionText(name, in: second))
    }
    return list.differences
  }

  private func optionText(_ name: String, in trace: Trace) -> String? {
    switch trace.options[name] {
    case nil, .some(.none): nil
    case .some(let value): value.text
    }
  }

  /// The host it ran on, and whom it reached.
  var environment: [Difference] {
    var list = DifferenceList(.environment)
    let targets = (first.target, second.target)
    list.compare("target", targets.0.given, targets.1.given, matters: false)
    list.compare("address", targets.0.address, targets.1.address, matters: false)
    list.compare("port", targets.0.port, targets.1.port, matters: false)
    list.compare(
      "MX preference", targets.0.mxPreference, targets.1.mxPreference, matters: false)
    list.compare("from", targets.0.localAddress, targets.1.localAddress, matters: false)
    let hosts = (first.environment, second.environment)
    list.compare("kernel", hosts.0.kernel, hosts.1.kernel, matters: false)
    // It is unknown where it was not loaded.
    if !hosts.0.gnutls.isEmpty, !hosts.1.gnutls.isEmpty {
      list.compare("GnuTLS", hosts.0.gnutls, hosts.1.gnutls, matters: false)
    }
    list.compare(
      "congestion control", hosts.0.congestionControl, hosts.1.congestionControl, matters: false)
    list.compare(
      "interface MTU", hosts.0.route?.interfaceMTU, hosts.1.route?.interfaceMTU, matters: false)
    list.compare(
      "path MTU of the route", hosts.0.route?.pathMTU, hosts.1.route?.pathMTU, matters: false)
    list.compare(
      "connection tracking", hosts.0.connectionTracking?.word, hosts.1.connectionTracking?.word,
      matters: false)
    for name in Set(hosts.0.sysctl.keys).union(hosts.1.sysctl.keys).sorted() {
      list.compare(name, hosts.0.sysctl[name], hosts.1.sysctl[name], matters: false)
    }
    return list.differences
  }
}

extension ConnectionTrackingRecord {
  fileprivate var word: String { isLoaded ? "loaded" : "not loaded" }
}
