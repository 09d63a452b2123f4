import SessionOptions
import SMTPDialogue

extension Session {
  static let accepted =
    pipelined + """
      C: MAIL FROM:<>
      C: RCPT TO:<postmaster>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 354 go
      * content
      > content Subject: x\\r\\n\\r\\n.hidden
      D: Subject: x\\r\\n\\r\\n..hidden

      """

  static func message(_ text: String, _ script: String) -> Session {
    Session(text, script, plan: { try makePlan { $0.message = MessagePlan() } })
  }

  static let messages: [Session] = [
    message(
      "a message, whole",
      accepted + """
        > end
        D: \\r\\n.\\r\\n
        S: 250 queued
        C: QUIT
        S: 221 bye
        = done
        """),
    message(
      "a message, refused",
      accepted + """
        > end
        D: \\r\\n.\\r\\n
        S: 554 spam
        C: QUIT
        """),
    message(
      "an early refusal stops the content",
      accepted + """
        S: 552 too big
        * stop
        = done
        """),
    message(
      "the server leaves during content",
      accepted + """
        S: 421 closing
        * stop
        = done
        """),
    message(
      "an early acceptance is no answer",
      accepted + """
        S: 250 what for
        !! unsolicited_reply
        * stop
        = protocol error
        """),
    message(
      "an early acceptance that ends late is no answer either",
      accepted + """
        S: 250 wh\\
        > end
        D: \\r\\n.\\r\\n
        S: at for
        !! unsolicited_reply
        = protocol error
        """),
    message(
      "an early refusal that ends late answers the dot",
      accepted + """
        S: 552 too\\
        > end
        D: \\r\\n.\\r\\n
        S:  big
        C: QUIT
        """),
    message(
      "sender refused, recipient and DATA accepted: no content for nobody's message",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 550 no
        S: 250 ok
        S: 354 go
        = done
        """),
    message(
      "everything refused but DATA: a lone dot, no content",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 550 no
        S: 503 no
        S: 354 go
        C: .
        S: 503 no
        C: QUIT
        """),
    Session(
      "a message, and a stop before it",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        = done
        """,
      plan: {
        try makePlan {
          $0.message = MessagePlan()
          $0.stop = .data
        }
      }),
  ]
}
