import SessionOptions
import SMTPDialogue

extension Session {
  static let security: [Session] = [
    Session(
      "STARTTLS, and EHLO again",
      greeted + """
        S: 250-mx
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        * starttls
        > secured 22
        C: EHLO probe.example
        S: 250-mx
        S: 250-STARTTLS
        S: 250 PIPELINING
        ! starttls_offered_in_tls
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        """),
    Session(
      "STARTTLS refused: on in clear",
      greeted + """
        S: 250-mx
        S: 250 STARTTLS
        C: STARTTLS
        S: 454 not now
        C: MAIL FROM:<>
        """),
    Session(
      "STARTTLS refused and required",
      greeted + """
        S: 250-mx
        S: 250 STARTTLS
        C: STARTTLS
        S: 454 not now
        C: QUIT
        """, plan: { try makePlan { $0.tls = .require } }),
    Session(
      "STARTTLS required and not offered", plain + "= tls not offered",
      plan: { try makePlan { $0.tls = .require } }),
    Session(
      "STARTTLS offered and not wanted",
      greeted + """
        S: 250-mx
        S: 250 STARTTLS
        C: MAIL FROM:<>
        """, plan: { try makePlan { $0.tls = .off } }),
    Session(
      "stop before STARTTLS",
      greeted + """
        S: 250-mx
        S: 250 STARTTLS
        C: QUIT
        """, plan: { try makePlan { $0.stop = .firstHelo } }),
    Session(
      "stop after the handshake",
      greeted + """
        S: 250-mx
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        * starttls
        > secured 22
        C: QUIT
        S: 221 bye
        = done
        """, plan: { try makePlan { $0.stop = .tls } }),
    Session(
      "implicit TLS wants no STARTTLS",
      greeted + """
        S: 250-mx
        S: 250 STARTTLS
        ! starttls_offered_in_tls
        C: MAIL FROM:<>
        """, plan: { try makePlan { $0.tls = .implicit } }),
    Session(
      "implicit TLS, stop after the handshake", "S: 220 mx\nC: QUIT",
      plan: {
        try makePlan {
          $0.tls = .implicit
          $0.stop = .tls
        }
      }),
  ]
}
