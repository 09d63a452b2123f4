extension CauseID {
  package static let tlsBufferingLoss = CauseID(rawValue: "tls-buffering-loss")
}

extension Cause {
  static let tlsBufferingLoss = Cause(
    id: .tlsBufferingLoss, code: "H8",
    title: "Replies are lost where pipelining and TLS buffers meet",
    mechanism: """
      Decrypted input sits in the TLS library while the program asks the socket whether there is \
      any, or a buffer is thrown away when another connection uses TLS. Exim up to 4.92 with \
      OpenSSL lost pipelined replies when a callout used TLS too; Exim up to 4.93 could hang with \
      GnuTLS; Postfix's tlsproxy dropped trailing plaintext.
      """,
    symptoms: """
      Stalled with custody acknowledged_unanswered, only under TLS and only when pipelined.
      """,
    experiment: "--pipelining off under TLS passes, and so does --tls off with pipelining.",
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_avoid_pipelining = <host>",
          "Or Exim 4.94 and later, where the fault is on this side.")
      ],
      postfix: [
        .setting("smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}")
      ],
      receiver: [
        .advice("Newer software.")
      ]),
    sources: [
      "Exim ChangeLog 4.93 JH/10, 4.94 JH/12, JH/25",
      "Postfix HISTORY 20180618",
    ],
    twins: [.resegBoundaryLoss, .rcptCalloutLateReplies, .pipeliningAdvertisedBroken],
    rules: [.bufferingLoss])
}

extension CauseRule {
  fileprivate static let bufferingLoss = CauseRule(
    fits: {
      ($0.isUnanswered || $0.isBrokenOff) && $0.isUnderTLS && $0.isPipelined
        && $0.group == .envelope
    },
    requires: [
      .goes(with: .pipeliningOff), .dataIsAnswered, .goes(with: .tlsOff), .sizeIsIdle,
      .stays { .patience($0.longPatience) }, .stays { .segmentSize($0.smallSegment) },
      .stays { $0.isCut ? .uncut : nil }, .noRefusal(with: .pipeliningOff),
    ],
    confirms: [.stays { $0.isBareEnvelope ? nil : .bareEnvelope }],
    tells: [.nudgeReleases],
    best: .confirmed)
}
