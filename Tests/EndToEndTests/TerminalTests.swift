import TestSupport
import Testing

/// A session in front of a person: on a pseudo-terminal that script(1) makes.
@Suite("On a terminal")
struct TerminalTests {
  private func watch(
    _ words: String, columns: Int = 80, environment: [String: String] = [:],
    redirection: String = ""
  ) async throws -> String {
    let command = "stty cols \(columns) rows 24; '\(Binary.path)' \(words) \(redirection)"
    let variables = ["TERM": "xterm", "LC_ALL": "C", "NO_COLOR": "1"]
    return try await ChildProcess.run(
      ["script", "-qec", command, "/dev/null"],
      environment: variables.merging(environment) { $1 }
    ).output
  }

  @Test("the dialogue comes before the verdict, once, with the wait counted", arguments: [80, 200])
  func dialogue(columns: Int) async throws {
    let shown = try await watch("lab:silent-at-mail --timeout 4500ms", columns: columns)
    let greeting = try #require(shown.firstRange(of: "S: 220 "))
    let waiting = try #require(shown.firstRange(of: "waiting for the reply to MAIL FROM:<>"))
    let verdict = try #require(shown.firstRange(of: "STALLED at mail"))
    #expect(greeting.lowerBound < waiting.lowerBound && waiting.lowerBound < verdict.lowerBound)
    // A machine that is busy may be too late for one of the seconds, and counts on with the next.
    let counts = shown.matches(of: #/ \.\.\. (\d+) s of 4\.5 s/#).compactMap { Int($0.output.1) }
    #expect(counts == counts.sorted() && Set(counts).count > 1, "\(counts)")
    #expect(counts.allSatisfy { (1...4).contains($0) }, "\(counts)")
    #expect(shown.ranges(of: "S: 220 ").count == 1)
    // What is written over fits, so that it is one line.
    for line in shown.split(separator: "\r\n") {
      for part in line.split(separator: "\r") { #expect(part.utf8.count < columns + 1) }
    }
  }

  @Test("a server's words move no cursor, and no secret is shown")
  func hostile() async throws {
    let shown = try await watch("lab:terminal-escapes")
    #expect(!shown.utf8.contains(0x1B) && !shown.utf8.contains(0x07))
    let secret = try await watch("lab:healthy-auth --auth PLAIN --quit-after auth")
    #expect(secret.contains("C: AUTH PLAIN ****"))
    #expect(!secret.contains("an open secret") && !secret.contains("AGFsaWNlAGFuIG9wZW4gc2VjcmV0"))
  }

  @Test("that is dumb nothing is written over")
  func dumb() async throws {
    let shown = try await watch(
      "lab:silent-at-mail --timeout 2500ms", environment: ["TERM": "dumb"])
    #expect(shown.contains("waiting for the reply to MAIL FROM:<>"))
    #expect(!shown.replacing("\r\n", with: "").contains("\r"))
  }

  @Test(
    "that is dumb no progress of many sessions is written over, and elsewhere it is",
    arguments: ["sweep lab:healthy --split 1..9", "scan hosts", "scan --quiet hosts"],
    ["dumb", "xterm"])
  func campaigns(words: String, terminal: String) async throws {
    let list = try Scratch(Array("lab:silent-at-mail --timeout 2500ms\n".utf8))
    let shown = try await watch(
      words.replacing("hosts", with: list.path), environment: ["TERM": terminal],
      redirection: ">/dev/null")
    let isWrittenOver = shown.replacing("\r\n", with: "").contains("\r")
    #expect(isWrittenOver == (terminal == "xterm" && !words.contains("--quiet")))
    #expect(shown.isEmpty == words.contains("--quiet"))
  }

  @Test("another format, a line and what is to be kept out show no dialogue")
  func others() async throws {
    #expect(try await watch("lab:healthy --format json").first == "{")
    let line = try await watch("lab:healthy --quiet")
    #expect(line.hasPrefix("OK data ") && line.split(separator: "\r\n").count == 1)
    let redacted = try await watch("lab:healthy --redact local")
    #expect(redacted.hasPrefix("OK"))
  }

  @Test("standard error has the waiting alone where the report goes elsewhere")
  func elsewhere() async throws {
    let file = try Scratch([])
    let shown = try await watch(
      "lab:silent-at-mail --timeout 1500ms", redirection: "> '\(file.path)'")
    #expect(shown.contains("waiting for the reply to MAIL FROM:<>") && !shown.contains("S: 220"))
    let written = try file.text()
    #expect(written.hasPrefix("STALLED at mail") && written.contains("S: 220 "))
  }
}
