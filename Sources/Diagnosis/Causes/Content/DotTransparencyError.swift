extension CauseID {
  package static let dotTransparencyError = CauseID(rawValue: "dot-transparency-error")
}

extension Cause {
  static let dotTransparencyError = Cause(
    id: .dotTransparencyError, code: "F5",
    alsoCalled: ["dot stuffing"],
    title: "A line that begins with a dot ends the message early",
    mechanism: """
      A client that does not double the dot at the beginning of a line ends the message where a \
      line is a dot alone; the rest of the message is taken for commands. With BDAT the opposite \
      is wrong: there dots must not be doubled.
      """,
    symptoms: "250 before the message was finished, then replies of 500 to lines of the content.",
    experiment: """
      A message with lines that begin with a dot, through a client that doubles them (as \
      smtpprobe does): it passes.
      """,
    remedies: Remedies(
      receiver: [
        .advice("Nothing to mend: the sending program must double the dots.")
      ]),
    sources: [
      "RFC 5321 section 4.5.2; RFC 3030 section 2",
      "ZMailer common-smtp-errors; github.com/eclipse-ee4j/angus-mail issue 209",
    ],
    twins: [.replyCountMismatch])
}
