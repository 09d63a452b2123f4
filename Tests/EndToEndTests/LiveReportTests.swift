import Diagnosis
import Reporting
import TestSupport
import Testing

/// Reports of live sessions, as files and on the terminal.
@Suite("The report of a live session")
struct LiveReportTests {
  @Test("is printable ASCII of at most 80 columns, whatever the server says")
  func isPrintable() async throws {
    for format in ["text", "markdown"] {
      let outcome = try await Binary.run(["lab:terminal-escapes", "--format", format])
      #expect(outcome.output.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
      if format == "text" {
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      }
    }
  }

  @Test("goes to several files at once, each of the kind its ending says")
  func severalFiles() async throws {
    let folder = try Folder()
    let files = ["r.txt", "r.md", "r.json"]
    let outcome = try await Binary.run(
      ["lab:healthy", "--silent"] + files.flatMap { ["-o", "\(folder.path)/\($0)"] })
    #expect(outcome.status == 0 && outcome.output.isEmpty)
    let texts = try files.map(folder.text)
    #expect(texts[0].hasPrefix("OK"))
    #expect(texts[1].hasPrefix("#"))
    #expect(texts[2].hasPrefix("{"))
  }

  @Test("is written on SIGINT and SIGTERM in the middle of a stall", arguments: [2, 15])
  func writtenOnSignal(_ signal: Int32) async throws {
    // A server of its own, whose log says when the probe has come to the stall.
    let server = try ChildProcess([Binary.path, "lab", "serve", "silent-at-mail"])
    let port = try await server.word(after: "listening 127.0.0.1:")
    let child = try ChildProcess(
      [Binary.path, "127.0.0.1:\(port)", "--timeout", "10m", "--format", "json"])
    _ = try await server.word(after: "command MAIL ")
    try await Task.sleep(for: .milliseconds(100))
    child.send(signal: signal)
    let outcome = try await child.outcome()
    server.send(signal: 2)
    #expect(try await server.outcome().status == 0)
    #expect(outcome.status == 128 + Int(signal))
    let report = try SavedReport(json: Array(outcome.output.utf8))
    #expect(report.verdict.status == .interrupted)
    #expect(report.verdict.custody == .acknowledgedUnanswered)
  }

  @Test("is not begun when a report file cannot be opened")
  func unwritable() async throws {
    let outcome = try await Binary.run(["lab:healthy", "-o", "/nonexistent/folder/report.json"])
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("/nonexistent/folder/report.json"))
    #expect(outcome.output.isEmpty)
  }
}

extension ChildProcess {
  /// What follows `text` in the output up to the next space, as soon as a whole line has it.
  fileprivate borrowing func word(after text: String) async throws -> String {
    try await awaited { lines in
      lines.lazy.compactMap { line in
        line.firstRange(of: text).map { String(line[$0.upperBound...].prefix { $0 != " " }) }
      }.first
    }
  }
}
