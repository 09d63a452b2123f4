import Lab
import LabCheck
import TestSupport
import Testing

/// `lab check --diagnose`, and the page that it writes.
@Suite("The confusion matrix")
struct ConfusionTests {
  @Test("has every run of every fixture on its page, each once, and no others")
  func isComplete() throws {
    let runs = try FixtureLibrary.embedded().fixtures.flatMap { CheckCase.all(of: $0) }.map(\.id)
    let listed = try ConfusionPageReader().rows.map(\.id)
    #expect(Set(runs).subtracting(listed) == [], "regenerate Tests/EndToEndTests/Confusion.md")
    #expect(Set(listed).subtracting(runs) == [], "regenerate Tests/EndToEndTests/Confusion.md")
    #expect(listed.count == runs.count)
  }

  @Test("wants on its page what the fixtures say now")
  func wanted() throws {
    let cases = try FixtureLibrary.embedded().fixtures.flatMap { CheckCase.all(of: $0) }
    let truths = Dictionary(uniqueKeysWithValues: cases.map { ($0.id, ConfusionTruth($0).words) })
    for row in try ConfusionPageReader().rows {
      #expect(
        truths[row.id] == row.wanted, "regenerate Tests/EndToEndTests/Confusion.md: \(row.id)")
    }
  }

  @Test("has nothing wrong on its page")
  func nothingWrong() throws {
    let classes = Set(try ConfusionPageReader().rows.map(\.outcome))
    #expect(classes.isSubset(of: ["right", "twin", "missed", "doubtful"]))
  }

  @Test("comes out as its page says, in a slice of a run each of several families")
  func slice() async throws {
    let runs = [
      "close/fin-at-ehlo/run", "data/bdat-unknown-to-box/run", "data/nul-byte-drop/run",
      "envelope/command-syntax-or-option-choke-size-501/run", "envelope/recipient-refused/run",
      "greeting/banner-5xx-or-drop-554/run", "healthy/healthy/envelope",
      "hostile/leaves-with-421/run", "nagle/early-talker-refused/run",
      "path/syn-filtered-prohibited/run", "policy/rdns-or-reputation-reject-spf/run",
      "segmentation/reseg-513/514", "tls/tls-garbage-implicit/run",
    ]
    let page = try ConfusionPageReader().rows
    let check = try await Binary.run(["lab", "check", "--diagnose"] + runs)
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    for run in runs {
      let row = try #require(page.first { $0.id == run }, "\(run)")
      let line = check.output.split(separator: "\n").first {
        $0.split(separator: " ").dropFirst().first.map(String.init) == run
      }
      #expect(line?.hasPrefix("\(row.outcome) ") == true, "\(check.output)")
    }
  }

  @Test("fails by a cause that is confirmed and not at work, and by nothing else")
  func ownFiles() async throws {
    let server = """
      Mine

      Source: me.

      TRUTH

      Fault:
          C: DATA
          S: (pause 2s, as usual)

      Run: --timeout 500ms
          stalled@data
      """
    for (truth, outcome, status) in [
      ("Shows: E7", "right", 0), ("Shows: A1", "wrong", 1), ("No idea.", "unjudged", 0),
    ] {
      let file = try OwnFixture(server.replacing("TRUTH", with: truth))
      let check = try await Binary.run(["lab", "check", "--diagnose", file.path])
      #expect(check.status == status, "\(check.output)")
      #expect(check.output.contains("\n\(outcome) "), "\(check.output)")
    }
  }

  @Test("is valid JSON by the schema that the program prints, and JUnit's XML")
  func formats() async throws {
    let file = try Scratch([], ending: ".xml")
    let arguments = ["lab", "check", "--diagnose", "healthy/healthy", "greylisting-spamd"]
    let check = try await Binary.run(arguments + ["--format", "json", "-o", file.path])
    let schema = try await Binary.run(["schema", "confusion"])
    let outcome = try await validate(Array(check.output.utf8), by: Array(schema.output.utf8))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let written = try file.text()
    #expect(written.contains("<testsuites name="))
  }

  @Test(
    "says what it cannot do",
    arguments: [
      (["no-such-fixture"], 2), (["healthy", "--known-failures", "x"], 64),
      (["healthy", "-o", "x.pdf"], 64), (["healthy", "--jobs", "0"], 64),
    ])
  func refusals(arguments: [String], status: Int) async throws {
    let check = try await Binary.run(["lab", "check", "--diagnose"] + arguments)
    #expect(check.status == status && check.output.isEmpty, "\(check.output)\(check.errors)")
  }
}

/// The tables of the page, a row a run.
private struct ConfusionPageReader {
  struct Row {
    var id: String
    var wanted: String
    var outcome: String
  }

  let rows: [Row]

  init() throws {
    var rows: [Row] = []
    var family = ""
    for line in try repositoryText(of: "Tests/EndToEndTests/Confusion.md").split(separator: "\n") {
      if line.hasPrefix("## ") { family = String(line.dropFirst(3)) }
      let cells = line.split(separator: "|").map { cell in
        cell.split(separator: " ").filter { $0 != "`" }.joined(separator: " ")
      }
      guard cells.count == 5, line.hasPrefix("| `") else { continue }
      for run in cells[1].split(separator: ", ") {
        rows.append(
          Row(id: "\(family)/\(cells[0])/\(run)", wanted: cells[2], outcome: cells[4]))
      }
    }
    self.rows = rows
  }
}
