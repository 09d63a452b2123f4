import SessionOptions
import SMTPDialogue

extension Session {
  static let odd: [Session] = [
    Session(
      "2xx to DATA",
      forced("S: 250 ok\nS: 250 ok\nS: 250 ok\n!! unexpected_code\n= protocol error"),
      plan: forcedPlan),
    Session(
      "3xx to MAIL", forced("S: 354 go\n!! unexpected_code\n= protocol error"), plan: forcedPlan),
    Session(
      "a code of no class", forced("S: 199 x\n!! unexpected_code\n= protocol error"),
      plan: forcedPlan),
    Session(
      "a code too high", forced("S: 600 x\n!! unexpected_code\n= protocol error"), plan: forcedPlan),
    Session("3xx for a greeting", "S: 354 go\n!! unexpected_code\n= protocol error"),
    Session(
      "3xx to QUIT harms nobody", "S: 554 no\nC: QUIT\nS: 354 go\n! unexpected_code\n= done"),
    Session(
      "lines ended by LF alone", "S: 220-mx\\n\\\nS: 220 mx\\n\\\n! bare_lf\nC: EHLO probe.example"),
    Session("a CR in a line", "S: 220 m\\rx\n! bare_cr\nC: EHLO probe.example"),
    Session(
      "NUL and 8-bit",
      "S: 220 \\0\\xFF\n! nul_in_reply\n! eight_bit_in_reply\nC: EHLO probe.example"),
    Session(
      "mixed codes: the last counts", "S: 220-mx\nS: 554 no\n! mixed_codes\nC: QUIT"),
    Session("a bare code", "S: 220\nC: EHLO probe.example"),
    Session("a bare code with a hyphen", "S: 220-\nS: 220 \nC: EHLO probe.example"),
    Session("end of stream", "S: 220 m\\\n> eof\nS: x"),
  ]

  static let forcedPlan: @Sendable () throws -> DialoguePlan = {
    try makePlan { $0.pipelining = .on }
  }

  static func forced(_ rest: String) -> String {
    plain + "C: MAIL FROM:<>\nC: RCPT TO:<postmaster>\nC: DATA\n" + rest
  }

  /// Sessions in which it matters what came in one read, or before what was said had left.
  static let ofOneRead: [Session] = [
    Session(
      "a second greeting in the same read is no answer to EHLO",
      """
      S: 220 mx
      S: 220 mx
      !! unsolicited_reply
      = protocol error
      """),
    Session(
      "the start of a surplus reply is remembered",
      """
      S: 220 mx
      S: 250 wh\\
      C: EHLO probe.example
      S: at
      !! unsolicited_reply
      = protocol error
      """),
    Session(
      "a surplus reply after a flight",
      pipelined + """
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        S: 250 what for
        !! unsolicited_reply
        = protocol error
        """),
    Session(
      "clear text behind the reply to STARTTLS",
      greeted + """
        S: 250-mx
        S: 250 STARTTLS
        C: STARTTLS
        S: 220 go
        S: 250 injected
        !! clear_text_after_starttls
        = protocol error
        """),
    Session("no reply at all", "S: HTTP/1.1 400 Bad Request\n!! malformed_reply\n= protocol error"),
    Session("a line of three letters", "S: 22x\n!! malformed_reply\n= protocol error"),
    Session("four digits", "S: 2200 mx\n!! malformed_reply\n= protocol error"),
    Session("an empty line", "S: \n!! malformed_reply\n= protocol error"),
    Session(
      "garbage while leaving harms nobody",
      "S: 554 no\nC: QUIT\nS: goodbye\n! malformed_reply\n= done"),
    Session(
      "421 unasked in the same read", "S: 220 mx\nS: 421 bye\n= done"),
    Session(
      "an impossible surplus reply",
      "S: 220 mx\nS: 999 x\n!! unsolicited_reply\n= protocol error"),
  ]
}
