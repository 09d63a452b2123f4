import SessionOptions
import SMTPDialogue

/// Commands that leave before the greeting (draft-harris-early-pipe).
extension Session {
  private static func spokenEarly(
    _ text: String, _ script: String,
    to recipients: [String] = ["postmaster"],
    change: @escaping @Sendable (inout DialoguePlan) -> Void = { _ in }
  ) -> Session {
    Session(
      text, script,
      plan: {
        try makePlan(to: recipients, pregreet: true) {
          $0.pipelining = .early
          change(&$0)
        }
      })
  }

  private static let earlyFlight = flight("postmaster")

  private static func flight(_ recipients: String...) -> String {
    (["C: EHLO probe.example", "C: MAIL FROM:<>"] + recipients.map { "C: RCPT TO:<\($0)>" }
      + ["C: DATA\n"]).joined(separator: "\n")
  }

  /// The greeting and the reply to EHLO, which says that it takes early commands.
  private static func offering(_ keywords: String...) -> String {
    "S: 220 mx\nS: 250-mx\n" + keywords.map { "S: 250-\($0)\n" }.joined()
      + "S: 250 PIPECONNECT\n"
  }

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
    spokenEarly(
      "an early envelope says nothing of what it could not know: what EHLO offers is told then",
      earlyFlight + offering("PRDR", "CHUNKING", "8BITMIME", "SMTPUTF8") + """
        ~ the server offers 8BITMIME, which was not known yet when MAIL left: it went without BODY=8BITMIME
        ~ the server offers CHUNKING, which was not known yet when MAIL left: the message goes by DATA
        ~ the server offers PRDR, which was not known yet when MAIL left: it was not asked for, and one reply behind the message stands for all
        S: 250 ok
        """,
      change: {
        $0.message = MessagePlan(hasEightBit: true)
        $0.wantsPRDR = true
        $0.chunking = ChunkingPlan(mode: .auto)
      }),
    spokenEarly(
      "an early envelope that wants what is not offered: that is told once it is known",
      earlyFlight + offering() + """
        ~ the server does not offer PRDR: one reply behind the message stands for all
        S: 250 ok
        """, change: { $0.wantsPRDR = true }),
    spokenEarly(
      "an early envelope with an address that needs SMTPUTF8, which is offered",
      flight("b\\xC3\\xBC@x") + offering("SMTPUTF8") + """
        ~ the server offers SMTPUTF8, which was not known yet when MAIL left: <b\\xC3\\xBC@x> needs it, and was sent without
        S: 250 ok
        """, to: ["b\u{fc}@x"]),
    spokenEarly(
      "an early envelope with an address that needs SMTPUTF8, which is not offered",
      flight("b\\xC3\\xBC@x") + offering() + """
        ~ <b\\xC3\\xBC@x> needs SMTPUTF8, which the server does not offer: sent all the same, where an MTA would return the mail
        S: 250 ok
        """, to: ["b\u{fc}@x"]),
    spokenEarly(
      "an early envelope over the server's limits: told afterwards, the message goes at once",
      flight("a@x", "b@y") + offering("LIMITS RCPTMAX=1 RCPTDOMAINMAX=1") + """
        ~ the server takes 1 recipient a message (LIMITS, RFC 9422), and 2 are named: the envelope left before that was known
        ~ the server takes recipients of 1 domain a connection (LIMITS, RFC 9422), and those named are of 2: the envelope left before that was known
        S: 250 ok
        """, to: ["a@x", "b@y"], change: { $0.message = MessagePlan() }),
  ]
}
