import SessionOptions
import SessionTrace
import Testing

@Suite("The table of options")
struct OptionTableTests {
  /// A value that every option takes and that is not the usual one, by name.
  static let samples: [String: String] = [
    "split": "100,1,rest", "split-delay": "50ms", "split-stage": "tls", "pipelining": "off",
    "envelope-size": "513", "fast-open": "data", "mss": "536", "pmtu-discovery": "dont",
    "rcvbuf": "4096", "sndbuf": "4097", "keepalive": "20", "dscp": "46",
    "local-address": "127.0.0.2",
    "local-port": "4000", "tls": "require", "clienthello-size": "600", "tls-record-size": "100",
    "message-size": "1000", "messages": "3", "line-length": "30", "data": "-",
    "mend": "zeros,line_ends",
    "chunking": "auto", "chunk-size": "7", "ignore-keyword": "SIZE,8BITMIME", "quit-after": "rcpt",
    "drop-after": "mail", "proxy": "v2=[2001:db8::7]:4711,[2001:db8::1]:25",
    "from": "-a@example.org", "to": "b@example.org,c@example.org",
    "to-file": "list.txt", "mail-param": "RET=HDRS ENVID=a+2Bb",
    "rcpt-param": "NOTIFY=SUCCESS,FAILURE",
    "ehlo": "probe.example.org",
    "server": "192.0.2.1:26", "port": "587", "resolver": "[2001:db8::1]:5353",
    "tls-priority": "NORMAL", "tls-sni": "mx.example.org", "tls-ca-path": "h\u{E9}.pem",
    "tls-cert": "own.pem", "tls-key": "key.pem", "trust-anchor": "zone.ds",
    "tls-fingerprint": String(repeating: "0a", count: 32),
    "mta-sts-port": "8443",
    "auth": "PLAIN,LOGIN", "auth-user": "alice", "auth-password-file": "-", "auth-password-fd": "3",
    "xclient": "ADDR=192.0.2.7 NAME=[UNAVAILABLE]",
    "timeout": "rfc5321", "connect-timeout": "1500us", "total-timeout": "120s",
  ]

  /// Each option of a session, given.
  static func entries() throws -> [OptionEntry] {
    try OptionTable.all.filter { !$0.isAboutTheReport }.map { row in
      switch row.shape {
      case .flag: try row.entry(true)
      case .invertibleFlag: try row.entry(false)
      case .value, .list: try row.entry(try #require(samples[row.name], "\(row.name)"))
      }
    }
  }

  @Test("gives an option back as its words say it, and as a report has it")
  func everyRow() throws {
    for entry in try Self.entries() {
      var options = SessionOptions()
      entry.change(&options)
      #expect(options != SessionOptions(), "\(entry.row.name)")
      let words = options.commandLine(at: "mx")
      let read = OptionWords(words)
      #expect(read.operands == ["mx"] && read.unread.isEmpty, "\(words)")
      #expect(read.entries.map(\.row.name) == [entry.row.name], "\(words)")
      var again = SessionOptions()
      for entry in read.entries { entry.change(&again) }
      #expect(again == options, "\(words)")
      guard entry.row.key != nil || entry.row.name == "6" else { continue }
      let recorded = try SessionOptions(recorded: options.recorded, mayBeForeign: false)
      #expect(recorded.recorded == options.recorded, "\(entry.row.name)")
      #expect(recorded.commandLine(at: "mx") == words)
    }
  }

  @Test("takes from a foreign report nothing that names a file, a server or a message")
  func foreign() throws {
    var options = SessionOptions()
    for entry in try Self.entries() { entry.change(&options) }
    let repeated = try SessionOptions(recorded: options.recorded, mayBeForeign: true)
    #expect(repeated.data == nil && repeated.messageSize == nil && repeated.tlsCAPath == nil)
    #expect(repeated.resolver == nil && repeated.server == nil && repeated.fault)
    #expect(repeated.ignoreKeyword == options.ignoreKeyword)
    #expect(repeated.tlsRecordSize == options.tlsRecordSize)
    #expect(repeated.split == options.split && repeated.mend == options.mend)
  }

  @Test("holds each name once, and the keys that reports have always had")
  func names() {
    let spellings = OptionTable.all.flatMap(\.spellings)
    #expect(Set(spellings).count == spellings.count)
    #expect(
      Set(OptionTable.keys) == [
        "anonymize_envelope", "auth", "auth_optional", "auth_password_fd", "auth_password_file",
        "auth_user",
        "chunk_size", "chunking", "clienthello_size", "connect_timeout", "dane", "data",
        "drop_after",
        "dscp", "early_quit", "ehlo", "envelope_size", "family", "fast_open", "from", "half_close",
        "helo_first",
        "hops", "ignore_keyword", "keepalive", "line_length", "local_address", "lmtp", "local_port",
        "mail_param", "mend", "message_size", "mss", "nodelay", "nudge", "pad", "pipelining",
        "pmtu_discovery",
        "port", "pregreet", "proxy", "quit_after", "rcpt_param", "rcvbuf",
        "resolver", "sndbuf", "split", "split_delay", "split_stage", "timeout", "tls",
        "tls_ca_path", "tls_cert", "tls_fingerprint", "tls_key", "tls_priority", "tls_record_size",
        "tls_resume", "tls_sni", "tls_verify", "to", "to_file",
        "total_timeout", "trust_anchor", "messages", "mta_sts", "mta_sts_port", "prdr", "rset",
        "xclient",
      ])
    #expect(Set(SessionOptions().recorded.keys) == Set(OptionTable.keys))
  }

