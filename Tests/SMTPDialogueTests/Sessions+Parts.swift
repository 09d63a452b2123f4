import SMTPDialogue
import SessionOptions

/// One message in several transactions, for a server that announces limits (RFC 9422).
extension Session {
  /// A message to three recipients, of which the server takes one a message, or as it says.
  private static func parts(
    _ text: String, limits: String = "RCPTMAX=1", besides offers: String = "PIPELINING",
    note: String? = nil, _ script: String,
    change: @escaping @Sendable (inout DialoguePlan) -> Void = { _ in }
  ) -> Session {
    let note =
      note
      ?? "~ the server has limits for a message (LIMITS, RFC 9422: \(limits)); its 3 recipients go in 3 transactions"
    return Session(
      text,
      greeted + """
        S: 250-mx
        S: 250-LIMITS \(limits)
        S: 250 \(offers)
        \(note)

        """ + script,
      plan: {
        try makePlan(to: ["a@x", "b@y", "c@x"]) {
          $0.message = MessagePlan()
          change(&$0)
        }
      })
  }

  private static func to(_ recipients: String...) -> String {
    envelope(recipients) + "C: DATA\n"
  }

  private static func envelope(_ recipients: [String]) -> String {
    (["C: MAIL FROM:<>"] + recipients.map { "C: RCPT TO:<\($0)>" }).joined(separator: "\n") + "\n"
  }

  private static func refused(recipients: Int) -> String {
    "S: 250 ok\n" + String(repeating: "S: 550 no such user\n", count: recipients)
      + "S: 503 nobody\n"
  }

  private static func taken(recipients: Int = 1) -> String {
    sent(to: recipients) + "S: 250 queued\n"
  }

