import SessionTrace

extension SessionPair {
  /// What was negotiated.
  var tls: [Difference] {
    var list = DifferenceList(.tls)
    guard let left = first.tls, let right = second.tls else {
      list.compare("session", first.tls?.cipherSuite, second.tls?.cipherSuite)
      return list.differences
    }
    list.compare("session", left.cipherSuite, right.cipherSuite)
    list.compare("server name", left.serverName, right.serverName)
    list.compare("ALPN", left.alpn, right.alpn)
    list.compare("resumed", word(left.resumed), word(right.resumed))
    list.compare("certificate verified", word(left.verified), word(right.verified))
    list.compare("hello, bytes", left.clientHelloLength, right.clientHelloLength)
    let leaves = (left.certificates.first, right.certificates.first)
    list.compare("certificate for", leaves.0?.subject, leaves.1?.subject)
    list.compare(
      "certificate, sha256", leaves.0?.fingerprint, leaves.1?.fingerprint, matters: false)
    return list.differences
  }

  /// What the two kernels agreed on, and what got lost.
  var tcp: [Difference] {
    var list = DifferenceList(.tcp)
    guard let left = first.finalFacts, let right = second.finalFacts else {
      list.compare("connection", first.finalFacts?.state, second.finalFacts?.state)
      return list.differences
    }
    list.compare("segment size", left.sendMSS, right.sendMSS)
    list.compare("segment size advertised", left.advertisedMSS, right.advertisedMSS)
    list.compare("path MTU", left.pathMTU, right.pathMTU)
    list.compare(
      "options", left.options?.joined(separator: " "), right.options?.joined(separator: " "))
    list.compare("window scale", scale(left), scale(right))
    list.compare(
      "Fast Open", first.fastOpenOutcome.rawValue, second.fastOpenOutcome.rawValue)
    if isBeyondNoise(left.totalRetransmits ?? 0, right.totalRetransmits ?? 0, step: 1) {
      list.compare("retransmitted", left.totalRetransmits, right.totalRetransmits)
    }
    list.compare("ICMP", reports(first), reports(second))
    return list.differences
  }

  /// Stages whose length differs by more than noise: by a factor of three and by 10 ms.
  var timing: [Difference] {
    var list = DifferenceList(.timing)
    for stage in Stage.allCases {
      let sides = (
        first.stages.filter { $0.name == stage }, second.stages.filter { $0.name == stage }
      )
      for (number, pair) in zip(sides.0, sides.1).enumerated() {
        guard let left = pair.0.duration, let right = pair.1.duration,
          isBeyondNoise(left, right, step: .milliseconds(10))
        else { continue }
        list.compare(
          number > 0 ? "\(stage.rawValue) (\(number + 1))" : stage.rawValue, durationText(left),
          durationText(right))
      }
    }
    let trips = (first.finalFacts?.leastRoundTrip, second.finalFacts?.leastRoundTrip)
    if let left = trips.0, let right = trips.1,
      isBeyondNoise(left, right, step: .milliseconds(10))
    {
      list.compare("least round trip", durationText(left), durationText(right))
    }
    return list.differences
  }

  private func isBeyondNoise<Number: SignedInteger & FixedWidthInteger>(
    _ left: Number, _ right: Number, step: Number
  ) -> Bool {
    let (less, more) = (max(0, min(left, right)), max(0, max(left, right)))
    return more - less >= step && more / 3 >= less
  }

  private func word(_ flag: Bool) -> String { flag ? "yes" : "no" }

  private func scale(_ facts: KernelFacts) -> String? {
    facts.windowScale?.map { String($0) }.joined(separator: "/")
  }

  /// What the path reported, each error once.
  private func reports(_ trace: Trace) -> String? {
    let names = Set(trace.pathErrors.map(\.failure.name)).sorted()
    return names.isEmpty ? nil : names.joined(separator: " ")
  }
}

extension TLSSummary {
  /// `TLS1.3 AES-256-GCM X25519`.
  fileprivate var cipherSuite: String {
    "\(version) \(cipher)" + (group.map { " \($0)" } ?? "")
  }
}
