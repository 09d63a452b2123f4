import FoundationEssentials
import TestSupport
import Testing

/// `smtpprobe diagnose` as its users call it.
@Suite("diagnose")
struct DiagnoseTests {
  /// Words of the command line, and the one cause that the experiments must isolate.
  static let isolated: [([String], String)] = [
    // The war stories.
    (["lab:reseg-513", "--split", "513", "--timeout", "700ms"], "reseg-boundary-loss"),
    (["lab:reseg-513", "--envelope-size", "1025", "--timeout", "700ms"], "reseg-boundary-loss"),
    (["lab:pmtu-forward", "--message-size", "20000", "--timeout", "2s"], "pmtu-blackhole-forward"),
    // What looks like the second of them.
    (
      [
        "lab:rcpt-callout-late-replies", "--to", "a@b.example,c@b.example,d@b.example",
        "--timeout", "1s",
      ], "rcpt-callout-late-replies"
    ),
    (["lab:drops-queued-input", "--timeout", "1s"], "pipelining-advertised-broken"),
    (["lab:pmtu-reverse", "--timeout", "2s"], "pmtu-blackhole-reverse"),
    (["lab:tls-buffering-loss", "--timeout", "1s"], "tls-buffering-loss"),
    // Segments.
    (
      ["lab:crlf-split-server", "--split", "crlf", "--split-delay", "100ms", "--timeout", "1s"],
      "crlf-split-server"
    ),
    (
      [
        "lab:eod-split-mailguard-any-cut", "--message-size", "2000", "--split", "dot:1",
        "--split-delay", "100ms", "--timeout", "1s",
      ], "eod-split-mailguard"
    ),
    (
      ["lab:inspection-needs-whole-command", "--split", "1", "--timeout", "5s"],
      "inspection-needs-whole-command"
    ),
    // Others.
    (["lab:clienthello-256-511", "--timeout", "1s"], "clienthello-256-511"),
    (["lab:data-354-delayed", "--timeout", "1s"], "data-354-delayed"),
    (
      ["lab:certificate-expired", "--tls-verify", "--timeout", "2s"], "tls-legacy-intolerance"
    ),
    (
      [
        "lab:clienthello-multisegment-alert", "--split", "100,rest", "--split-stage", "tls",
        "--split-delay", "100ms", "--timeout", "2s",
      ], "clienthello-multisegment"
    ),
    (
      ["lab:tls-record-size-silence", "--message-size", "50000", "--timeout", "1s"],
      "tls-record-size-or-early-secret"
    ),
    (["lab:early-talker-refused", "--pregreet", "--timeout", "2s"], "greet-pause-pregreet"),
    (
      [
        "lab:long-line-drop", "--message-size", "300000", "--line-length", "2000", "--timeout",
        "2s",
      ],
      "long-line-drop"
    ),
  ]

  @Test("isolates a cause, and confirms no other", arguments: isolated)
  func isolates(arguments: [String], cause: String) async throws {
    let told = try await diagnosis(of: arguments)
    #expect(told.result == "cause_found" && told.status == 1)
    #expect(told.causes.filter { $0.grade == "confirmed" }.map(\.id) == [cause])
    #expect(told.controls.failed == told.controls.count && told.controls.count >= 3)
    #expect(told.causes.first?.because.isEmpty == false)
  }

  @Test(
    "names what fits, where no experiment can isolate it",
    arguments: [
      (["lab:starttls-clear-text", "--timeout", "2s"], "starttls-leftover-input"),
      (["lab:null-mx"], "null-mx"), (["lab:mx-cname-circle", "--timeout", "1s"], "mx-cname"),
      (
        ["lab:name-server-fails-domain-silent", "--timeout", "1s", "--connect-timeout", "800ms"],
        "mx-cname"
      ),
      (
        ["lab:port-reuse-challenge", "--local-port", "40025", "--connect-timeout", "2500ms"],
        "ct-port-reuse-challenge"
      ),
      (["lab:greet-pause-pregreet-defers", "--pregreet"], "greet-pause-pregreet"),
      (
        ["lab:timestamps-set-back", "--message-size", "200000", "--timeout", "2s"],
        "tcp-timestamps-paws"
      ),
    ])
  func fits(arguments: [String], cause: String) async throws {
    let told = try await diagnosis(of: arguments)
    #expect(told.result == "cause_found" && told.status == 1)
    #expect(told.causes.contains { $0.id == cause && $0.grade == "consistent" })
    #expect(!told.causes.contains { $0.grade == "confirmed" })
  }

  @Test("finds the fault behind the first one, with the first out of the way")
  func twoFaults() async throws {
    let message = try Scratch(Array("Subject: zero\r\n\r\nbefore \0 after\r\n".utf8))
    let told = try await diagnosis(of: [
      "lab:two-faults", "--split", "513", "--data", message.path, "--timeout", "500ms",
    ])
    let confirmed = told.causes.filter { $0.grade == "confirmed" }
    #expect(confirmed.map(\.id) == ["reseg-boundary-loss", "nul-byte-drop"])
    #expect(confirmed.map(\.base.count) == [0, 1])
    #expect(told.controls.failed == told.controls.count)
  }

  @Test(
    "finds nothing wrong with a healthy server",
    arguments: [
      ["lab:healthy"], ["lab:healthy-starttls"], ["lab:healthy-nopipelining"],
      ["lab:healthy-helo-only"], ["lab:healthy-tls", "--tls", "implicit"],
      ["lab:healthy", "--message-size", "300000"], ["lab:reseg-513", "--split", "514"],
      ["lab:reseg-513", "--no-fault", "--split", "513"],
    ])
  func healthy(arguments: [String]) async throws {
    let told = try await diagnosis(of: arguments + ["--timeout", "20s"])
    #expect(told.result == "nothing_wrong" && told.status == 0)
    #expect(told.causes.isEmpty && told.experiments.isEmpty)
  }

