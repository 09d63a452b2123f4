import SessionTrace
import SMTPDialogue

extension CauseID {
  package static let sizeDropNo5xx = CauseID(rawValue: "size-drop-no-5xx")
}

extension Cause {
  static let sizeDropNo5xx = Cause(
    id: .sizeDropNo5xx, code: "F2",
    alsoCalled: ["message too big", "attachment", "size limit"],
    title: "The message is too big, and the server drops the connection",
    mechanism: """
      A server that has had enough closes the connection in the middle of the content. If it said \
      552 first and closed with our bytes unread, its kernel sends a reset that may destroy the \
      reply in other stacks; on Linux the 552 is still in the receive queue after the write has \
      failed.
      """,
    symptoms: """
      Closed or reset in the content at a constant number of bytes, or a window that stays shut. \
      The EHLO reply may announce a smaller SIZE.
      """,
    experiment: """
      A small message passes; sizes between (--message-size) find a sharp limit that depends \
      neither on the segment size nor on the content. With SIZE declared in MAIL a good server \
      refuses early.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "message_size_limit = <limit>",
          "The largest message that the peer takes: refuse at home what it will not.")
      ],
      postfix: [
        .setting("message_size_limit = <limit>", "Bytes, for all destinations alike.")
      ],
      receiver: [
        .advice("Announce SIZE, say 552 at MAIL, and read the rest before closing.")
      ]),
    sources: [
      "seed 004 (Exim FAQ Q0017, item 2)",
      "RFC 1870 section 6",
    ],
    twins: [.ipsInjectedReply, .nulByteDrop],
    number: .messageSize, rules: [.sizeLimit])
}

extension CauseRule {
  /// Never confirmed: whatever ends a session after so many bytes looks like a limit of the message's
  /// size, and only the server knows whether it is one.
  fileprivate static let sizeLimit = CauseRule(
    fits: {
      $0.refusesSize && $0.trace.wireError != nil || $0.breaksOffAtSize
        || $0.failsOnMessage && !$0.isUnacknowledged && !$0.isRefused && !$0.crawls
          && ($0.subject.message?.size ?? 0) > 2 * Variation.smallMessageSize
    },
    requires: [
      .goes(with: .smallMessage), .stays(with: .plainMessage),
      .stays { .segmentSize($0.smallSegment) },
      .stays { $0.isRefused ? nil : .patience($0.longPatience) },
      .stays { $0.isUnderTLS ? .tlsOff : nil }, .notPipelining, .notByTime,
    ],
    decider:
      "the server's log, and the largest message it takes: a limit, a crash, or a device that"
      + " ends sessions after so many bytes")
}

extension Control {
  /// Whether the server hangs up on a MAIL that declares a size (RFC 1870 section 6.1).
  fileprivate var breaksOffAtSize: Bool {
    isBrokenOff && stage == .mail && mailKeyword == "SIZE" && sendsMessage
      && (subject.message?.size ?? 0) > 2 * Variation.smallMessageSize
  }
}
