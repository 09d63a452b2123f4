import SessionTrace
import Testing

@testable import Lab

@Suite("Fixture files")
struct FixtureParserTests {
  @Test("A whole file becomes a fixture")
  func wholeFile() throws {
    let fixture = try #require(try parseFixtures(path: "close/sample.smtp", text: sample).first)
    #expect(fixture.name == "sample")
    #expect(fixture.family == "close")
    #expect(fixture.title == "A sample")
    #expect(fixture.story == "First paragraph over two lines.\n\nSecond paragraph.")
    #expect(fixture.source == "RFC 5321.")
    #expect(fixture.message == Array("Subject: x\r\n\r\nbody \0\r\n".utf8))
    #expect(fixture.sound.capabilities.last == "STARTTLS")
    #expect(fixture.sound.rules.count == 1)
    #expect(
      fixture.faulty.rules.map(\.condition) == [
        .command(CommandPattern(verbs: ["MAIL"])), .command(CommandPattern(verbs: ["HELP"])),
      ])
    #expect(
      fixture.faulty.rules.first?.directions == [
        .say(Array("250 ok\r\n".utf8)), .pause(1000), .fallSilent,
      ])
    #expect(fixture.faulty.middleboxes == [.forwardInBlocks(512, losing: 513)])
    #expect(fixture.sound.middleboxes.isEmpty)
    let run = try #require(fixture.runs.first)
    #expect(run.name == "513" && !run.isControl && run.faultsEnabled)
    #expect(run.options == ["--split", "513", "--ehlo", "two words"])
    #expect(run.expectation.outcomes.map(\.description) == ["stalled@mail", "reset@mail"])
    #expect(run.expectation.custodies == ["acknowledged_unanswered", "none"])
    #expect(run.expectation.pendingCommands == 3 && run.expectation.pendingAnswered == 0)
    #expect(run.expectation.ledger.map(\.description) == ["acknowledged = written", "unsent >= 0"])
    #expect(run.expectation.violations == [.bareLineFeed] && run.expectation.exitCode == 15)
    #expect(run.expectation.firstUnanswered == "MAIL FROM:<>, x")
    let control = try #require(fixture.runs.last)
    #expect(control.name == "control" && control.isControl && !control.faultsEnabled)
  }

  @Test("A table makes a fixture of each row")
  func table() throws {
    let text = """
      Stop at {name}

      Source: none.

      Each:
          | name | when       | option |
          | a    | MAIL       |        |
          | b    | (connects) | --x    |

      Fault:
          C: {when}
          S: (fall silent)

      Run: {option}
          stalled@mail
      """
    let fixtures = try parseFixtures(path: "close/stop.smtp", text: text)
    #expect(fixtures.map(\.name) == ["stop-a", "stop-b"])
    #expect(fixtures.map(\.title) == ["Stop at a", "Stop at b"])
    #expect(fixtures.map { $0.runs[0].options } == [[], ["--x"]])
    #expect(fixtures[1].faulty.rules[0].condition == .connects)
  }

  @Test(
    "An error names file and line, the words known there, and the mend",
    arguments: [
      Mistake(
        "    S: (say nothin)",
        "f/x.smtp:7: I do not know \"say nothin\" as a stage direction; did you mean \"say nothing\"?",
        knows: "fall silent"),
      Mistake(
        "    S: (stall)", "f/x.smtp:7: I do not know \"stall\" as a stage direction; use one of",
        knows: "hang up"),
      Mistake(
        "    C: MIAL", "f/x.smtp:7: I do not know \"MIAL\" as a command; did you mean \"MAIL\"?",
        knows: "(connects)"),
      Mistake(
        "    C: (conects)",
        "f/x.smtp:7: I do not know \"conects\" as an event; did you mean \"connects\"?",
        knows: "TLS hello"),
      Mistake(
        "    C: RCPT #0",
        "f/x.smtp:7: I do not know what \"#0\" says about a command; write #1 for the first"),
      Mistake(
        "    C: MAIL containing SIZE",
        "f/x.smtp:7: I do not know what \"containing SIZE\" says about a command; did you mean "
          + "\"containing TEXT\"? TEXT is bytes in quotation marks"),
      Mistake(
        "    C: MAIL if under TLS",
        "f/x.smtp:7: I do not know what \"if under TLS\" says about a command; what must hold "
          + "besides stands behind \"when\""),
      Mistake(
        "    C: mail #2",
        "f/x.smtp:7: I do not know \"mail #2\" as a command; did you mean \"MAIL\"?"),
      Mistake(
        "    C: MAIL when under TLS,", "f/x.smtp:7: nothing stands before or behind a comma in"),
      Mistake(
        "    S: (puase 50ms)",
        "f/x.smtp:7: I do not know \"puase 50ms\" as a stage direction; did you mean \"pause T\"?"),
      Mistake(
        "    S: (pause 50)",
        "f/x.smtp:7: I do not know \"pause 50\" as a stage direction; did you mean \"pause T\"? "
          + "T is a time such as 200ms or 2s"),
      Mistake(
        "    S: (as usual, )", "f/x.smtp:7: nothing stands before or behind a comma in"),
      Mistake(
        "    S: Fall silent",
        "f/x.smtp:7: \"Fall silent\" would be said to the client; did you mean \"fall silent\"? "
          + "It wants parentheses"),
      Mistake("    S: (hang up", "f/x.smtp:7: a parenthesis is not closed"),
      Mistake(
        "    s: 250 ok",
        "f/x.smtp:7: I do not know \"s: 250 ok\" as a server setting; write S: in upper case"),
      Mistake(
        "    ofer STARTTLS",
        "f/x.smtp:7: I do not know \"ofer STARTTLS\" as a server setting; did you mean \"offer REST\"?"
      ),
      Mistake(
        "    every reply drip 1 byte every 5",
        "f/x.smtp:7: I do not know \"drip 1 byte every 5\" as a shape of a reply; did you mean "
          + "\"drip N byte/bytes every T\"? N is a number, T is a time"),
      Mistake(
        "    M: (stripp STARTTLS)",
        "f/x.smtp:7: I do not know \"stripp STARTTLS\" as a middlebox; did you mean \"strip NAME\"?"
      ),
      Mistake(
        "    path drops packets",
        "f/x.smtp:7: I do not know \"path drops packets\" as a server setting; words about the "
          + "network stand under \"Network:\""),
      Mistake(
        "    Run: --timeout 1s",
        "f/x.smtp:7: I do not know \"Run: --timeout 1s\" as a server setting; a section's heading"),
      Mistake("Runs: x", "f/x.smtp:7: \"Runs: x\" is no section; did you mean \"Run\"?"),
      Mistake("Run x", "f/x.smtp:7: \"Run x\" is no section; write \"Run:\", a colon before"),
      Mistake("    C: RCPT twice", "f/x.smtp:7: I do not know what \"twice\" says", knows: "#N"),
      Mistake(
        "    nagle on",
        "f/x.smtp:7: I do not know \"nagle on\" as a server setting; did you mean \"Nagle on\"?",
        knows: "offer REST"),
      Mistake(
        "    every reply slowly", "f/x.smtp:7: I do not know \"slowly\" as a shape",
        knows: "with bare LF"),
      Mistake(
        "    M: (eat everything)", "f/x.smtp:7: I do not know \"eat everything\" as a middlebox",
        knows: "mask the banner"),
      Mistake("    M: 220 hello", "f/x.smtp:7: a middlebox does not speak"),
      Mistake(
        "    S: as usual",
        "f/x.smtp:7: \"as usual\" would be said to the client; write (as usual) to have it done"),
      Mistake("    S:", "f/x.smtp:7: an S: line without words"),
      Mistake("    S: 250 \\q", "f/x.smtp:7: I do not know this escape"),
      Mistake("    S: (send \"open)", "f/x.smtp:7: a quotation mark is not closed"),
      Mistake("    S: 250 {stage}", "f/x.smtp:7: no column is called \"stage\""),
      Mistake(
        "Faults:", "f/x.smtp:7: \"Faults:\" is no section; did you mean \"Fault:\"?",
        knows: "Fault:"),
    ])
  func mistakes(_ mistake: Mistake) throws {
    let text = """
      Title

      Source: none.

      Fault:
          C: MAIL
      \(mistake.line)

      Run:
          stalled@mail
      """
    let error = try #require(throws: FixtureError.self) {
      try parseFixtures(path: "f/x.smtp", text: text)
    }
    #expect("\(error)".hasPrefix(mistake.text), "\(error)")
    #expect(mistake.knows.map(error.known.contains) ?? true, "\(error)")
  }

  @Test(
    "A run that promises nothing sensible is an error",
    arguments: [
      ("Run:\n    stuck@mail", "f/x.smtp:6: I do not know \"stuck\" as a status"),
      (
        "Run:\n    stalled@male",
        "f/x.smtp:6: I do not know \"male\" as a stage; did you mean \"mail\"?"
      ),
      ("Run:\n    custody nobody", "f/x.smtp:6: I do not know \"nobody\" as a custody"),
      ("Run:\n    ledger acked = written", "f/x.smtp:6: I do not know \"acked\" as a total"),
      ("Run:\n    ledger unsent ~ 0", "f/x.smtp:6: I do not know \"~\" as a relation"),
      ("Run:\n    violation rude", "f/x.smtp:6: I do not know \"rude\" as a violation"),
      ("Run:\n    exit soon", "f/x.smtp:6: I do not know \"exit soon\" as a promise"),
      ("Run:\n    exit 1", "f/x.smtp:5: the run promises no outcome"),
      ("Control:\n    stalled@mail", "f/x.smtp:5: a control run must come out ok"),
      ("Run a b:\n    ok", "f/x.smtp:5: a run's name is one word"),
      ("Run:\n    ok\nRun:\n    ok", "f/x.smtp:7: two runs are called \"run\""),
      ("", "f/x.smtp: the fixture has no run"),
      ("    indented", "f/x.smtp:5: an indented line belongs to no section"),
      ("Server:\n    S: 250 ok", "f/x.smtp:6: this S: line answers nothing"),
      ("Server:\n    C: MAIL", "f/x.smtp:6: no S: line follows this C: line"),
      ("Server:\n    C: MAIL\n    C: RCPT\n    S: 250 ok", "f/x.smtp:6: no S: line follows"),
      ("Each:\n    | a |", "f/x.smtp:6: the table has no column \"name\""),
      ("Each:\n    | name |", "f/x.smtp:6: the table has no rows"),
      ("Each:\n    | name |\n    | a | b |", "f/x.smtp:7: this row has 2 cells"),
      ("Each:\n    | name |\n    | a |\n    | a |", "f/x.smtp:8: two rows are called \"a\""),
      ("Sever:\n    name x", "f/x.smtp:6: an indented line belongs to no section; did you mean"),
      ("Run:\n    ok,", "f/x.smtp:6: nothing stands before or behind a comma"),
      (
        "Run:\n    ok custody none",
        "f/x.smtp:6: I do not know \"custody\" as a status; promises stand apart by commas"
      ),
      ("Run:\n    ok, exit x", "f/x.smtp:6: I do not know \"exit x\" as a promise; did you mean"),
    ])
  func badRuns(body: String, message: String) throws {
    let error = try #require(throws: FixtureError.self) {
      try parseFixtures(path: "f/x.smtp", text: "Title\n\nSource: none.\n\n" + body)
    }
    #expect("\(error)".hasPrefix(message), "\(error)")
  }

  @Test("A fixture without title or source is an error", arguments: ["", "Title\n\nRun:\n    ok"])
  func noSource(text: String) {
    #expect(throws: FixtureError.self) { try parseFixtures(path: "f/x.smtp", text: text) }
  }

  @Test("A file with the line ends of another system reads the same")
  func lineEnds() throws {
    let text = "Title\n\nA story.\n\nSource: none.\n\nMessage:\n    a\n\nRun:\n    ok\n"
    let plain = try parseFixtures(path: "f/x.smtp", text: text)
    let other = String(text.flatMap { $0 == "\n" ? "\r\n" : String($0) })
    #expect(try parseFixtures(path: "f/x.smtp", text: other) == plain)
  }

  @Test("A built-in fixture is found without the others, rows of tables too")
  func embeddedFixture() throws {
    for fixture in try FixtureLibrary.embedded().fixtures {
      #expect(try FixtureLibrary.embeddedFixture(named: fixture.name) == fixture)
    }
    #expect(throws: FixtureError.self) { try FixtureLibrary.embeddedFixture(named: "silent-at") }
  }

  @Test("An unknown name proposes a similar one, and a name may be taken once")
  func library() throws {
    let text = "Title\n\nSource: none.\n\nRun:\n    ok"
    let library = try FixtureLibrary(files: [("b/two.smtp", text), ("a/one.smtp", text)])
    #expect(library.fixtures.map(\.name) == ["one", "two"])
    #expect(try library.fixture(named: "two").family == "b")
    let error = try #require(throws: FixtureError.self) { try library.fixture(named: "tow") }
    #expect(error.mend == "did you mean \"two\"?")
    #expect(throws: FixtureError.self) {
      try FixtureLibrary(files: [("a/one.smtp", text), ("b/one.smtp", text)])
    }
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let line: String
    let text: String
    let knows: String?

    init(_ line: String, _ text: String, knows: String? = nil) {
      self.line = line
      self.text = text
      self.knows = knows
    }

    var testDescription: String { line }
  }

  private let sample = #"""
    A sample

    First paragraph over
    two lines.

    Second paragraph.

    Source: RFC 5321.

    Server:
        offer STARTTLS
        C: HELP
        S: 214 no

    # A remark.
    Fault:
        C: MAIL
        S: 250 ok
        S: (pause 1ms, fall silent)
        M: (forward in blocks of 512 bytes, losing a rest of 513)

    Message:
        Subject: x

        body \0

    Run 513: --split 513 --ehlo "two words"
        stalled@mail or reset@mail, custody acknowledged_unanswered or none
        pending 3, answered 0, exit 15
        ledger acknowledged = written, ledger unsent >= 0
        violation bare_lf, hazard x, first unanswered "MAIL FROM:<>, x"

    Control without fault:
        ok@data, no complaint
    """#
}
