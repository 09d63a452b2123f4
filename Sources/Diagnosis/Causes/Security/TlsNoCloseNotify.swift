import SessionTrace

extension CauseID {
  package static let tlsNoCloseNotify = CauseID(rawValue: "tls-no-close-notify")
}

extension Cause {
  static let tlsNoCloseNotify = Cause(
    id: .tlsNoCloseNotify, code: "H5",
    title: "The peer drops the connection without the closing alert of TLS",
    mechanism: """
      TLS ends with close_notify, so that a cut can be told from an end. Many SMTP servers just \
      close TCP after QUIT, and GnuTLS then says that the connection was not properly terminated. \
      After 221 that is harmless; inside a message it is the connection that died, and the words \
      of TLS are only its local view: seed 003 had the same message for a lost path.
      """,
    symptoms: "Closed under TLS without an alert.",
    experiment: """
      The stage decides: after an accepted message it is cosmetic. In the middle of content read \
      the system's error (104, 110, 32) first.
      """,
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: Exim hides it after QUIT.")
      ],
      receiver: [
        .advice("Send close_notify.")
      ]),
    sources: [
      "RFC 8446 section 6.1",
      "Exim tls-gnu.c; seed 003",
    ],
    twins: [.tfoConntrackWscaleReset, .sizeDropNo5xx, .quitIgnored, .halfCloseIntolerance],
    rules: [.noCloseNotify])
}

extension CauseRule {
  fileprivate static let noCloseNotify = CauseRule(
    fits: { $0.isUnderTLS && $0.isBrokenOff && $0.stage != .tls },
    requires: [
      .seen("the connection ended under TLS without an alert", not: "") { $0.isBrokenOff }
    ],
    tells: [Criterion.goes(with: .tlsOff).neverAgainst],
    decider: "the server's log of the same moment: a crash, a limit, or a device that cut the line")
}
