import SessionOptions
import SMTPDialogue

/// Commands that leave before the greeting (draft-harris-early-pipe).
extension Session {
  private static func spokenEarly(
    _ text: String, _ script: String,
    change: @escaping @Sendable (inout DialoguePlan) -> Void = { _ in }
  ) -> Session {
    Session(
      text, script,
      plan: {
        try makePlan(pregreet: true) {
          $0.pipelining = .early
          change(&$0)
        }
      })
  }

  private static let earlyFlight = """
    C: EHLO probe.example
    C: MAIL FROM:<>
    C: RCPT TO:<postmaster>
    C: DATA

    """

  static let earlyEnvelopes: [Session] = [
    spokenEarly(
      "an early envelope: one flight, and the replies one behind the other",
      earlyFlight + """
        S: 220 mx
        S: 250-mx
        S: 250-PIPELINING
        S: 250 PIPECONNECT
        S: 250 ok
        S: 250 ok
        S: 354 go
        = done
        """),
    spokenEarly(
      "an early envelope where nobody offers to take it",
      earlyFlight + """
        S: 220 mx
        S: 250 mx
        ~ the server does not offer PIPECONNECT: commands left before its greeting all the same
        S: 250 ok
        S: 550 no
        S: 503 no recipients
        C: RSET
        C: QUIT
        """),
    spokenEarly(
      "an early envelope is refused with the greeting: the rest is read",
      earlyFlight + """
        S: 554 no
        S: 503 no
        S: 503 no
        S: 503 no
        S: 503 no
        C: QUIT
        S: 221 bye
        = done
        """),
    spokenEarly(
      "an early envelope, and the server leaves",
      earlyFlight + """
        S: 421 not now
        = done
        """),
    spokenEarly(
      "an early envelope and its message",
      earlyFlight + """
        S: 220 mx
        S: 250-mx
        S: 250 X_PIPE_CONNECT

        """ + sent() + """
          S: 250 queued
          C: QUIT
          """, change: { $0.message = MessagePlan() }),
  ]
}
