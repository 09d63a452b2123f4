import TestSupport
import Testing

/// A session with words that few servers know, at one that does, or at one that truthfully refuses them.
struct Word: Sendable, CustomTestStringConvertible {
  /// The name of its address, as `Tests/Strangers/serve` tells it.
  let server: String
  let options: [String]
  /// `STATUS@STAGE`.
  let end: String
  /// Words of the summary.
  var summary = ""
  /// The log that then has a line with these words.
  var log: (name: String, words: String)?

  var testDescription: String { "\(server) \(options.joined(separator: " "))" }

  init(
    _ server: String, _ options: String, _ end: String, summary: String = "",
    log: (name: String, words: String)? = nil
  ) {
    self.server = server
    self.options = options.split(separator: " ").map(String.init)
    self.end = end
    self.summary = summary
    self.log = log
  }

  static let all: [Word] =
    parameters + addresses + otherClients + balancers + recipients
    + users

  private static let notices =
    "--mail-param RET=HDRS --mail-param ENVID=q+2B1 --rcpt-param NOTIFY=SUCCESS,FAILURE --tls off"

  /// Delivery status notifications (RFC 3461), which aiosmtpd does not know.
  private static let parameters: [Word] =
    ["postfix", "exim", "opensmtpd", "sendmail"].map { Word($0, notices, "ok@data") } + [
      Word("aiosmtpd", notices, "rejected@mail", summary: "555"),
      Word("postfix", "--mail-param BY=x", "rejected@mail"),
    ]

  /// Addresses that are not ASCII.
  private static let addresses: [Word] = [
    Word("postfix", "--to j\u{F6}rg@b\u{FC}cher.example --tls off", "ok@data"),
    Word("postfix", "--to info@b\u{FC}cher.example --ignore-keyword SMTPUTF8", "ok@data"),
    Word("sendmail", "--to info@b\u{FC}cher.example --tls off", "ok@data"),
  ]

  private static let otherClients: [Word] = [
    Word(
      "postfix", "--xclient NAME=other.example --xclient ADDR=127.0.0.9", "ok@data",
      log: ("postfix-log", "from other.example[127.0.0.9]")),
    Word("postfix", "--tls off --xclient ADDR=127.0.0.9 --message-size 400", "ok@quit"),
    Word("postfix", "--xclient ADDR=nonsense", "rejected@ehlo", summary: "501"),
    Word("exim", "--xclient ADDR=127.0.0.9 --tls off", "rejected@ehlo"),
    Word("aiosmtpd", "--xclient ADDR=127.0.0.9 --tls off", "rejected@ehlo"),
  ]

  private static let alice = "--auth-user alice --auth-password-file \(secret)"
  /// Stands for the file that the password is in.
  static let secret = "@secret"

  /// Postfix that has Dovecot find out who it is.
  private static let users: [Word] =
    ["", "--tls off"].enumerated().map { number, more in
      // The line of the log is this row's own.
      Word(
        "submission", "--auth \(alice) \(more) --mail-param AUTH=best\(number)@client.test",
        "ok@data",
        log: (
          "postfix-log",
          "sasl_method=SCRAM-SHA-256, sasl_username=alice, sasl_sender=best\(number)@client.test"
        ))
    }
    + ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"].map {
      Word(
        "submission", "--auth=\($0) \(alice) --message-size 400", "ok@quit",
        log: ("postfix-log", "sasl_method=\($0), sasl_username=alice"))
    }
    + ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"].map {
      Word(
        "submission", "--auth=\($0) --auth-user bob --auth-password-file \(secret)",
        "rejected@auth",
        summary: "535")
    }
    + [
      Word("submission", "--to a@example.com", "rejected@rcpt"),
      Word(
        "submission", "--auth-optional --auth=EXTERNAL \(alice) --to a@example.com", "rejected@rcpt"
      ),
      Word("postfix", "--auth \(alice)", "rejected@auth", summary: "offers no AUTH"),
    ]

  /// HAProxy before a Postfix that wants to hear for whom it speaks.
  private static let balancers: [Word] = [
    Word("haproxy", "", "ok@data"),
    Word("haproxy", "--tls off --message-size 300000 --split 1,rest", "ok@quit"),
    Word(
      "haproxy-told", "--proxy v1=192.0.2.7:4711,192.0.2.1:25 --tls off --quit-after ehlo",
      "ok@quit",
      log: ("postfix-log", "[192.0.2.7]")),
    Word("haproxy-told", "--proxy v2", "ok@data"),
    Word("haproxy-told", "--timeout 1s", "stalled@banner"),
    Word("postfix-behind", "--proxy v1 --message-size 2000", "ok@quit"),
    Word("postscreen-behind", "", "deferred@banner", summary: "No system resources"),
    Word("postscreen-behind", "--proxy v2", "ok@data"),
  ]

  /// A reply for each recipient: LMTP by Dovecot, PRDR by Exim.
  private static let recipients: [Word] = [
    Word("dovecot", "--lmtp --to a,b,c --message-size 2000", "ok@quit"),
    Word(
      "dovecot", "--lmtp --to a,nobody,c --message-size 2000", "ok@quit",
      summary: "1 of 3 recipients refused"),
    Word("dovecot", "--lmtp --chunking auto --to a,b --message-size 2000", "ok@quit"),
    Word("dovecot", "--lmtp --to nobody", "rejected@rcpt"),
    Word("dovecot", "", "rejected@ehlo"),
    Word("exim", "--prdr --to a@example.com,b@example.com --message-size 400", "ok@quit"),
    Word(
      "exim", "--prdr --to a@example.com,refused@example.com --message-size 400", "ok@quit",
      summary: "1 of 2 recipients refused behind the message"),
    Word("exim", "--chunking early --message-size 400", "ok@quit"),
    Word("exim", "--chunking early --mail-param NO=1 --message-size 400", "rejected@mail"),
    Word("postfix", "--chunking early --mail-param NO=1 --message-size 400", "rejected@mail"),
    Word("postfix", "--chunking early --message-size 400", "ok@quit"),
    Word("postfix", "--chunking early --chunk-size 100 --message-size 400", "ok@quit"),
    Word("exim", "--pipelining early", "ok@data"),
    Word("exim", "--pipelining early --message-size 400", "ok@quit"),
    Word("postfix", "--prdr --to a@example.com,b@example.com --message-size 400", "ok@quit"),
  ]
}

@Suite("A real mail server that speaks it")
struct WordTests {
  @Test("understands the word, or refuses it, and the report says so", arguments: Word.all)
  func understands(_ word: Word) async throws {
    let addresses = try Route.addresses()
    guard let address = addresses[word.server] else { throw StrangersMissing(server: word.server) }
    let password = try Scratch(Array("pencil\n".utf8))
    let options = word.options.map { $0 == Word.secret ? password.path : $0 }
    let run = try await Binary.run([address, "--format", "json", "--timeout", "5s"] + options)
    let verdict = try ToldReport(run.output).verdict
    #expect("\(verdict.status)@\(verdict.stage)" == word.end, "\(verdict.summary)")
    #expect(verdict.summary.contains(word.summary), "\(verdict.summary)")
    guard let log = word.log else { return }
    let path = try #require(addresses[log.name])
    for _ in 0..<100 {
      if try await ChildProcess.run(["grep", "-cF", log.words, path]).status == 0 { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("no line with \(log.words) in \(log.name)")
  }
}
