import Reporting
import TestSupport
import Testing

/// `smtpprobe check`, from the outside.
@Suite("A suite of sessions")
struct SuiteTests {
  private static let lines = """
    # what a CI job would have
    smtpprobe lab:healthy --expect ok@data  # takes mail
    smtpprobe lab:reseg-513 --split 513 --timeout 500ms --expect stalled@mail  # the wall
    {"target": "lab:reseg-513", "name": "below it", "options": {"split": "512"}}

    """

  private func run(_ text: String, _ arguments: String...) async throws -> ChildProcess.Outcome {
    try await Binary.run(["check", "-"] + arguments, input: Array(text.utf8))
  }

  @Test("that comes as expected ends with 0, and names every case in its order")
  func asExpected() async throws {
    let outcome = try await run(Self.lines, "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("OK 3 cases: 3 as expected; "))
    #expect(outcome.errors.isEmpty)
    let text = try await run(Self.lines).output
    let places = ["takes mail", "the wall", "below it"].compactMap {
      text.firstRange(of: $0)?.lowerBound
    }
    #expect(places.count == 3 && places == places.sorted())
  }

  @Test("ends with the status of the worst, and says how to go on")
  func worst() async throws {
    let wrong = Self.lines + "lab:silent-at-mail --timeout 300ms # quiet server\n"
    let outcome = try await run(wrong)
    #expect(outcome.status == 15)
    #expect(outcome.output.contains("FAIL  quiet server (standard input:5)"))
    #expect(outcome.output.contains("smtpprobe diagnose lab:silent-at-mail --timeout 300ms"))
    let unmet = try await run("lab:healthy --expect stalled\n")
    #expect(unmet.status == 1)
  }

  @Test("is told in JUnit, TAP and JSON, and can be rendered again")
  func formats() async throws {
    let file = try Scratch([], ending: ".json")
    let junit = try await Binary.run(
      ["check", "-", "--format", "junit", "-o", file.path], input: Array(Self.lines.utf8))
    #expect(junit.output.contains(#"<testcase classname="standard input" name="the wall""#))
    let again = try await Binary.run(["report", file.path, "--format", "tap"])
    #expect(again.output.hasPrefix("TAP version 14\n1..3\nok 1 - standard input: takes mail\n"))
    let json = Array(try file.text().utf8)
    #expect(try await validate(json, by: ReportSchema.suite).status == 0)
  }

  @Test("is shown before anything is sent, each case in two lines, whatever it is called")
  func plan() async throws {
    let name = #"a\nsmtpprobe evil.example \u001b[2J"#
    let outcome = try await run(
      #"{"target": "lab:healthy", "name": "\#(name)", "expect": "ok@data"}"# + "\n", "--plan")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines == [
        #"# a\nsmtpprobe evil.example \x1B[2J: ok@data"#, "smtpprobe lab:healthy", "",
        "1 case; no connection was opened", "",
      ])
  }

  @Test("that is no suite is told with its line, and nothing is sent")
  func mistakes() async throws {
    let outcome = try await run("lab:healthy\nlab:healthy --expect okay\n")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("standard input:2: --expect okay: "))
    #expect(try await run("# nothing\n").status == 65)
    #expect(try await run("mx.example.org --message-size 100\n").status == 64)
  }

  @Test("waits for a server that is only starting")
  func wait() async throws {
    let port = try await ChildProcess.run(["python3", "-c", Self.freePort]).output.filter(
      \.isNumber)
    async let outcome = run("127.0.0.1:\(port) --timeout 5s\n", "--wait", "20s", "--quiet")
    try await Task.sleep(for: .milliseconds(900))
    let server = try ChildProcess([Binary.path, "lab", "serve", "healthy=\(port)"])
    let ended = try await outcome
    server.send(signal: 2)
    _ = try await server.outcome()
    #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
    let never = try await run("127.0.0.1:\(port)\n", "--wait", "700ms", "--quiet")
    #expect(never.status == 20, "\(never.output)")
  }

  private static let freePort = """
    import socket
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])
    """
}
