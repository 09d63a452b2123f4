import Testing

/// A fault as a client that is not ours meets it, and as the lab's log tells it.
struct FaultSeen: Sendable, CustomTestStringConvertible {
  /// The client before the fixture; its ``ForeignClient/proof`` is what it says of the fault.
  let client: ForeignClient
  /// Ends of lines that the log must hold, in this order.
  let logged: [String]
  /// Ends of lines that it must not hold.
  var unlogged: [String] = []
  /// The client finds a way round the fault.
  var endsWell = false

  var testDescription: String { client.testDescription }
}

extension FaultSeen {
  static let all: [FaultSeen] = [
    FaultSeen(
      client: swaks("silent-at-mail", says: "Timeout (3 secs)"),
      logged: [#" command MAIL FROM:<a@example.com>\r\n"#, " rule line 28", " end-of-stream"],
      unlogged: [#" command RCPT TO:<b@example.com>\r\n"#]),
    FaultSeen(
      // 27 bytes of MAIL, three times 160 of RCPT and 6 of DATA: one write of 513.
      client: swaks(
        "reseg-513", says: "Timeout (3 secs)",
        "--pipeline --to "
          + Array(repeating: String(repeating: "a", count: 136), count: 3).map {
            $0 + "@example.com"
          }
          .joined(separator: ",")),
      logged: [#" command EHLO c.example\r\n"#, " read 513"],
      unlogged: [" forward 513", " forward 512"]),
    FaultSeen(
      client: swaks("banner-5xx-or-drop-554", says: "554 5.7.1 No SMTP service here"),
      logged: [#" reply 554 5.7.1 No SMTP service here\r\n"#, #" command QUIT\r\n"#]),
    FaultSeen(
      client: swaks("esmtp-capability-mask-ehlo", says: #"500 5.5.1 Command unrecognized: "XXXX""#),
      logged: [
        #" command XXXX c.example\r\n"#, #" command HELO c.example\r\n"#, #" command QUIT\r\n"#,
      ], endsWell: true),
    FaultSeen(
      client: curl("recipient-refused", says: "RCPT failed: 550"),
      logged: [
        #" command RCPT TO:<b@example.com>\r\n"#, #" reply 550 5.1.1 No such user here\r\n"#,
      ]),
    FaultSeen(
      client: curl("unsolicited-reply", says: "DATA failed: 250"),
      logged: [#" reply 220 mx.lab.example ESMTP\r\n250 2.0.0 And a good day to you\r\n"#]),
    FaultSeen(
      client: curl("rst-at-dot", says: "Connection reset by peer"),
      logged: [" content 17", " close reset"]),
    FaultSeen(
      client: curl("tls-alert", "--ssl-reqd", says: "handshake failure"),
      logged: [#" command STARTTLS\r\n"#, #" reply \x15\x03\x03\x00\x02\x02("#, " close hang-up"]),
    FaultSeen(
      client: curl("certificate-expired", "--ssl-reqd", says: "certificate"),
      logged: [#" command STARTTLS\r\n"#], unlogged: [#" command MAIL FROM:<a@example.com>\r\n"#]),
    FaultSeen(
      client: curl("starttls-stripped", "--ssl-reqd", says: "STARTTLS not supported"),
      logged: [#"\r\n250 STARTTLS\r\n"#, " write 94"]),
    FaultSeen(
      client: curl("bare-lf-content-qmail", content: "Subject: a\n\nb\n", says: "< 451 See"),
      logged: [" rule line 21", " close hang-up"]),
    FaultSeen(
      client: msmtp("leaves-with-421", says: "421 4.3.2 Shutting down"),
      logged: [#" reply 421 4.3.2 Shutting down\r\n"#, " close hang-up"]),
    FaultSeen(
      client: msmtp("half-reply-at-data", says: "timed out"),
      logged: [" rule line 28", " end-of-stream"]),
    FaultSeen(
      client: msmtp(
        "line-limit-at-1024", content: "\r\n" + String(repeating: "x", count: 1025) + "\r\n",
        says: "could not send mail"),
      logged: [" rule line 20", " close reset"]),
    FaultSeen(
      client: msmtp(
        "early-refusal", content: "\r\n" + String(repeating: "a line\r\n", count: 5_000),
        says: "552 5.3.4 Message too big"),
      logged: [#" reply 552 5.3.4 Message too big\r\n"#]),
  ]

  private static func swaks(_ fixture: String, says: String, _ options: String = "")
    -> ForeignClient
  {
    let recipient = options.contains("--to ") ? "" : "--to b@example.com "
    return ForeignClient(
      fixture: fixture,
      command: "swaks --server 127.0.0.1 --port PORT --helo c.example --from a@example.com "
        + "--timeout 3 \(recipient)\(options)", proof: says)
  }

  private static func curl(
    _ fixture: String, _ options: String = "",
    content: String = "Subject: a\r\n\r\nb\r\n", says: String
  ) -> ForeignClient {
    ForeignClient(
      fixture: fixture,
      command: "curl --silent --show-error --verbose --max-time 20 --mail-from a@example.com "
        + "--mail-rcpt b@example.com --upload-file - \(options) smtp://127.0.0.1:PORT/c.example",
      input: content, proof: says)
  }

  private static func msmtp(
    _ fixture: String, content: String = "Subject: a\r\n\r\nb\r\n", says: String
  ) -> ForeignClient {
    ForeignClient(
      fixture: fixture,
      command: "msmtp --debug --host=127.0.0.1 --port=PORT --timeout=3 --from=a@example.com "
        + "--auth=off --tls=off b@example.com", input: content, proof: says)
  }
}
