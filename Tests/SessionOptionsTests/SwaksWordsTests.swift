import SessionOptions
import Testing

@Suite("Words that the argument parser would read otherwise")
struct StandingApartTests {
  @Test(
    "stand apart, and others stay",
    arguments: [
      ("host --auth=OAUTHBEARER --redact none", "host --auth OAUTHBEARER --redact none"),
      ("scan a.txt --auth=PLAIN,LOGIN", "scan a.txt --auth PLAIN,LOGIN"),
      ("host --auth=any --timeout=1s --timeout=2s", "host --auth any --timeout=1s --timeout=2s"),
      ("host --auth PLAIN --auth-user=me", "host --auth PLAIN --auth-user=me"),
      ("host -- --auth=PLAIN", "host -- --auth=PLAIN"),
    ])
  func apart(typed: String, meant: String) throws {
    let words = typed.split(separator: " ").map(String.init)
    #expect(try OptionWords.standingApart(words).joined(separator: " ") == meant)
  }

  @Test("are refused with their value", arguments: ["--auth=", "--auth=--tls", "--auth=PLIAN"])
  func refused(word: String) {
    let error = #expect(throws: OptionWordError.self) {
      try OptionWords.standingApart(["host", word])
    }
    #expect(error?.description.hasPrefix("\(word): give any, or some of") == true)
  }
}

@Suite("Words of swaks")
struct SwaksWordsTests {
  @Test(
    "that mean the same become smtpprobe's own",
    arguments: [
      ("host -tls", "host --tls require"), ("host --tls", "host --tls require"),
      ("host --tls off -tlsc", "host --tls off --tls implicit"),
      ("host --tls-on-connect", "host --tls implicit"), ("host -tlsos", "host --tls auto"),
      (
        "host -tlsp tlsv1_2,tlsv1_3",
        "host --tls-priority NORMAL:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3"
      ),
      ("host --tls-protocol=no_sslv2,no_tlsv1", "host --tls-priority NORMAL:-VERS-TLS1.0"),
      ("-s host -h me -t a@b", "-s host --ehlo me -t a@b"), ("host --lhlo me", "host --ehlo me"),
      ("-server host -from a@b", "--server host --from a@b"),
      ("host --protocol SMTP", "host --helo-first"),
      ("host --protocol LMTP", "host --lmtp"), ("host --protocol esmtp -q RCPT", "host -q RCPT"),
      ("host --protocol SSMTPA", "host --tls implicit --auth"),
      ("host -a", "host --auth"), ("host -a PLAIN,LOGIN", "host --auth PLAIN,LOGIN"),
      ("-a mx.example.com", "--auth mx.example.com"),
      ("host -au me -ap", "host --auth-user me"), ("host -ao", "host --auth-optional"),
      ("host --auth-optional PLAIN", "host --auth-optional --auth PLAIN"),
      ("--auth-optional host", "--auth-optional host"),
      ("host --quit RCPT", "host --quit-after RCPT"), ("host -da DATA", "host --drop-after DATA"),
      ("--socket /run/s --protocol LMTP", "unix:/run/s --lmtp"),
      ("--copy-routing example.com", "mx:example.com"),
      ("host -li 192.0.2.1 -lp 99", "host --local-address 192.0.2.1 --local-port 99"),
      ("host --pipeline -n -stl", "host --pipelining auto"),
      ("host --silent 2", "host --silent"), ("--silent host", "--silent host"),
      ("host -S 3 -ha", "host --silent --silent"), ("host --dump APP,TLS", "host --plan"),
      ("host -g", "host --data -"), ("host -d @a.eml", "host --data a.eml --mend line_ends"),
      ("host --data a.eml", "host --data a.eml"), ("host --data -", "host --data -"),
      ("host --ehlo -tls", "host --ehlo -tls"), ("host -- -tls", "host -- -tls"),
      ("-h", "-h"), ("host -h", "host -h"), ("sweep -h", "sweep -h"),
      ("host --splt 5", "host --splt 5"), ("host -vv", "host -vv"), ("host -hv", "host -hv"),
      ("host --tls-verify --tls-sni a", "host --tls-verify --tls-sni a"),
    ])
  func same(typed: String, meant: String) throws {
    let words = typed.split(separator: " ").map(String.init)
    #expect(try SwaksWords.translated(words).joined(separator: " ") == meant)
  }

  @Test(
    "that carry blanks are read as well",
    arguments: [
      ("TCP4 192.0.2.1 192.0.2.2 99 25", "v1=192.0.2.1:99,192.0.2.2:25"),
      ("TCP6 ::1 ::2 99 25", "v1=[::1]:99,[::2]:25"), ("UNKNOWN", "v1=unknown"), ("v2", "v2"),
    ])
  func proxy(typed: String, meant: String) throws {
    #expect(try SwaksWords.translated(["host", "--proxy", typed]) == ["host", "--proxy", meant])
  }

  @Test(
    "that mean something else are told with what to use",
    arguments: [
      (["--body", "x"], "--dump-mail"), (["--header", "X: y"], "--dump-mail"),
      (["--h-Subject", "x"], "--dump-mail"), (["--header-X-Test", "x"], "--dump-mail"),
      (["-h-From: x"], "--dump-mail"), (["--attach", "-"], "--dump-mail"),
      (["-ap", "secret"], "--auth-password-file"),
      (["--auth-password", "x"], "SMTPPROBE_AUTH_PASSWORD"),
      (["-aos"], "--auth-optional"), (["-tlso"], "--tls auto"),
      (["--tls-cipher", "x"], "--tls-priority"),
      (["--protocol", "SMTPS"], "ESMTPS"), (["--protocol", "X"], "LMTPSA"),
      (["-tlsp", "tls9"], "tlsv1_3"),
      (["--pipe", "x"], "unix:"), (["-das", "RCPT"], "--drop-after"), (["-ndf"], "--data FILE"),
      (["--data", "Subject: x\\n\\nhello"], "printf"), (["-hr"], "--silent"),
      (["--support"], "--version"),
      (["--config", "x"], "SMTPPROBE_CONFIG"), (["--xclient-delim"], "--xclient ADDR="),
    ] as [([String], String)])
  func other(words: [String], mend: String) throws {
    let error = #expect(throws: OptionWordError.self) {
      try SwaksWords.translated(["host"] + words)
    }
    let text = try #require(error).description
    #expect(text.contains(mend) && text.contains(words[0].prefix(6)), "\(text)")
  }

  @Test(
    "that are mistyped are taken for no letters, and what is behind them for no value",
    arguments: [
      ("-apx", "-apx is no option"), ("-pass", "-pass is no option"),
      ("-timout", "did you mean --timeout?"), ("-chunkin=auto", "did you mean --chunking?"),
    ])
  func mistyped(word: String, told: String) throws {
    let error = #expect(throws: OptionWordError.self) {
      try SwaksWords.translated(["host", word, "SECRET"])
    }
    let text = try #require(error).description
    #expect(text.contains(told) && !text.contains("SECRET"), "\(text)")
  }

  @Test("stay as they are behind a command with options of its own")
  func otherCommands() throws {
    let words = ["lab", "serve", "healthy", "-tls"]
    #expect(try SwaksWords.translated(words, besides: ["lab"]) == words)
  }
}
