import SessionOptions
import SessionTrace
import SMTPDialogue

/// Family F: the message.
extension Signatures {
  static let content = [
    zeroBytes, tooLarge, sizeLimit, longLines, bareLineFeeds, eightBit, brokenChunks, slowEnd,
    scanner,
    earlyReply, injectedReply, lateChunks,
  ]

  private static let zeroBytes = Signature(
    id: "nul-byte-drop", fits: { $0.failsOnMessage && $0.mends(.zeros) != nil },
    requires: [.goes { $0.mends(.zeros) }, .goes(with: .plainMessage)],
    confirms: staysWithout(allBut: .zeros), best: .confirmed)

  /// Never confirmed: whatever ends a session after so many bytes looks like a limit of the message's
  /// size, and only the server knows whether it is one.
  private static let sizeLimit = Signature(
    id: "size-drop-no-5xx",
    fits: {
      $0.refusesSize && $0.trace.wireError != nil || $0.breaksOffAtSize
        || $0.failsOnMessage && !$0.isUnacknowledged && !$0.isRefused
          && ($0.subject.message?.size ?? 0) > 2 * Signatures.smallMessage
    },
    requires: [
      .goes(with: .messageSize(smallMessage)), .stays(with: .plainMessage),
      .stays { .segmentSize($0.smallSegment) },
      .stays { $0.isRefused ? nil : .patience($0.longPatience) },
      .stays { $0.isUnderTLS ? .tlsOff : nil }, .notPipelining,
    ],
    decider:
      "the server's log, and the largest message it takes: a limit, a crash, or a device that"
      + " ends sessions after so many bytes")

  /// A remark of the catalogue's: a limit that is told is no riddle.
  private static let tooLarge = Signature(
    id: "message-too-large", fits: { $0.refusesSize && $0.trace.wireError == nil },
    requires: [.said("the message is too large")],
    tells: [.goes(with: .messageSize(smallMessage))],
    decider: "the SIZE that the server offers, and its owner, who sets it")

  private static let longLines = Signature(
    id: "long-line-drop",
    fits: { $0.failsOnMessage && ($0.subject.message?.longestLine ?? 0) > 500 },
    requires: [.goes { $0.mends(.longLines) }, .goes(with: .plainMessage)],
    confirms: staysWithout(allBut: .longLines), best: .confirmed)

  private static let bareLineFeeds = Signature(
    id: "bare-lf", fits: { $0.failsOnMessage && $0.mends(.lineEnds) != nil },
    requires: [.goes { $0.mends(.lineEnds) }, .goes(with: .plainMessage)],
    confirms: staysWithout(allBut: .lineEnds), best: .confirmed)

  private static let eightBit = Signature(
    id: "8bit-or-utf8-mismatch", fits: { $0.failsOnMessage && $0.mends(.eightBit) != nil },
    requires: [.goes { $0.mends(.eightBit) }, .goes(with: .plainMessage)],
    confirms: staysWithout(allBut: .eightBit), best: .confirmed)

  /// The other traits of the message are not what is minded: what knows it by its bytes minds each change.
  private static func staysWithout(allBut mend: MessageMend) -> [Criterion] {
    MessageMend.allCases.filter { $0 != mend }.map { other in .stays { $0.mends(other) } }
  }

  private static let brokenChunks = Signature(
    id: "bdat-broken",
    fits: { $0.group == .message && $0.trace.commands.contains { $0.text.hasPrefix("BDAT") } },
    requires: [
      .goes(with: .dataCommand), .stays { .patience($0.longPatience) },
      .stays { $0.isCut ? .uncut : nil },
    ],
    // DATA sends other bytes in other segments: a fault of one size, or of some lengths of segments, goes
    // with them.
    confirms: [
      .stays { $0.subject.message.map { .messageSize($0.size + 3) } },
      .stays { $0.isCut ? nil : .cutAt(oddSegment) },
    ],
    best: .confirmed)

  /// A length of segments that no rule on multiples minds: a prime number.
  static let oddSegment = 509

  private static let lateChunks = Signature(
    id: "bdat-under-tarpit",
    fits: {
      $0.isUnanswered && $0.group == .message
        && $0.trace.commands.contains { $0.text.hasPrefix("BDAT") }
    },
    requires: [.goes { .patience($0.longPatience) }, .everyChunkIsLate, .notPipelining],
    decider: "the same message in one chunk")

  private static let slowEnd = Signature(
    id: "eod-slow-or-duplicate",
    fits: { $0.isUnanswered && $0.stage == .dot },
    // A server that only thinks does not care what the message is like.
    requires: [
      .stays { .segmentSize($0.smallSegment) }, .stays { $0.isCut ? .uncut : nil },
      Criterion.stays(with: .plainMessage).inPassing.onlyAgainst, .notPipelining,
      .waiting { $0.text(of: .gaveUp).map { .no("the server gives up \($0): it waits itself") } }
        .inPassing,
      Criterion.dotIsRead.reversed,
    ],
    confirms: [.goes { .patience($0.longPatience) }],
    tells: [.noneInFront],
    decider: "the server's log between the end of data and its reply; a scanner on the way shows as"
      + " a reply that takes longer the larger the message")

  private static let scanner = Signature(
    id: "av-proxy-store-and-forward",
    // A message that is small already cannot show what a smaller one would do.
    fits: { $0.isUnanswered && $0.stage == .dot && $0.smallMessage != nil },
    requires: [
      .goes { .patience($0.longPatience) }, .goes(with: .messageSize(smallMessage)),
      .notPipelining,
    ],
    tells: [.somethingInFront],
    decider: "the receiver's own scanner, and its log, by who runs the server")

  private static let earlyReply = Signature(
    id: "early-reply-during-data",
    fits: { $0.group == .message && $0.repliedEarly },
    requires: [
      .seen("the server replied before it had the end of the data", not: "") { $0.repliedEarly }
    ])

  private static let injectedReply = Signature(
    id: "ips-injected-reply",
    fits: {
      $0.group == .message && $0.sendsMessage
        && ($0.repliedEarly || $0.isBrokenOff || $0.isRefused && $0.trace.wireError != nil)
    },
    requires: [.goes(with: .plainMessage), .stays { $0.mends(.zeros) }],
    decider: "the server's log: whether it sent that reply, or waits for the rest of the data")
}

extension Control {
  /// It sends a message, and fails while or after that is sent.
  var failsOnMessage: Bool {
    sendsMessage && group == .message && status != .unreachable
  }

  /// Whether the server says that the message is too large (RFC 1870 section 6.1, RFC 3463 section 3.4).
  var refusesSize: Bool {
    guard isRefused, sendsMessage, let refusal else { return false }
    return refusal.reason == .size || refusal.code == 552 && refusal.reason != .mailbox
  }

  /// Whether the server hangs up on a MAIL that declares a size (RFC 1870 section 6.1).
  var breaksOffAtSize: Bool {
    isBrokenOff && stage == .mail && mailKeyword == "SIZE" && sendsMessage
      && (subject.message?.size ?? 0) > 2 * Signatures.smallMessage
  }

  /// Whether a refusal came before the end of the data had left.
  var repliedEarly: Bool { trace.replies.contains { $0.stage == .body && $0.code >= 400 } }
}