  static let messagesInParts: [Session] = [
    parts(
      "recipients in as many transactions as the server's limit asks for",
      to("a@x") + taken() + to("b@y") + taken() + to("c@x") + taken() + """
        C: QUIT
        S: 221 bye
        = done
        """),
    parts(
      "recipients of other domains are left over, where the server limits those of a session",
      limits: "RCPTDOMAINMAX=1",
      note: """
        ~ the server has limits for a message (LIMITS, RFC 9422: RCPTDOMAINMAX=1); 2 of its 3 recipients go in 1 transaction
        ~ 1 recipient is left over, <b@y>: another connection would be for them
        """,
      to("a@x", "c@x") + taken(recipients: 2) + "C: QUIT\n"),
    parts(
      "both limits at once",
      limits: "RCPTMAX=1 RCPTDOMAINMAX=1",
      note: """
        ~ the server has limits for a message (LIMITS, RFC 9422: RCPTMAX=1 RCPTDOMAINMAX=1); 2 of its 3 recipients go in 2 transactions
        ~ 1 recipient is left over, <b@y>: another connection would be for them
        """,
      to("a@x") + taken() + to("c@x") + taken() + "C: QUIT\n"),
    parts(
      "a part that meets nobody while its first chunk leaves: the next begins anew",
      besides: "CHUNKING",
      envelope(["a@x"]) + """
        * chunk
        > chunk 500
        D: BDAT 500
        S: 250 ok
        S: 550 no such user
        S: 503 nobody
        * stop
        C: RSET
        S: 250 ok

        """ + envelope(["b@y"]) + """
          * chunk
          > chunk 500 LAST
          D: BDAT 500 LAST
          S: 250 ok
          S: 250 ok
          S: 250 queued

          """ + envelope(["c@x"]) + """
          * chunk
          > chunk 500 LAST
          D: BDAT 500 LAST
          S: 250 ok
          S: 250 ok
          S: 250 queued
          C: QUIT

          """,
      change: {
        $0.pipelining = .on
        $0.chunking = ChunkingPlan(mode: .early)
      }),
    parts(
      "a message that nobody gets, in no part: the next message is not begun",
      limits: "RCPTMAX=2",
      note:
        "~ the server has limits for a message (LIMITS, RFC 9422: RCPTMAX=2); its 3 recipients go in 2 transactions",
      to("a@x", "b@y") + refused(recipients: 2) + """
        C: RSET
        S: 250 ok

        """ + to("c@x") + refused(recipients: 1) + """
          C: RSET
          C: QUIT

          """, change: { $0.messages = 2 }),
    parts(
      "a part whose recipient is refused: RSET, and the next part",
      to("a@x") + taken() + to("b@y") + """
        S: 250 ok
        S: 550 no such user
        S: 503 nobody
        C: RSET
        S: 250 ok

        """ + to("c@x") + taken() + "C: QUIT\n"),
    parts(
      "a part whose recipient is refused and whose DATA is accepted: a lone dot, and the next part",
      to("a@x") + """
        S: 250 ok
        S: 550 no such user
        S: 354 go
        C: .
        S: 554 nobody

        """ + to("b@y") + taken() + to("c@x") + taken() + "C: QUIT\n"),
    parts(
      "the last part's recipient is refused: leave is taken",
      to("a@x") + taken() + to("b@y") + taken() + to("c@x") + """
        S: 250 ok
        S: 550 no such user
        S: 503 nobody
        C: RSET
        C: QUIT
        S: 250 ok
        S: 221 bye
        = done
        """),
    parts(
      "RSET behind a refused part is refused: no other part",
      to("a@x") + """
        S: 250 ok
        S: 550 no such user
        S: 503 nobody
        C: RSET
        S: 502 not here
        C: QUIT
        S: 221 bye
        = done
        """),
    parts(
      "the sender is refused for the second part: no third",
      to("a@x") + taken() + to("b@y") + """
        S: 452 enough
        S: 503 no
        S: 503 no
        C: QUIT
        """),
    parts(
      "fewer messages a connection than parts: what is left over",
      limits: "MAILMAX=2 RCPTMAX=1",
      note: """
        ~ the server takes 2 messages a connection (LIMITS, RFC 9422): no more are sent
        ~ the server has limits for a message (LIMITS, RFC 9422: RCPTMAX=1 MAILMAX=2); 2 of its 3 recipients go in 2 transactions
        ~ 1 recipient is left over, <c@x>: another connection would be for them
        """,
      to("a@x") + taken() + to("b@y") + taken() + "C: QUIT\n"),
    parts(
      "QUIT in one write with the dot of the last part alone",
      to("a@x") + taken() + to("b@y") + taken() + to("c@x") + """
        S: 250 ok
        S: 250 ok
        S: 354 go
        * content
        > content x\\r\\n
        D: x\\r\\n
        > end
        D: .\\r\\n
        C: QUIT
        S: 250 queued
        S: 221 bye
        = done
        """, change: { $0.quitsEarly = true }),
    parts(
      "a message that can be read once goes to all at once",
      note:
        "~ the server takes 1 recipient a message (LIMITS, RFC 9422), and 3 are named: sent in one transaction all the same, since the message can be read only once",
      to("a@x", "b@y", "c@x") + taken(recipients: 3) + "C: QUIT\n",
      change: { $0.message?.isReadOnce = true }),
    parts(
      "a look at the server sends the whole envelope, and tells each limit that it passes",
      limits: "RCPTMAX=1 RCPTDOMAINMAX=1",
      note: """
        ~ the server takes 1 recipient a message (LIMITS, RFC 9422), and 3 are named: a message for them would go in parts
        ~ the server takes recipients of 1 domain a connection (LIMITS, RFC 9422), and those named are of 2: a message would leave the others over
        """,
      to("a@x", "b@y", "c@x"), change: { $0.message = nil }),
    parts(
      "limits that are none are passed over, and told",
      limits:
        "RCPTMAX=0 MAILMAX=x RCPTDOMAINMAX=-1 RCPTMAX=12345678901234567890 RCPTMAX=07 OTHER=0",
      note: """
        ~ LIMITS RCPTMAX=0 is passed over: a limit is a number from 1 to 999999 (RFC 9422 section 3)
        ~ LIMITS MAILMAX=x is passed over: a limit is a number from 1 to 999999 (RFC 9422 section 3)
        ~ LIMITS RCPTDOMAINMAX=-1 is passed over: a limit is a number from 1 to 999999 (RFC 9422 section 3)
        ~ LIMITS says RCPTMAX more than once: the first that can be read counts
        """,
      to("a@x", "b@y", "c@x"), change: { $0.message = nil }),
    parts(
      "a limit that is said twice: the first counts",
      limits: "RCPTMAX=2 RCPTMAX=1",
      note: """
        ~ LIMITS says RCPTMAX more than once: the first that can be read counts
        ~ the server has limits for a message (LIMITS, RFC 9422: RCPTMAX=2); its 3 recipients go in 2 transactions
        """,
      to("a@x", "b@y")),
    parts(
      "a keyword that is passed over parts nobody",
      note: "",
      to("a@x", "b@y", "c@x") + taken(recipients: 3) + "C: QUIT\n",
      change: { $0.ignoredKeywords = ["LIMITS"] }),
  ]
}
