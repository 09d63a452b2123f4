import SessionTrace

extension CauseID {
  package static let multiMxPartial = CauseID(rawValue: "multi-mx-partial")
}

extension Cause {
  static let multiMxPartial = Cause(
    id: .multiMxPartial, code: "I7",
    alsoCalled: ["backup MX", "secondary MX", "failover"],
    title: "One exchanger or address of several is bad",
    mechanism: """
      A domain with several exchangers or addresses works through some of them. Limits on tries \
      (five in Exim, two sessions in Postfix) hide the good ones behind the bad ones, and the \
      order among equals is random, so it comes and goes.
      """,
    symptoms: "One address stalls or refuses, with 421 perhaps, and another takes the mail.",
    experiment: "Probe every address: mx:DOMAIN, then each address by itself.",
    remedies: Remedies(
      exim: [
        .setting("hosts_max_try = 10", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_mx_session_limit = 4", "And smtp_mx_address_limit.")
      ],
      receiver: [
        .advice("Mend or remove the bad exchanger.")
      ]),
    sources: [
      "RFC 5321 section 5.1",
      "Postfix postconf(5), smtp_mx_session_limit",
    ],
    twins: [.synFiltered, .ipv6BrokenPath],
    rules: [.partlyReachable])
}

extension CauseRule {
  fileprivate static let partlyReachable = CauseRule(
    fits: { $0.subject.addresses.count > 1 && $0.status != .ok },
    requires: [.anotherAddressServes],
    best: .confirmed)
}

extension Control {
  /// The target's addresses but the one that failed, those of the same family first.
  fileprivate var otherAddresses: [Variation] {
    let tried = trace.target.address ?? trace.attempts.last?.address
    let others = subject.addresses.filter { $0 != tried }
    let alike = others.filter { $0.contains(":") == usesIPv6 }
    return (alike + others.filter { !alike.contains($0) }).prefix(8).map(Variation.address)
  }
}

extension Control {
  /// `192.0.2.25 answers 421 4.3.2 Not today`, as it was the first time.
  fileprivate var whereItFails: String {
    let place = unreachedPlaces ?? trace.target.address ?? trace.target.host
    if let refusal { return "\(place) answers \(refusal.quoted)" }
    return "at \(place) it is \(SweepOutcome(verdict).text)"
  }

  /// All addresses that were tried; `nil` where one of them was reached.
  private var unreachedPlaces: String? {
    guard status == .unreachable else { return nil }
    var tried: [String] = []
    for attempt in trace.attempts where !tried.contains(attempt.address) {
      tried.append(attempt.address)
    }
    return tried.isEmpty ? nil : list(tried)
  }
}

extension Criterion {
  /// At one other address of the target or more, the failure is gone.
  fileprivate static let anotherAddressServes = Criterion(variations: { $0.control.otherAddresses })
  {
    evidence in
    let variations = evidence.control.otherAddresses
    func sentences(_ wanted: Experiment.Effect) -> [String] {
      variations.filter { evidence.effect(of: $0) == wanted }.map(evidence.sentence)
    }
    let gone = sentences(.gone)
    let same = sentences(.same)
    if !gone.isEmpty {
      return .yes(([evidence.control.whereItFails] + gone + same).joined(separator: "; "))
    }
    return !same.isEmpty && same.count == variations.count
      ? .no(same.joined(separator: "; ")) : .unknown
  }
}
