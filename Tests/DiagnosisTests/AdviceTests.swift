import Diagnosis
import SessionOptions
import SessionTrace
import TestSupport
import Testing

@Suite("Advice")
struct AdviceTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: [String]
    let trace: Trace
    let verdict: Verdict

    init(
      _ name: String, _ status: SessionStatus, _ stage: Stage, _ custody: Custody?,
      waited: Microseconds = 30_000_000, pending: Int = 4, _ expected: [String],
      _ change: (inout Trace) -> Void = { _ in }
    ) {
      var trace = Trace.healthy
      trace.arguments = ["mx.example.com"]
      change(&trace)
      testDescription = name
      self.expected = expected
      self.trace = trace
      self.verdict = .bare(status, stage, custody: custody, waited: waited, pending: pending)
    }
  }

  static let rows: [Row] = [
    Row("nothing to do", .ok, .data, nil, []),
    Row(
      "stalled, no split", .stalled, .mail, .acknowledgedUnanswered,
      ["split-by-command", "pipelining-off", "wait-longer"]),
    Row(
      "stalled, split 513", .stalled, .mail, .acknowledgedUnanswered,
      ["split-elsewhere", "pipelining-off", "wait-longer"]
    ) { $0.options["split"] = .text("513") },
    Row(
      "stalled, one byte a segment", .stalled, .mail, .acknowledgedUnanswered,
      ["pipelining-off", "wait-longer"]
    ) { $0.options["split"] = .number(1) },
    Row(
      "stalled, already by command", .stalled, .mail, .acknowledgedUnanswered,
      ["pipelining-off", "wait-longer"]
    ) { $0.options["split"] = .text("command") },
    Row(
      "stalled, pipelining already off", .stalled, .mail, .acknowledgedUnanswered, pending: 1,
      ["wait-longer"]
    ) {
      $0.options["pipelining"] = .text("off")
      $0.envelope?.pipelined = false
    },
    Row(
      "waited five minutes already", .stalled, .banner, .peerSilent, waited: .seconds(300), []),
    Row(
      "an absurd size in a file", .stalled, .mail, .acknowledgedUnanswered, pending: 1,
      ["pipelining-off", "wait-longer"]
    ) { $0.options["split"] = .number(.max) },
    Row("silent greeting", .stalled, .banner, .peerSilent, ["wait-longer"]),
    Row("held by Nagle", .stalled, .mail, .heldLocally, ["nodelay"]) {
      $0.options["nodelay"] = .flag(false)
    },
    Row("held though nodelay is on", .stalled, .mail, .heldLocally, []),
    Row("window shut", .stalled, .body, .windowClosed, ["peer-does-not-read"]),
    Row("segments vanish", .stalled, .mail, .unacknowledged, ["smaller-segments"]),
    Row("small segments vanish", .stalled, .mail, .unacknowledged, []) {
      $0.options["mss"] = .number(536)
    },
    Row(
      "segments vanish with Fast Open", .stalled, .body, .unacknowledged,
      ["fast-open-off", "smaller-segments", "send-less"]
    ) {
      $0.options["fast_open"] = .text("data")
      $0.content = ContentRecord(start: 66, taken: 65536)
    },
    Row("reset in the content", .reset, .dot, .unacknowledged, ["send-less"]) {
      $0.content = ContentRecord(start: 66, taken: 65536)
    },
    Row("refused early talker", .rejected, .banner, nil, ["wait-for-greeting"]) {
      $0.options["pregreet"] = .flag(true)
    },
    Row("refused", .rejected, .mail, nil, []),
    Row("greylisted", .deferred, .rcpt, nil, ["come-back-later"]),
    Row(
      "handshake stalls", .stalled, .tls, .acknowledgedUnanswered,
      ["split-the-handshake", "without-tls", "wait-longer"]),
    Row("TLS not offered", .tlsFailed, .starttls, nil, ["without-tls"]) {
      $0.ending = .tlsFailed(TLSFailureRecord(name: "not_offered", text: ""))
    },
    Row("no IPv4 address answers", .unreachable, .connect, nil, ["other-address"]),
    Row("no name", .unreachable, .resolve, nil, []) { $0.attempts = [] },
  ]

  @Test("The next experiment fits what was seen and is not being done already", arguments: rows)
  func advised(row: Row) {
    #expect(advice(on: row.trace, verdict: row.verdict).map(\.record.id) == row.expected)
  }

  @Test("No advice asks for the session that was, but the one to come back later", arguments: rows)
  func different(row: Row) {
    var trace = row.trace
    // What a live session records: the words that were typed are what its options say.
    trace.options["ehlo"] = nil
    let given = try? SessionOptions(recorded: trace.options, mayBeForeign: false)
    trace.arguments = given?.commandLine(at: "mx.example.com") ?? ["mx.example.com"]
    let same = ShellCommand(repeating: trace)
    for advice in advice(on: row.trace, verdict: row.verdict) {
      for change in advice.record.changes {
        let isSame = ShellCommand(repeating: trace, with: change) == same
        #expect(isSame == (advice.record.id == "come-back-later"), "\(advice)")
      }
    }
  }

  /// What was typed, what changes, and the words behind `smtpprobe` that come of it.
  static let repeated: [(arguments: [String], change: OptionChange, expected: [String])] = [
    (["mx", "--split", "513"], { $0.split = .command }, ["mx", "--split", "command"]),
    (["--split=513", "mx"], { _ in }, ["mx", "--split", "513"]),
    (["probe", "mx", "--no-nodelay"], { $0.socket.noDelay = true }, ["mx"]),
    (["./smtpprobe", "-6", "mx"], { $0.family = .ipv4 }, ["mx", "-4"]),
    (["mx", "--pregreet", "-t", "a@b"], { $0.pregreet = false }, ["mx", "--to", "a@b"]),
    (
      [
        "mx", "--format", "json", "-o", "x.json", "--expect", "ok", "--silent", "--plan",
      ], { _ in }, ["mx"]
    ),
    ([], { $0.socket.maximumSegmentSize = 536 }, ["mx.example.com", "--mss", "536"]),
    (["mx", "--data", "-"], { _ in }, ["mx", "--data", "-"]),
    (["mx", "--split"], { $0.split = .crlf }, ["mx", "--split", "crlf"]),
    (["mx", "--data", "m.eml"], { $0.messageSize = 5 }, ["mx", "--message-size", "5"]),
    (["mx", "--clienthello-size", "513"], { $0.tls = .off }, ["mx", "--tls", "off"]),
    (["mx", "--tls", "off"], { $0.tlsRecordSize = 9 }, ["mx", "--tls-record-size", "9"]),
    (["mx", "--split", "5", "--split-delay", "ack"], { $0.split = nil }, ["mx"]),
    (
      ["mx", "--chunk-size", "5"], { $0.chunking = .off },
      ["mx", "--chunking", "off", "--chunk-size", "5"]
    ),
    (["--server", "mx", "-p", "26"], { _ in }, ["mx.example.com", "--port", "26"]),
    (["lab:x", "--no-fault", "--nudge"], { _ in }, ["lab:x", "--nudge", "--no-fault"]),
    (["mx", "--from", "h\\xC3\\xA9\\\\"], { _ in }, ["mx", "--from", "h\u{E9}\\"]),
    (["mx", "--ehlo=-x"], { _ in }, ["mx", "--ehlo=-x"]),
    (["mx", "--of-tomorrow", "--split", "x"], { _ in }, ["mx", "--of-tomorrow", "--split", "x"]),
  ]

  @Test(
    "A change takes the place of the option it replaces, and of what it excludes",
    arguments: 0..<repeated.count)
  func replacement(number: Int) {
    let row = Self.repeated[number]
    var trace = Trace.healthy
    trace.arguments = row.arguments
    #expect(
      ShellCommand(repeating: trace, with: row.change).words == ["smtpprobe"] + row.expected)
  }

  @Test(
    "A shell gives every word back as it was",
    arguments: [
      "plain", "two words", "it's", "", "a;rm -rf ~", "$HOME `id` \"x\"", "\u{1B}[31m\n\t\r\\",
      "h\u{E9}llo", "!history", "*?[a]", "-", "'\\''", String(repeating: "long ' word ", count: 20),
    ])
  func quoting(word: String) async throws {
    let command = ShellCommand(words: ["smtpprobe", "mx", word, "end"])
    for quoted in [
      command.line, command.quoted().map { $0.joined(separator: "\\\n") }.joined(separator: " "),
    ] {
      #expect(quoted.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0A })
      let outcome = try await ChildProcess.run(
        ["bash", "-c", "smtpprobe() { printf '%s|' \"$@\"; }; " + quoted])
      #expect(outcome == .init(status: 0, output: "mx|\(word)|end|", errors: ""))
    }
    #expect(ShellCommand(line: command.line) == command)
  }

  @Test(
    "A command is read back only as it is written here",
    arguments: [
      "", " ", "smtpprobe  mx", "smtpprobe mx ", "smtpprobe 'mx'", "smtpprobe mx; id",
      "smtpprobe $(id)", "smtpprobe 'a", "smtpprobe $'a'", "smtpprobe $'\\", "smtpprobe a'b'",
      "smtpprobe \"mx\"", "smtpprobe mx\nid", "smtpprobe h\u{E9}llo",
    ])
  func foreign(line: String) {
    #expect(ShellCommand(line: line) == nil)
  }
}
