extension CauseID {
  package static let rstEatsFinalReply = CauseID(rawValue: "rst-eats-final-reply")
}

extension Cause {
  static let rstEatsFinalReply = Cause(
    id: .rstEatsFinalReply, code: "G2",
    alsoCalled: ["connection reset"],
    title: "The server's reset destroys its own last reply",
    mechanism: """
      A server that closes with input unread makes its kernel send a reset. The reset overtakes \
      or destroys the reply that was on its way: on Linux what has arrived can still be read, in \
      other stacks it is gone, and if the segment with the reply was lost nobody will send it \
      again. Typical after 421 with pipelined commands behind it, after a size limit, and after \
      the dot with QUIT glued to it.
      """,
    symptoms: "Reset by the peer, sometimes with a reply behind it that only a last read finds.",
    experiment: """
      One command at a time (--pipelining off): the reply is there. If it was lost on the way as \
      well, the client cannot know.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_pipelining = <host>", "It leaves nothing unread behind the refusal.")
      ],
      postfix: [
        .setting("smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}")
      ],
      receiver: [
        .advice("Close in good order: shut down the sending side, read to the end, then close.")
      ]),
    sources: [
      "Exim smtp.c, comments on closing",
      "RFC 1122 section 4.2.2.13",
      "github.com/normanmaurer/niosmtp pull request 22",
    ],
    twins: [.ipsInjectedReply, .connectionLimit421, .sizeDropNo5xx, .earlyReplyDuringData],
    rules: [.resetEatsReply])
}

extension CauseRule {
  fileprivate static let resetEatsReply = CauseRule(
    fits: { $0.status == .reset && $0.isPipelined && $0.group == .envelope },
    requires: [.goes(with: .pipeliningOff), .refusal(with: .pipeliningOff)],
    confirms: [.hangsUpOnRefusal(with: .pipeliningOff)],
    best: .confirmed)
}

extension Criterion {
  /// With that variation the server's refusal can be read.
  fileprivate static func refusal(with variation: Variation) -> Criterion {
    shown(with: { _ in variation }) { _, trace in
      guard let refusal = decisiveRefusal(in: trace) else {
        return .no("\(variation.phrase) nothing is refused")
      }
      return .yes("\(variation.phrase) the server's \(refusal.code) can be read")
    }
  }

  /// With that variation the server refuses, and hangs up without hearing our QUIT.
  fileprivate static func hangsUpOnRefusal(with variation: Variation) -> Criterion {
    shown(with: { _ in variation }) { _, trace in
      trace.endsAtRefusal
        ? .yes("\(variation.phrase) the server hangs up behind its refusal")
        : .no("\(variation.phrase) the server refuses and stays")
    }
  }
}
