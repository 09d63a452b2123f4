import SMTPDialogue
import SessionOptions

/// One message in several transactions, for a server that announces limits (RFC 9422).
extension Session {
  /// A message to three recipients, of which the server takes one a message, or as it says.
  private static func parts(
    _ text: String, limits: String = "RCPTMAX=1", note: String? = nil, _ script: String,
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
        S: 250 PIPELINING
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
    (["C: MAIL FROM:<>"] + recipients.map { "C: RCPT TO:<\($0)>" } + ["C: DATA"])
      .joined(separator: "\n") + "\n"
  }

  private static func taken(recipients: Int = 1) -> String {
    String(repeating: "S: 250 ok\n", count: 1 + recipients) + """
      S: 354 go
      * content
      > content x\\r\\n
      D: x\\r\\n
      > end
      D: .\\r\\n
      S: 250 queued

      """
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
      "recipients of one domain together, where the server limits domains",
      limits: "RCPTDOMAINMAX=1",
      note:
        "~ the server has limits for a message (LIMITS, RFC 9422: RCPTDOMAINMAX=1); its 3 recipients go in 2 transactions",
      to("a@x", "c@x") + taken(recipients: 2) + to("b@y") + taken() + "C: QUIT\n"),
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
        ~ the server has limits for a message (LIMITS, RFC 9422: RCPTMAX=1 MAILMAX=2); its 3 recipients go in 3 transactions
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
        "~ the server takes 1 recipients a message (LIMITS, RFC 9422), and 3 are named: sent in one transaction all the same, since the message can be read only once",
      to("a@x", "b@y", "c@x") + taken(recipients: 3) + "C: QUIT\n",
      change: { $0.message?.isReadOnce = true }),
    parts(
      "a keyword that is passed over parts nobody",
      note: "",
      to("a@x", "b@y", "c@x") + taken(recipients: 3) + "C: QUIT\n",
      change: { $0.ignoredKeywords = ["LIMITS"] }),
  ]
}
