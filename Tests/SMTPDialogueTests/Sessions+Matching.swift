import SMTPDialogue
import SessionOptions

/// Which reply answers what: only what has left can be answered, and only by what it can have.
extension Session {
  private static let withMessage: @Sendable () throws -> DialoguePlan = {
    try makePlan { $0.message = MessagePlan() }
  }

  private static let content =
    pipelined + """
      C: MAIL FROM:<>
      C: RCPT TO:<postmaster>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 354 go
      * content

      """

  /// Rows that are the same wherever reads are cut.
  static let matching: [Session] = [
    Session(
      "a refusal behind the 354, before any content has left, refuses the content",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        S: 550 no
        * content
        * stop
        = done
        """, plan: withMessage),
    Session(
      "without a message no refusal of the content is waited for, nor listened to",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        S: 550 no
        = done
        """),
    Session(
      "a 2xx in the middle of the content is no answer to it",
      content + """
        > content half\\r\\n
        D: half\\r\\n
        S: 250 ok
        !! unsolicited_reply
        * stop
        = protocol error
        """, plan: withMessage),
    Session(
      "221 answers QUIT, past a RSET without its reply",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        S: 250 ok
        S: 250 ok
        C: RSET
        C: QUIT
        S: 221 bye
        = done
        """, plan: { try makePlan { $0.stop = .rcpt } }),
    Session(
      "221 is no answer to MAIL",
      plain + "C: MAIL FROM:<>\nS: 221 bye\n!! unexpected_code\n= protocol error"),
    Session(
      "a code that cannot stand there does not hide the refusal before it",
      forced("S: 550 no\nS: 354 go\n! unexpected_code\n= done"), plan: forcedPlan),
  ]

  /// Rows in which it matters what had left.
  static let early: [Session] = [
    Session(
      "a reply before EHLO has left answers nothing",
      """
      > held
      S: 220 mx
      C: EHLO probe.example
      S: 250 mx
      !! unsolicited_reply
      = protocol error
      """),
    Session(
      "a pipelined command that has not left is not answered",
      greeted + """
        > held
        S: 250-mx
        S: 250 PIPELINING
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        > written 2
        S: 250 ok
        S: 250 ok
        !! unsolicited_reply
        = protocol error
        """),
    Session(
      "a refusal while the end of the content has not left refuses the content",
      content + """
        > held
        > end
        D: .\\r\\n
        S: 552 too big
        * stop
        = done
        """, plan: withMessage),
    Session(
      "a 2xx while the end of the content has not left is no answer to it",
      content + """
        > held
        > end
        D: .\\r\\n
        S: 250 ok
        !! unsolicited_reply
        * stop
        = protocol error
        """, plan: withMessage),
    Session(
      "everything behind a reply that nobody asked for is named, and answers nothing",
      """
      S: 220 mx
      S: 500 what
      S: 500 what
      S: 421 bye
      !! unsolicited_reply
      ! unsolicited_reply
      ! unsolicited_reply
      = protocol error
      """),
    Session(
      "a surplus behind the last answer that a delivery wants harms nobody",
      content + """
        > end
        D: .\\r\\n
        S: 250 queued
        S: 250 twice
        ! unsolicited_reply
        C: QUIT
        S: 221 bye
        = done
        """, plan: withMessage),
    Session(
      "a surplus behind a refusal changes nothing about it",
      "S: 554 no\nS: 221 bye\n! unsolicited_reply\nC: QUIT\nS: 221 bye\n= done"),
  ]
}
