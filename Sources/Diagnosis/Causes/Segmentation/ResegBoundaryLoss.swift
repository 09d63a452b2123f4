extension CauseID {
  package static let resegBoundaryLoss = CauseID(rawValue: "reseg-boundary-loss")
}

extension Cause {
  static let resegBoundaryLoss = Cause(
    id: .resegBoundaryLoss, code: "A1",
    alsoCalled: ["stateful firewall", "deep packet inspection", "DPI"],
    title: "A firewall that ends TCP loses what ends just past its buffer",
    mechanism: """
      A firewall that terminates the connection and sends the stream on through a buffer of 512 \
      bytes loses its place when the rest is exactly one byte more than the buffer. It \
      acknowledges everything itself, so neither end ever sees a lost packet. Envelopes of 512, \
      514, 1024 and 1026 bytes passed; 513 and 1025 hung, and at 1025 the replies to the first \
      512 bytes did arrive. Only a pipelined envelope with several recipients tends to have such \
      a size; pasted by hand it leaves in other segments and passes. That buffer plus one is the \
      rule is an inference that fits every size tried; the cause was never confirmed on site.
      """,
    symptoms: """
      Stalled with custody acknowledged_unanswered and no retransmission. The answered offset is \
      at or below a multiple of the buffer, the acknowledged offset above it. It depends on the \
      size of what was written at once, not on who the recipients are.
      """,
    experiment: """
      Send the same envelope in other segments (--split command, --pipelining off): it passes. \
      Then the sizes around it at the same number of commands (--envelope-size 512, 513, 514, \
      1024, 1025, 1026): isolated sizes that fail are a boundary; everything above a limit is \
      not.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_avoid_pipelining = <host>",
          "In the smtp transport: one command a segment keeps the envelope off the boundary.")
      ],
      postfix: [
        .setting(
          "smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}",
          "The table is indexed by the server's address.")
      ],
      receiver: [
        .advice(
          "Turn off the firewall's SMTP proxy or TCP interception for port 25, or update it.")
      ]),
    sources: [
      "seed 001 (Tony Finch, dotat.at)",
      "Exim specification, smtp transport, hosts_avoid_pipelining",
    ],
    number: .envelopeSize, rules: [.boundaryLoss])
}

extension CauseRule {
  fileprivate static let boundaryLoss = CauseRule(
    fits: {
      ($0.isUnanswered || $0.isBrokenOff) && $0.group == .envelope && $0.isPipelined
    },
    requires: [
      .goes(with: .pipeliningOff), .sizeMatters,
      .stays { $0.isUnanswered ? .patience($0.longPatience) : nil },
      .stays { $0.usesFastOpen ? .fastOpenOff : nil },
    ],
    confirms: [
      .sizeIsIsolated, .sizeIsNoPattern, .stays { .segmentSize($0.smallSegment) },
      .stays { $0.isCut ? .uncut : nil },
      .unless("the connection was ended: whoever did so had seen the bytes, and lost none") {
        $0.isBrokenOff
      },
    ],
    tells: [.nudgeReleases, .somethingInFront],
    best: .confirmed)
}
