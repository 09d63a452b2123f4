import SessionOptions
import SMTPDialogue

/// LMTP, and the ways to leave.
extension Session {
  static let leaving: [Session] = lmtp + gluedQuits + drops

  private static func delivery(
    _ text: String, to recipients: [String] = ["a@b", "c@d"],
    _ change: @escaping @Sendable (inout DialoguePlan) -> Void, _ script: String
  ) -> Session {
    Session(
      text, script,
      plan: {
        try makePlan(to: recipients) {
          $0.message = MessagePlan()
          change(&$0)
        }
      })
  }

  private static let inLMTP = """
    S: 220 mx LMTP
    C: LHLO probe.example
    S: 250-mx
    S: 250 PIPELINING
    C: MAIL FROM:<>
    C: RCPT TO:<a@b>
    C: RCPT TO:<c@d>
    C: DATA

    """

  private static let lmtp: [Session] = [
    delivery(
      "LMTP, a reply for each recipient", { $0.isLMTP = true },
      inLMTP + """
        S: 250 ok
        S: 250 ok
        S: 250 ok
        S: 354 go
        * content
        > end
        D: .\\r\\n
        S: 250 for a
        S: 452 not for c
        C: QUIT
        S: 221 bye
        = done
        """),
    delivery(
      "LMTP, one reply for the one that was accepted", { $0.isLMTP = true },
      inLMTP + """
        S: 250 ok
        S: 550 no
        S: 250 ok
        S: 354 go
        * content
        > end
        D: .\\r\\n
        S: 250 for c
        C: QUIT
        """),
    delivery(
      "LMTP goes on to no HELO", { $0.isLMTP = true },
      """
      S: 220 mx
      C: LHLO probe.example
      S: 500 what
      C: QUIT
      S: 221 bye
      = done
      """),
    delivery(
      "LMTP owes a dot for nobody no reply", { $0.isLMTP = true },
      inLMTP + """
        S: 250 ok
        S: 550 no
        S: 550 no
        S: 354 go
        = done
        """),
  ]

  private static let gluedQuits: [Session] = [
    delivery(
      "QUIT behind the dot", to: ["postmaster"], { $0.quitsEarly = true },
      accepted + """
        > end
        D: \\r\\n.\\r\\n
        C: QUIT
        S: 250 queued
        S: 221 bye
        = done
        """),
    delivery(
      "a goodbye that is no answer to the message", to: ["postmaster"], { $0.quitsEarly = true },
      accepted + """
        > end
        D: \\r\\n.\\r\\n
        C: QUIT
        S: 221 bye
        !! unexpected_code
        = protocol error
        """),
    delivery(
      "no QUIT behind the dot where nothing may leave together", to: ["postmaster"],
      { $0.quitsEarly = true },
      plain + """
        C: MAIL FROM:<>
        S: 250 ok
        C: RCPT TO:<postmaster>
        S: 250 ok
        C: DATA
        S: 354 go
        * content
        > end
        D: .\\r\\n
        S: 250 queued
        C: QUIT
        """),
    Session(
      "a verification in one group",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: RSET
        C: QUIT
        S: 250 ok
        S: 550 no such user
        S: 250 ok
        S: 221 bye
        = done
        """,
      plan: {
        try makePlan {
          $0.stop = .rcpt
          $0.quitsEarly = true
        }
      }),
  ]

  private static let drops: [Session] = [
    Session(
      "dropped after RCPT",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        S: 250 ok
        S: 250 ok
        = done
        """,
      plan: {
        try makePlan {
          $0.stop = .rcpt
          $0.dropsAtEnd = true
        }
      }),
    Session(
      "dropped when refused before",
      greeted + """
        S: 421 busy
        = done
        """,
      plan: {
        try makePlan {
          $0.stop = .rcpt
          $0.dropsAtEnd = true
        }
      }),
  ]
}
