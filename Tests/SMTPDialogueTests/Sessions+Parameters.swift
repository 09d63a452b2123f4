import SessionOptions
import SMTPDialogue

/// Parameters that somebody asked for.
extension Session {
  static func parameters(
    _ text: String, mail: [String] = [], rcpt: [String] = [],
    to recipients: [String] = ["postmaster"],
    message: MessagePlan? = nil, _ script: String
  ) -> Session {
    Session(
      text, script,
      plan: {
        let mail = try mail.map { try ESMTPParameter(option: $0) }
        let rcpt = try rcpt.map { try ESMTPParameter(option: $0) }
        return try makePlan(to: recipients) {
          $0.mailParameters = mail
          $0.recipientParameters = rcpt
          $0.message = message
        }
      })
  }

  private static let offering =
    greeted + """
      S: 250-mx
      S: 250-PIPELINING
      S: 250-SIZE 1000
      S: 250-8BITMIME
      S: 250 DSN

      """

  static let withParameters: [Session] = [
    parameters(
      "parameters of MAIL and of every RCPT",
      mail: ["RET=HDRS", "ENVID=q1"], rcpt: ["NOTIFY=SUCCESS,FAILURE"], to: ["a@x", "b@x"],
      offering + """
        C: MAIL FROM:<> RET=HDRS ENVID=q1
        C: RCPT TO:<a@x> NOTIFY=SUCCESS,FAILURE
        C: RCPT TO:<b@x> NOTIFY=SUCCESS,FAILURE
        C: DATA
        S: 250 ok
        S: 555 no
        S: 250 ok
        S: 354 go
        = done
        """),
    parameters(
      "parameters that are not offered are sent all the same, and told",
      mail: ["RET=FULL", "requiretls", "BY=120;R"], rcpt: ["NOTIFY=NEVER"],
      plain + """
        ~ the server does not offer DSN: MAIL RET=FULL, RCPT NOTIFY=NEVER is sent all the same
        ~ the server does not offer REQUIRETLS: MAIL requiretls is sent all the same
        ~ the server does not offer DELIVERBY: MAIL BY=120;R is sent all the same
        C: MAIL FROM:<> RET=FULL requiretls BY=120;R
        S: 504 no
        C: QUIT
        """),
    parameters(
      "SIZE and BODY of the user's take the place of ours",
      mail: ["size=999999", "BODY=7BIT"],
      message: MessagePlan(size: 20, hasEightBit: true),
      offering + """
        C: MAIL FROM:<> size=999999 BODY=7BIT
        C: RCPT TO:<postmaster>
        C: DATA
        S: 552 too large
        S: 503 mail first
        S: 503 rcpt first
        C: QUIT
        """),
    parameters(
      "others stand behind ours", mail: ["AUTH=<>"],
      message: MessagePlan(size: 20, hasEightBit: true),
      offering + """
        ~ the server does not offer AUTH: MAIL AUTH=<> is sent all the same
        C: MAIL FROM:<> SIZE=20 BODY=8BITMIME AUTH=<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        """),
    parameters(
      "BINARYMIME without BDAT is told", mail: ["BODY=BINARYMIME"],
      message: MessagePlan(size: 20),
      greeted + """
        S: 250-mx
        S: 250 BINARYMIME
        ~ BODY=BINARYMIME is for a message by BDAT (RFC 3030 section 3): see --chunking
        C: MAIL FROM:<> BODY=BINARYMIME
        S: 250 ok
        C: RCPT TO:<postmaster>
        """),
  ]
}