  @Test(
    "confirms nothing where the client cannot know",
    arguments: [
      ["lab:silent-at-mail", "--timeout", "500ms"],
      ["lab:silent-at-banner", "--timeout", "500ms"],
      ["lab:stops-reading", "--message-size", "5000000", "--timeout", "700ms"],
      ["lab:greylisting-spamd", "--timeout", "5s"],
      ["lab:size-limit-drop", "--message-size", "5000000", "--timeout", "2s"],
      // It goes on for hours unless the session as a whole is bounded, the patient one too.
      [
        "lab:window-scaling-stripped", "--message-size", "200000", "--timeout", "2s",
        "--total-timeout", "3s",
      ],
    ])
  func honest(arguments: [String]) async throws {
    let told = try await diagnosis(of: arguments)
    #expect(told.result != "nothing_wrong")
    #expect(!told.causes.contains { $0.grade == "confirmed" })
  }

  @Test(
    "calls a server that fails by chance intermittent, and blames nothing",
    arguments: ["by-chance-meets", "by-chance-skips"])
  func intermittent(fixture: String) async throws {
    let told = try await diagnosis(of: ["lab:\(fixture)", "--timeout", "1s"])
    #expect(told.result == "intermittent" && told.status == 2)
    #expect(told.controls.failed > 0 && told.controls.failed < told.controls.count)
    #expect(told.causes.isEmpty)
  }

  @Test("writes JSON that is valid by the schema that the program prints")
  func schema() async throws {
    let schema = try Scratch(Array(try await Binary.run(["schema", "diagnosis"]).output.utf8))
    for arguments in [
      ["lab:reseg-513", "--split", "513", "--timeout", "500ms"], ["lab:healthy"],
    ] {
      let run = try await Binary.run(["diagnose"] + arguments + ["--format", "json"])
      let report = try Scratch(Array(run.output.utf8))
      let check = try await ChildProcess.run([
        "/usr/bin/python3", "-m", "jsonschema", "-i", report.path, schema.path,
      ])
      #expect(check.status == 0, "\(check.output)\(check.errors)")
    }
  }

  @Test("says what it may try, and opens no connection for it")
  func plan() async throws {
    let preview = try await Binary.run(
      ["diagnose", "--plan", "mx.example.com", "--split", "513", "--message-size", "100"])
    #expect(preview.status == 0 && preview.output.contains("--pipelining off"))
    #expect(preview.output.hasSuffix("no connection was opened\n"))
  }

  @Test(
    "asks before it does much to another host",
    arguments: [
      ["192.0.2.1", "--message-size", "100"], ["192.0.2.1", "--max-connections", "1000"],
      ["lab:healthy", "--expect", "ok"], ["lab:healthy", "--jobs", "0"],
    ])
  func manners(arguments: [String]) async throws {
    let run = try await Binary.run(["diagnose"] + arguments)
    #expect(run.status == 64 && run.output.isEmpty, "\(run.errors)")
  }

  @Test("gives text and Markdown for a ticket, with the remedy")
  func ticket() async throws {
    let markdown = try Scratch([], ending: ".md")
    let run = try await Binary.run(
      ["diagnose", "lab:reseg-513", "--split", "513", "--timeout", "500ms", "-o", markdown.path])
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("CAUSE FOUND (A1): "))
    #expect(run.output.contains("hosts_avoid_pipelining = 127.0.0.1"))
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let text = try String(contentsOfFile: markdown.path, encoding: .utf8)
    #expect(text.hasPrefix("# Diagnosis: cause found (A1)\n"))
  }

  @Test("is rendered again from its file as the live run was, and ends as it did if asked to")
  func renderedAgain() async throws {
    let json = try Scratch([], ending: ".json")
    let text = try Scratch([], ending: ".txt")
    let markdown = try Scratch([], ending: ".md")
    let live = try await Binary.run(
      ["diagnose", "lab:reseg-513", "--split", "513", "--timeout", "500ms"]
        + ["-o", json.path, "-o", text.path, "-o", markdown.path])
    #expect(live.status == 1)
    let files = [("json", json.path), ("text", text.path), ("markdown", markdown.path)]
    for (format, path) in files {
      let again = try await Binary.run(["report", json.path, "--format", format, "--exit-code"])
      #expect(again.status == 1 && again.errors.isEmpty)
      #expect(again.output == (try String(contentsOfFile: path, encoding: .utf8)))
    }
    let compared = try await Binary.run(
      ["compare", json.path, "lab:reseg-513", "--split", "514"])
    #expect(compared.status == 1)
    #expect(compared.output.contains("of the options only split"), "\(compared.output)")
    #expect(compared.output.contains("(the control)"), "\(compared.output)")
  }

  private func diagnosis(of arguments: [String]) async throws -> DiagnosisResult {
    let run = try await Binary.run(["diagnose"] + arguments + ["--format", "json"])
    var told = try JSONDecoder().decode(DiagnosisResult.self, from: Data(run.output.utf8))
    told.status = run.status
    #expect(told.kind == "diagnosis" && told.exit_code == run.status, "\(run.errors)")
    return told
  }
}

/// As much of the report as the tests look at.
private struct DiagnosisResult: Decodable {
  struct Controls: Decodable {
    var count: Int
    var failed: Int
  }
  struct Told: Decodable {
    var knob: String
    var effect: String
  }
  struct Cause: Decodable {
    var base: [String]
    var id: String
    var grade: String
    var because: [String]
  }

  var kind: String
  var result: String
  var exit_code: Int
  var controls: Controls
  var experiments: [Told]
  var causes: [Cause]
  var status: Int?
}
