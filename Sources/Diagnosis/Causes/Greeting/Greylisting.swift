extension CauseID {
  package static let greylisting = CauseID(rawValue: "greylisting")
}

extension Cause {
  static let greylisting = Cause(
    id: .greylisting, code: "D12",
    alsoCalled: [
      "greylist", "graylisting", "graylist", "Postgrey", "SQLgrey", "milter-greylist", "spamd",
    ],
    title: "Come back later",
    mechanism: """
      The server refuses the first contact of a client, sender and recipient it has not seen with \
      a temporary code, and takes a retry after some minutes. Programs that never retry are \
      filtered out. The deep tests of postscreen always end a first contact so.
      """,
    symptoms: """
      A prompt 450 or 451 at RCPT or after the message; the same again after some minutes passes.
      """,
    experiment: """
      Do not hammer. One retry after the time that the server names, from the same address.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Allow-list senders that are known. The sender needs ordinary retries and a stable \
          source address.
          """)
      ]),
    sources: [
      "OpenBSD spamd(8); Postfix POSTSCREEN_README",
      "RFC 6647",
    ],
    twins: [.connectionLimit421, .tarpitStutter],
    rules: [.greylisting])
}

extension CauseRule {
  fileprivate static let greylisting = CauseRule(
    fits: {
      $0.status == .deferred && [.envelope, .message].contains($0.group)
        && $0.refusal?.reason == .greylisting
    },
    requires: [.said("first contact is put off")],
    decider: "the same envelope from the same address after half an hour")
}
