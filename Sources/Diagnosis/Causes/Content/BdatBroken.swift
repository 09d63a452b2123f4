import SessionTrace
import SMTPDialogue

extension CauseID {
  package static let bdatBroken = CauseID(rawValue: "bdat-broken")
}

extension Cause {
  static let bdatBroken = Cause(
    id: .bdatBroken, code: "F6",
    alsoCalled: ["BDAT", "CHUNKING"],
    title: "CHUNKING is offered, and BDAT stalls",
    mechanism: """
      A server waits for more after BDAT LAST, does not discard the chunk of a BDAT it refused, \
      or a device in between takes the chunk for commands. Exim 4.88 left out the last line end, \
      and the receiver waited for the byte that was counted and never sent.
      """,
    symptoms: """
      Stalled with custody acknowledged_unanswered after BDAT LAST, or a flood of 500 replies; or a \
      250 and the end of the connection at once, while the message is lost.
      """,
    experiment: """
      The same message with DATA passes; BDAT in one chunk and in several; with and without a \
      final CRLF.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_try_chunking = !<host>", "In the smtp transport.")
      ],
      postfix: [
        .setting(
          "smtpd_discard_ehlo_keywords = chunking",
          "On the receiving side; Postfix's client sends no BDAT.")
      ],
      receiver: [
        .advice(
          "Do not offer CHUNKING; on Exchange, ChunkingEnabled $false on the receive connector.")
      ]),
    sources: [
      "RFC 3030 section 2",
      "Exim ChangeLog 4.89 JH/04, HS/02",
      "github.com/jstedfast/MailKit issue 921; github.com/emersion/go-smtp pull request 315",
      "github.com/Mailu/Mailu pull request 1767 (nginx)",
    ],
    rules: [.brokenChunks, .dropsBehindChunks])
}

extension CauseRule {
  fileprivate static let brokenChunks = CauseRule(
    fits: { $0.group == .message && $0.trace.sendsChunks },
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

  /// A server, or a proxy in front that knows no BDAT, may answer the chunk and be gone: its 250 is no proof that
  /// anybody has the message then.
  fileprivate static let dropsBehindChunks = CauseRule(
    fits: { $0.stage == .quit && $0.isBrokenOff && $0.trace.sendsChunks },
    requires: [.goes(with: .dataCommand), .stays { $0.isCut ? .uncut : nil }],
    decider: "the mailbox, or the log of the server behind what answered: whether the message came")

  /// A length of segments that no rule on multiples minds: a prime number.
  fileprivate static let oddSegment = 509
}
