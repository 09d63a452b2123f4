import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// `lab check` as its users call it.
@Suite("lab check")
struct LabCheckTests {
  @Test("finds every fixture told as its file demands")
  func everything() async throws {
    let listed = try await Binary.run(["lab", "list", "--runs"])
    let check = try await Binary.run(["lab", "check"])
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    #expect(check.errors == "")
    let ids = check.output.split(separator: "\n").filter { $0.hasPrefix("ok") }.map {
      $0.split(separator: " ")[1]
    }
    #expect(ids == listed.output.split(separator: "\n"))
  }

  @Test(
    "plays what is chosen, and says when that is nothing",
    arguments: [
      (["segmentation/reseg-513/512"], 0, ["segmentation/reseg-513/512"]),
      (["reseg-513/51"], 0, ["reseg-513/513", "reseg-513/512", "reseg-513/514"]),
      (["healthy/healthy", "greeting-in-two/run"], 0, ["byte-by-byte", "greeting-in-two/run"]),
      (["healthy", "no-such-fixture"], 2, []),
      (["healthy", "--jobs", "0"], 64, []),
      (["healthy", "-o", "report.pdf"], 64, []),
      (["healthy", "-o", "/dev/null/report.xml"], 73, []),
      (["healthy", "--known-failures", "/nonexistent/list"], 66, []),
      (["./nonexistent.smtp"], 66, []),
    ] as [([String], Int, [String])])
  func chosen(arguments: [String], status: Int, ids: [String]) async throws {
    let check = try await Binary.run(["lab", "check"] + arguments)
    #expect(check.status == status, "\(check.output)\(check.errors)")
    #expect(check.errors.isEmpty == (status == 0))
    #expect(check.output.isEmpty == (status != 0))
    for id in ids { #expect(check.output.contains(id + " "), "\(check.output)") }
  }

  @Test("plays a file of one's own, and fails by a run that differs or cannot be played")
  func ownFile() async throws {
    let file = try OwnFixture(
      """
      Mine

      Source: me.

      Fault:
          C: MAIL
          S: 550 5.7.1 \\e[31m<&>

      Run right: --timeout 2s
          rejected@mail
      Run wrong: --timeout 2s
          stalled@mail, exit 15
      Run misspelt: --timeut 2s
          ok
      Control without fault: --timeout 2s
          ok@data
      """)
    let text = try await Binary.run(["lab", "check", file.path])
    #expect(text.status == 1)
    #expect(text.output.contains("wanted stalled@mail, told rejected@mail"), "\(text.output)")
    #expect(text.output.contains("Did you mean '--timeout'"), "\(text.output)")
    #expect(text.output.contains("4 runs: 2 as wanted, 2 mismatches"), "\(text.output)")

    let junit = try await Binary.run(["lab", "check", file.path, "--format", "junit"])
    let counts = try await ChildProcess.run(
      [
        "python3", "-c",
        "import sys, xml.etree.ElementTree as t; r = t.fromstring(sys.stdin.buffer.read()); "
          + "print(*(r.get(n) for n in ('tests', 'failures', 'errors', 'skipped')))",
      ], input: Array(junit.output.utf8))
    #expect(counts.output == "4 1 1 0\n", "\(counts.errors)")
    #expect(!junit.output.utf8.contains(0x1B))

    let json = try await Binary.run(["lab", "check", file.path, "--format", "json"])
    let told = try JSONDecoder().decode(ToldCheck.self, from: Data(json.output.utf8))
    #expect(told.runs.map(\.outcome) == ["as_wanted", "mismatch", "mismatch", "as_wanted"])

    // The same file as the target of a probe, and of `lab show`.
    let probe = try await Binary.run(["lab:\(file.path)", "--expect", "rejected@mail"])
    #expect(probe.status == 0, "\(probe.errors)")
    let story = try await Binary.run(["lab", "show", file.path])
    #expect(story.output.contains("smtpprobe lab:\(file.path) --no-fault --timeout 2s"))
  }

  @Test("A fixture of a file with a table is named behind #, wherever the file lies")
  func tableInFile() async throws {
    let file = try OwnFixture(
      """
      Mine

      Source: me.

      Each:
          | name | code |
          | soon | 451  |
          | not  | 550  |

      Fault:
          C: MAIL
          S: {code} x

      Run: --timeout 5s
          rejected@mail or deferred@mail
      Control without fault: --timeout 5s
          ok
      """)
    for (row, wanted) in [("soon", "deferred@mail"), ("not", "rejected@mail")] {
      let probe = try await Binary.run([
        "lab:\(file.path)#\(file.name)-\(row)", "--expect", wanted,
      ])
      #expect(probe.status == 0, "\(probe.output)\(probe.errors)")
    }
  }

  @Test(
    "lets a known failure pass, and fails by one that passes",
    arguments: [
      ("wrong", "known_failure", 0), ("right", "surprise_pass", 1),
    ])
  func known(run: String, outcome: String, status: Int) async throws {
    let file = try OwnFixture(
      """
      Mine

      Source: me.

      Run \(run): --timeout 2s
          \(run == "right" ? "ok@data" : "stalled@mail")
      """)
    let id = "\(file.folder)/\(file.name)/\(run)"
    let list = try Scratch(Array("\(id)  # because\n".utf8))
    let check = try await Binary.run([
      "lab", "check", file.path, "--known-failures", list.path, "--format", "json",
    ])
    let told = try JSONDecoder().decode(ToldCheck.self, from: Data(check.output.utf8))
    let result = try #require(told.runs.first { $0.id == id })
    #expect(result.outcome == outcome)
    #expect(result.reason == "because")
    #expect(check.status == status, "\(check.output)")
  }

  @Test("leaves no process behind, also when it is killed")
  func killed() async throws {
    let file = try OwnFixture(
      """
      Mine

      Source: me.

      Network:
          path delays packets by 1ms
      Fault:
          C: (connects)
          S: (fall silent)

      Run: --timeout 10m
          stalled@banner
      """)
    // It does not end by itself, however long other tests keep this one from looking.
    let check = try ChildProcess([Binary.path, "lab", "check", file.path])
    var children: [Substring] = []
    for _ in 0..<1_000 where children.isEmpty {
      try await Task.sleep(for: .milliseconds(10))
      let listed = try ChildProcess.brief(["cat", "/proc/\(check.id)/task/\(check.id)/children"])
      children = listed.output.split(separator: " ")
    }
    #expect(!children.isEmpty, "\(check.output)\(check.errors)")
    check.send(signal: SIGKILL)
    _ = try await check.outcome()
    for _ in 0..<1_000 where !children.isEmpty {
      try await Task.sleep(for: .milliseconds(10))
      // Nobody may be there to reap them: a zombie is gone.
      children = try children.filter { child in
        let told = try ChildProcess.brief(["cat", "/proc/\(child)/stat"]).output
        return !told.isEmpty && !told.contains(") Z ")
      }
    }
    #expect(children.isEmpty)
  }

  @Test("writes every report that is asked for")
  func reports() async throws {
    let file = try Scratch([], ending: ".xml")
    let check = try await Binary.run(["lab", "check", "reseg-513/512", "-o", file.path])
    #expect(check.output.contains("1 run: 1 as wanted"))
    let written = try file.text()
    #expect(written.contains(#"<testcase classname="segmentation/reseg-513" name="512""#))
  }
}

/// A fixture file of a user's own, for as long as the test lasts.
struct OwnFixture: ~Copyable {
  private let file: Scratch

  init(_ text: String) throws { file = try Scratch(Array(text.utf8), ending: ".smtp") }

  var path: String { file.path }
  var folder: String { file.path.split(separator: "/").dropLast().last.map(String.init) ?? "" }
  var name: String {
    String(file.path.split(separator: "/").last?.split(separator: ".").first ?? "")
  }
}

/// What a program that knows only the JSON finds in it.
private struct ToldCheck: Decodable {
  struct Run: Decodable {
    let id: String
    let outcome: String
    let reason: String?

    private enum CodingKeys: String, CodingKey {
      case id, outcome
      case reason = "known_reason"
    }
  }

  let runs: [Run]
}
