import SessionOptions
import SMTPDialogue

/// Several messages over one connection.
extension Session {
  private static func several(
    _ text: String, _ script: String,
    change: @escaping @Sendable (inout DialoguePlan) -> Void = { _ in }
  ) -> Session {
    Session(
      text, script,
      plan: {
        try makePlan {
          $0.messages = 2
          $0.message = MessagePlan()
          change(&$0)
        }
      })
  }

  private static let once = """
    C: MAIL FROM:<>
    C: RCPT TO:<postmaster>
    C: DATA

    """ + sent()

  static let severalMessages: [Session] = [
    several(
      "two messages, one behind the other",
      pipelined + once + """
        S: 250 queued

        """ + once + """
          S: 250 queued
          C: QUIT
          S: 221 bye
          = done
          """),
    several(
      "two messages, with RSET between them",
      pipelined + once + """
        S: 250 queued
        C: RSET
        S: 250 ok

        """ + once + """
          S: 250 queued
          C: QUIT
          """, change: { $0.resetsBetween = true }),
    several(
      "RSET between them is refused: no second, and leave is taken",
      pipelined + once + """
        S: 250 queued
        C: RSET
        S: 502 not here
        C: QUIT
        S: 221 bye
        = done
        """, change: { $0.resetsBetween = true }),
    several(
      "RSET between them is answered with what answers something else",
      pipelined + once + """
        S: 250 queued
        C: RSET
        S: 354 go on
        !! unexpected_code
        = protocol error
        """, change: { $0.resetsBetween = true }),
    several(
      "the server leaves at RSET between them",
      pipelined + once + """
        S: 250 queued
        C: RSET
        S: 421 going down
        = done
        """, change: { $0.resetsBetween = true }),
    several(
      "the first is refused: no second",
      pipelined + once + """
        S: 554 no
        C: QUIT
        """),
    several(
      "the second is refused at MAIL",
      pipelined + once + """
        S: 250 queued
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 452 enough
        S: 503 no
        S: 503 no
        C: QUIT
        """),
    several(
      "QUIT in one write with the last dot",
      pipelined + once + """
        S: 250 queued

        """ + once + """
          C: QUIT
          S: 250 queued
          S: 221 bye
          = done
          """, change: { $0.quitsEarly = true }),
    several(
      "as many as the server takes",
      greeted + """
        S: 250-mx
        S: 250-LIMITS MAILMAX=1 RCPTMAX=100
        S: 250 PIPELINING
        ~ the server takes 1 message a connection (LIMITS, RFC 9422): no more are sent

        """ + once + """
          S: 250 queued
          C: QUIT
          """),
  ]
}