  @Test(
    "says what would do in the place of a value that does not",
    arguments: [
      ("port", "70000", "1 to 65535"), ("mss", "5", "88 to 65495"), ("mss", "x", "whole number"),
      ("split", "dot:5", "dot:1"), ("split", "rest,1", "'rest' as the last part"),
      ("timeout", "soon", "500ms"), ("timeout", "0", "more than nothing"),
      ("pipelining", "maybe", "auto, on, early, off"), ("quit-after", "lunch", "first-helo"),
      ("resolver", "1.2.3.4:x", "ADDRESS:PORT"), ("mend", "zeros,x", "long_lines"),
      ("proxy", "v3", "give v1 or v2"), ("xclient", "192.0.2.7", "give NAME=VALUE"),
      ("xclient", "LOGIN=a+b", "write +2B"), ("xclient", "ADDR=\u{e9}", "takes a value"),
      ("tls-fingerprint", "ab:cd", "64 hexadecimal digits"),
      ("proxy", "v1=unix:/a,unix:/b", "use v2"),
      ("proxy", "v1=192.0.2.1:5", "SOURCE:PORT,DESTINATION:PORT"),
      ("proxy", "v2=192.0.2.1:5,[2001:db8::1]:25", "one family"),
      ("connect-timeout", "11000h", "a time such as"), ("total-timeout", "900000s", "ten days"),
    ])
  func refuses(name: String, word: String, text: String) throws {
    let row = try #require(OptionTable.all.first { $0.name == name })
    let error = #expect(throws: OptionWordError.self) { try row.entry(word) }
    #expect(error?.description.contains(text) == true, "\(String(describing: error))")
  }

  @Test(
    "refuses what cannot be had together",
    arguments: [
      (["data": "m", "message-size": "5"], "choose one message"),
      (["tls": "off", "clienthello-size": "513"], "leave --tls off out"),
      (["tls": "off", "tls-record-size": "9"], "leave --tls off out"),
      (["split-delay": "ack"], "give --split too"),
      (["quit-after": "rcpt", "drop-after": "mail"], "choose how to end"),
      (["to": "a@b", "to-file": "x"], "put all recipients into the file"),
      (["to-file": "-", "data": "-"], "cannot both read standard input"),
      (["tls-key": "k"], "give --tls-cert too"),
      (["tls-cert": "c", "tls": "off"], "leave --tls off out"),
      (["pipelining": "early", "tls": "require"], "no room for STARTTLS"),
      (["pipelining": "early", "quit-after": "helo"], "stop after mail or later"),
      (["messages": "2", "quit-after": "rcpt"], "stops after the last"),
      (["proxy": "v1", "fast-open": "data"], "holds EHLO"),
    ] as [([String: String], String)])
  func conflicts(given: [String: String], text: String) throws {
    let entries = try OptionTable.all.compactMap { row in
      try given[row.name].map { try row.entry($0) }
    }
    let error = #expect(throws: OptionConflict.self) { try SessionOptions(entries) }
    #expect(error?.description.contains(text) == true)
  }

  @Test("refuses both address families")
  func families() throws {
    let both = [try OptionRow.ipv4.entry(true), try OptionRow.ipv6.entry(true)]
    #expect(throws: OptionConflict.self) { try SessionOptions(both) }
  }

  @Test("puts what is given in the place of what there was")
  func replaces() throws {
    var options = SessionOptions()
    options.to = ["a@b"]
    options.data = "m.eml"
    options.family = .ipv6
    let leftOut = try options.replace(with: [
      try OptionRow.to.entry("c@d,e@f"), try OptionRow.messageSize.entry("9"),
      try OptionRow.ipv4.entry(true),
    ])
    #expect(
      options.commandLine(at: "mx") == ["mx", "--message-size", "9", "--to", "c@d,e@f", "-4"])
    #expect(leftOut.map(\.name) == ["data"])
  }

  @Test("names the option of a report whose value is none")
  func badRecord() {
    let error = #expect(throws: OptionRecordError.self) {
      try SessionOptions(recorded: ["split": .text("5x")], mayBeForeign: true)
    }
    #expect(error?.description.hasPrefix("options.split: 5x: ") == true)
    #expect(throws: OptionRecordError.self) {
      try SessionOptions(recorded: ["mss": .flag(true)], mayBeForeign: false)
    }
  }

  @Test("has a reference with every option in it")
  func reference() {
    let text = optionReference()
    for row in OptionTable.all { #expect(text.contains("`\(row.spellings[0])"), "\(row.name)") }
    #expect(text.contains("exclude each other"))
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.allSatisfy { $0 < 0x7F } })
  }
}
