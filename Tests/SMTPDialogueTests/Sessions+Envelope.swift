import SessionOptions
import SMTPDialogue

extension Session {
  static let envelopes: [Session] = [
    Session(
      "default, pipelined: one flight, close without a dot",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        = done
        """),
    Session(
      "default, one at a time",
      plain + """
        C: MAIL FROM:<>
        S: 250 ok
        C: RCPT TO:<postmaster>
        S: 250 ok
        C: DATA
        S: 354 go
        = done
        """),
    Session(
      "pipelining forced",
      plain + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        = done
        """, plan: { try makePlan { $0.pipelining = .on } }),
    Session(
      "pipelining offered and declined",
      pipelined + """
        C: MAIL FROM:<>
        S: 550 no
        C: QUIT
        S: 221 bye
        = done
        """, plan: { try makePlan { $0.pipelining = .off } }),
    Session(
      "MAIL refused in a flight: the rest is read, then QUIT alone",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 550 no
        S: 503 mail first
        S: 503 rcpt first
        C: QUIT
        S: 221 bye
        = done
        """),
    Session(
      "all recipients refused and DATA accepted: a lone dot",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<a@x>
        C: RCPT TO:<b@x>
        C: DATA
        S: 250 ok
        S: 550 no
        S: 450 later
        S: 354 go
        C: .
        S: 554 no valid recipients
        C: QUIT
        S: 221 bye
        = done
        """, plan: { try makePlan(to: ["a@x", "b@x"]) }),
    Session(
      "all recipients refused and DATA too: RSET and QUIT together",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        S: 550 no
        S: 503 no recipients
        C: RSET
        C: QUIT
        S: 250 ok
        S: 221 bye
        = done
        """),
    Session(
      "sender refused, recipient and DATA accepted: no byte more",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 550 no
        S: 250 ok
        S: 354 go
        = done
        """),
    Session(
      "one at a time, all recipients refused: no DATA",
      plain + """
        C: MAIL FROM:<>
        S: 250 ok
        C: RCPT TO:<a@x>
        S: 550 no
        C: RCPT TO:<b@x>
        S: 550 no
        C: RSET
        S: 250 ok
        C: QUIT
        S: 221 bye
        = done
        """, plan: { try makePlan(to: ["a@x", "b@x"]) }),
    Session(
      "one at a time, one recipient refused: on with the other",
      plain + """
        C: MAIL FROM:<>
        S: 250 ok
        C: RCPT TO:<a@x>
        S: 550 no
        C: RCPT TO:<b@x>
        S: 251 forwarded
        C: DATA
        S: 451 later
        C: RSET
        S: 500 what
        C: QUIT
        S: 221 bye
        = done
        """, plan: { try makePlan(to: ["a@x", "b@x"]) }),
    Session(
      "stop after MAIL",
      pipelined + """
        C: MAIL FROM:<>
        S: 250 ok
        C: RSET
        C: QUIT
        S: 250 ok
        S: 221 bye
        = done
        """, plan: { try makePlan { $0.stop = .mail } }),
    Session(
      "stop after RCPT",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        S: 250 ok
        S: 250 ok
        C: RSET
        C: QUIT
        S: 250 ok
        S: 221 bye
        = done
        """, plan: { try makePlan { $0.stop = .rcpt } }),
    Session(
      "421 in the middle of a flight: no further command",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        S: 421 closing
        = done
        """),
  ]
}
