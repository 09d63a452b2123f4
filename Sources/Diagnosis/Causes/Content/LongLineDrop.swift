import SessionOptions
import SMTPDialogue

extension CauseID {
  package static let longLineDrop = CauseID(rawValue: "long-line-drop")
}

extension Cause {
  static let longLineDrop = Cause(
    id: .longLineDrop, code: "F3",
    alsoCalled: ["line too long", "998"],
    title: "A line that is too long ends the session",
    mechanism: """
      RFC 5321 allows lines of 1000 octets with their CRLF, and servers need not take more. Some \
      Novell servers running NIMS closed the connection on lines over 1024 characters; others \
      split them, and a Cisco ASA drops header lines over 998.
      """,
    symptoms: "Closed, reset or unanswered when a line passes 998, 1024, 2048 or 4096 characters.",
    experiment: """
      The same bytes in lines of 78 pass. Single lines around the limits (--line-length 990, 998, \
      999, 1022, 1026): everything above one fails. Isolated lengths that fail are a boundary \
      instead.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "message_linelength_limit = 998",
          "The default of the smtp transport: it bounces such mail instead of sending it.")
      ],
      postfix: [
        .setting("smtp_line_length_limit = 998", "The default: it folds.")
      ],
      receiver: [
        .advice("Take lines of any length, or answer 5xx.")
      ]),
    sources: [
      "seed 004 (Exim FAQ Q0017, item 2: Novell NIMS)",
      "RFC 5321 section 4.5.3.1.6",
      "Postfix HISTORY 20010611",
    ],
    twins: [.resegBoundaryLoss, .nulByteDrop, .sizeDropNo5xx],
    rules: [.longLines])
}

extension CauseRule {
  fileprivate static let longLines = CauseRule(
    fits: { $0.failsOnMessage && ($0.subject.message?.longestLine ?? 0) > 500 },
    requires: [.goes { $0.mends(.longLines) }, .goes(with: .plainMessage)],
    confirms: .staysWithout(allBut: .longLines),
    best: .confirmed)
}
