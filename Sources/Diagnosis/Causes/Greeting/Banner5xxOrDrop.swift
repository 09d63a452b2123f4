import SessionTrace

extension CauseID {
  package static let banner5xxOrDrop = CauseID(rawValue: "banner-5xx-or-drop")
}

extension Cause {
  static let banner5xxOrDrop = Cause(
    id: .banner5xxOrDrop, code: "D10",
    alsoCalled: ["TCP wrappers", "hosts.deny"],
    title: "Refused in the greeting, or accepted and dropped without a word",
    mechanism: """
      A server that wants no mail from a client may say 554 in its greeting and wait for QUIT \
      (RFC 5321 section 3.1). Others accept the connection and close it at once: TCP wrappers, a \
      block list, a load balancer without a server behind it.
      """,
    symptoms: "Rejected or closed at banner, before any command of ours.",
    experiment: "Another source address, or another exchanger of the domain.",
    remedies: Remedies(
      postfix: [
        .setting("smtp_skip_5xx_greeting = yes", "The default: the next exchanger is tried.")
      ],
      receiver: [
        .advice("Take the client off the list, or repair the service behind the balancer.")
      ]),
    sources: [
      "RFC 5321 section 3.1",
      "Postfix postconf(5), smtp_skip_5xx_greeting",
    ],
    twins: [.connectionLimit421],
    rules: [.refusedGreeting])
}

extension CauseRule {
  fileprivate static let refusedGreeting = CauseRule(
    fits: {
      $0.stage == .banner && ($0.isRefused || $0.isBrokenOff) && !$0.talksEarly
        && $0.refusal?.reason != .connections
    },
    requires: [
      .seen("the server refused or left before any command", not: "") { $0.stage == .banner },
      .leavesAtOnce,
    ],
    decider: "another source address, and the receiver's block lists")
}

extension Criterion {
  /// Who refuses a host does not wait for it first; a limit of the server's own is over after so long.
  fileprivate static let leavesAtOnce = Criterion(variations: { _ in [] }) { evidence in
    let control = evidence.control
    if let reply = control.trace.greetingGivenUp {
      return .no(
        "the server says \(reply.code) only after \(durationText(reply.wait)): it waited for something"
          + " itself")
    }
    guard control.isBrokenOff, control.trace.waited >= .seconds(2) else { return .idle }
    return .no(
      "the server gave up after \(durationText(control.trace.waited)) without a word: it waited for"
        + " something itself")
  }
}
