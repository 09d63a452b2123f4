import SMTPDialogue
import SessionOptions

extension Session {
  private static let offered =
    greeted + """
      S: 250-mx
      S: 250 AUTH PLAIN LOGIN
      * authenticate PLAIN LOGIN

      """

  /// The server's challenge has its answer, and its proof is due.
  private static let answered =
    offered + """
      > move begin SCRAM-SHA-1 n,,
      C: AUTH SCRAM-SHA-1 ****
      S: 334 cj1h
      * challenge r=a
      > move respond c=b
      C: ****

      """

  private static let abandoned =
    offered + """
      > move begin LOGIN
      C: AUTH LOGIN
      S: 334 VXNlcm5hbWU6
      * challenge Username:
      > move abandon no such letters
      C: *
      S: 501 cancelled

      """

  private static func session(
    _ name: String, _ text: String, isOptional: Bool = false,
    _ change: @escaping @Sendable (inout DialoguePlan) -> Void = { _ in }
  ) -> Session {
    Session(
      name, text,
      plan: {
        try makePlan {
          $0.authentication = AuthenticationPlan(isOptional: isOptional)
          change(&$0)
        }
      })
  }

  static let authentications: [Session] = [
    session(
      "AUTH with its first response",
      offered + """
        > move begin PLAIN \\x00me\\x00pw
        C: AUTH PLAIN ********
        S: 235 welcome
        C: MAIL FROM:<>
        """),
    session(
      "AUTH with an empty first response",
      offered
        + """
        > move begin EXTERNAL (empty)
        C: AUTH EXTERNAL *
        S: 235 welcome
        C: MAIL FROM:<>
        """),
    session(
      "AUTH by question and answer",
      offered + """
        > move begin LOGIN
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        * challenge Username:
        > move respond me
        C: ****
        S: 334 UGFzc3dvcmQ6
        * challenge Password:
        > move respond secret
        C: ********
        S: 235 welcome
        C: MAIL FROM:<>
        """),
    session(
      "AUTH refused",
      offered + """
        > move begin PLAIN abc
        C: AUTH PLAIN ****
        S: 535 no
        C: QUIT
        S: 221 bye
        = done
        """),
    session(
      "AUTH refused, and on as nobody",
      offered + """
        > move begin PLAIN abc
        C: AUTH PLAIN ****
        S: 535 no
        C: MAIL FROM:<>
        """, isOptional: true),
    session(
      "AUTH not to be had",
      offered + """
        > move unavailable no mechanism
        = not authenticated: no mechanism
        """),
    session(
      "AUTH not to be had, and on as nobody",
      offered + """
        > move unavailable no mechanism
        ~ no mechanism; went on without AUTH, as --auth-optional has it
        C: MAIL FROM:<>
        """, isOptional: true),
    session(
      "a challenge that is no Base64",
      offered + """
        > move begin LOGIN
        C: AUTH LOGIN
        S: 334 what?
        * challenge (none)
        > move cancel no Base64
        ~ no Base64
        !! bad_challenge
        C: *
        S: 501 cancelled
        = protocol error
        """),
    session(
      "a challenge too many, and on as nobody",
      offered + """
        > move begin LOGIN
        C: AUTH LOGIN
        S: 334 bW9yZQ==
        * challenge more
        > move cancel more
        ~ more
        ! bad_challenge
        C: *
        S: 501 cancelled
        C: MAIL FROM:<>
        """, isOptional: true),
    session(
      "AUTH taken back for what we lack",
      abandoned + """
        = not authenticated: no such letters
        """),
    session(
      "AUTH taken back for what we lack, and on as nobody",
      abandoned + """
        ~ no such letters; went on without AUTH, as --auth-optional has it
        C: MAIL FROM:<>
        """, isOptional: true),
    session(
      "AUTH with a server that proves what it knows",
      answered + """
        S: 334 dj1j
        * challenge v=c
        > move respond
        C:\u{20}
        S: 235 welcome
        C: MAIL FROM:<>
        """),
    session(
      "a yes to AUTH at once from a server that proves nothing",
      offered + """
        > move begin SCRAM-SHA-256 n,,
        C: AUTH SCRAM-SHA-256 ****
        S: 235 welcome
        !! unproven_server
        = protocol error
        """),
    session(
      "a yes to AUTH in the place of the proof, and on as nobody",
      answered + """
        S: 235 welcome
        ! unproven_server
        C: MAIL FROM:<>
        """, isOptional: true),
    session(
      "a response that no line has room for",
      offered + """
        > move begin LOGIN
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        * challenge Username:
        > move respond \(String(repeating: "x", count: 9_216))
        C: *
        S: 501 cancelled
        = not authenticated: AUTH was taken back: the response would be a line of 12290 bytes, and RFC 4954 has room for 12288
        """),
    session(
      "a 250 to AUTH is no answer",
      offered + """
        > move begin PLAIN abc
        C: AUTH PLAIN ****
        S: 250 ok
        !! unexpected_code
        = protocol error
        """),
    session(
      "421 at AUTH ends it",
      offered + """
        > move begin PLAIN abc
        C: AUTH PLAIN ****
        S: 421 busy
        = done
        """),
    session(
      "a stop after AUTH",
      offered + """
        > move begin PLAIN abc
        C: AUTH PLAIN ****
        S: 235 welcome
        C: QUIT
        """
    ) { $0.stop = .auth },
    session(
      "AUTH comes under TLS",
      greeted + """
        S: 250-mx
        S: 250-AUTH PLAIN
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        * starttls
        > secured 22
        C: EHLO probe.example
        S: 250-mx
        S: 250 AUTH=LOGIN
        * authenticate LOGIN
        """),
    session(
      "a first response that the line has no room for",
      offered + """
        > move begin PLAIN \(String(repeating: "x", count: 375))
        C: AUTH PLAIN
        S: 334\u{20}
        C: \(String(repeating: "*", count: 500))
        S: 235 welcome
        C: MAIL FROM:<>
        """),
  ]
}
