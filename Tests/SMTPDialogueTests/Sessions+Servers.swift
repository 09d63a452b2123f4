import SessionOptions
import SMTPDialogue

/// What Postfix and Exim speak beside the RFCs.
extension Session {
  private static func otherClient(
    _ text: String, _ script: String,
    change: @escaping @Sendable (inout DialoguePlan) -> Void = { _ in }
  ) -> Session {
    Session(
      text, script,
      plan: {
        let attribute = try XclientAttribute(option: "ADDR=192.0.2.7")
        return try makePlan {
          $0.clientAttributes = [attribute]
          change(&$0)
        }
      })
  }

  /// XCLIENT.
  static let ofOtherClients: [Session] = [
    otherClient(
      "another client: the greeting again, and EHLO again",
      greeted + """
        S: 250-mx
        S: 250 XCLIENT NAME ADDR
        C: XCLIENT ADDR=192.0.2.7
        S: 220 mx ESMTP
        C: EHLO probe.example
        S: 250-mx
        S: 250 PIPELINING
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        = done
        """),
    otherClient(
      "under TLS, and before AUTH",
      greeted + """
        S: 250-mx
        S: 250-XCLIENT ADDR
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        * starttls
        > secured 22
        C: EHLO probe.example
        S: 250-mx
        S: 250 XCLIENT ADDR
        C: XCLIENT ADDR=192.0.2.7
        S: 220 mx ESMTP
        C: EHLO probe.example
        S: 250-mx
        S: 250 AUTH PLAIN
        * authenticate PLAIN
        """, change: { $0.authentication = AuthenticationPlan() }),
    otherClient(
      "not offered: said all the same, and refused",
      greeted + """
        S: 250 mx
        ~ the server does not offer XCLIENT: it is said all the same
        C: XCLIENT ADDR=192.0.2.7
        S: 550 no
        C: QUIT
        S: 221 bye
        = done
        """),
    otherClient(
      "an attribute is not offered",
      greeted + """
        S: 250-mx
        S: 250 XCLIENT NAME
        ~ the server does not offer ADDR of XCLIENT: said all the same
        C: XCLIENT ADDR=192.0.2.7
        S: 421 no
        = done
        """),
    otherClient(
      "stop after EHLO: the last one",
      greeted + """
        S: 250-mx
        S: 250 XCLIENT ADDR
        C: XCLIENT ADDR=192.0.2.7
        S: 220 mx ESMTP
        C: EHLO probe.example
        S: 250 mx
        C: QUIT
        S: 221 bye
        = done
        """, change: { $0.stop = .helo }),
  ]

  private static let askedForEach =
    greeted + """
      S: 250-mx
      S: 250-PRDR
      S: 250 PIPELINING
      C: MAIL FROM:<> PRDR
      C: RCPT TO:<a@x>
      C: RCPT TO:<b@x>
      C: RCPT TO:<c@x>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 550 no
      S: 250 ok
      S: 354 go
      * content
      > end
      D: .\\r\\n

      """

  private static func forEach(_ text: String, _ script: String) -> Session {
    Session(
      text, script,
      plan: {
        try makePlan(to: ["a@x", "b@x", "c@x"]) {
          $0.wantsPRDR = true
          $0.message = MessagePlan()
        }
      })
  }

  /// PRDR.
  static let withReplyForEach: [Session] = [
    forEach(
      "a reply for each recipient that was accepted, and one for all",
      askedForEach + """
        S: 353 wait
        S: 250 a
        S: 550 c
        S: 250 taken
        C: QUIT
        S: 221 bye
        = done
        """),
    forEach(
      "one reply for all where the server has no more to say",
      askedForEach + """
        S: 250 taken
        C: QUIT
        """),
    forEach(
      "353 again is none",
      askedForEach + """
        S: 353 wait
        S: 353 wait
        !! unexpected_code
        = protocol error
        """),
    forEach(
      "353 that nobody asked for is none",
      greeted + """
        S: 250 mx
        ~ the server does not offer PRDR: one reply behind the message stands for all
        C: MAIL FROM:<>
        S: 250 ok
        C: RCPT TO:<a@x>
        S: 250 ok
        C: RCPT TO:<b@x>
        S: 250 ok
        C: RCPT TO:<c@x>
        S: 250 ok
        C: DATA
        S: 354 go
        * content
        > end
        D: .\\r\\n
        S: 353 wait
        !! unexpected_code
        = protocol error
        """),
  ]
}
