import SessionOptions
import SMTPDialogue

extension Session {
  static let hellos: [Session] = [
    Session(
      "EHLO refused, HELO taken",
      greeted + """
        S: 500 what
        C: HELO probe.example
        S: 250 mx
        C: MAIL FROM:<>
        """),
    Session(
      "EHLO and HELO refused",
      greeted + """
        S: 502 no
        C: HELO probe.example
        S: 550 no
        C: QUIT
        S: 221 bye
        = done
        """),
    Session(
      "EHLO put off, HELO taken",
      greeted + """
        S: 451 later
        C: HELO probe.example
        S: 250 mx
        C: MAIL FROM:<>
        """),
    Session(
      "EHLO and HELO put off",
      greeted + """
        S: 450 later
        C: HELO probe.example
        S: 450 later
        C: QUIT
        """),
    Session("421 for EHLO", greeted + "S: 421 busy\n= done"),
    Session("refused by the greeting", "S: 554 no\nC: QUIT\nS: 221 bye\n= done"),
    Session("put off by the greeting", "S: 450 later\nC: QUIT"),
    Session("421 for a greeting", "S: 421 busy\n= done"),
    Session(
      "stop after the greeting", "S: 220 mx\nC: QUIT\nS: 221 bye\n= done",
      plan: { try makePlan { $0.stop = .banner } }),
    Session("stop after EHLO", plain + "C: QUIT", plan: { try makePlan { $0.stop = .helo } }),
    Session(
      "stop after a question", plain + "C: NOOP\nS: 250 ok\nC: QUIT\nS: 221 bye\n= done",
      plan: { try makePlan { $0.stop = .noop } }),
    Session(
      "stop after a question that is refused", plain + "C: NOOP\nS: 502 no\nC: QUIT",
      plan: { try makePlan { $0.stop = .noop } }),
    Session(
      "stop after TLS that does not come about", plain + "C: QUIT",
      plan: { try makePlan { $0.stop = .tls } }),
    Session(
      "EHLO before the greeting",
      """
      C: EHLO probe.example
      S: 220 mx
      S: 250 mx
      C: MAIL FROM:<>
      """, plan: { try makePlan(pregreet: true) }),
    Session(
      "EHLO before a greeting that refuses",
      """
      C: EHLO probe.example
      S: 554 no talking
      S: 503 no
      C: QUIT
      """, plan: { try makePlan(pregreet: true) }),
    Session(
      "keywords in any case",
      greeted + """
        S: 250-mx
        S: 250-Pipelining
        S: 250 sIzE 1000
        ~ the message of 2000 bytes is over the server's SIZE limit of 1000
        C: MAIL FROM:<> SIZE=2000
        C: RCPT TO:<postmaster>
        C: DATA
        """, plan: { try makePlan { $0.message = MessagePlan(size: 2000, hasEightBit: false) } }
    ),
    Session(
      "what MAIL declares",
      greeted + """
        S: 250-mx
        S: 250-SIZE
        S: 250-8BITMIME
        S: 250 SMTPUTF8
        C: MAIL FROM:<j\\xC3\\xBCrgen@x> SIZE=7 BODY=8BITMIME SMTPUTF8
        S: 250 m\\xC3\\xBCll
        C: RCPT TO:<postmaster>
        """,
      plan: {
        try makePlan(from: "jürgen@x") { $0.message = MessagePlan(size: 7, hasEightBit: true) }
      }),
  ]
}
