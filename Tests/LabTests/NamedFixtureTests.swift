import SessionTrace
import TestSupport
import Testing
import Wire

@testable import Lab

@Suite("A fixture by the word that names it")
struct NamedFixtureTests {
  @Test(
    "is a file where the word is a path, and one of its fixtures behind #",
    arguments: [
      ("own.smtp", "own.smtp", nil), ("./dir/own", "./dir/own", nil), ("/tmp/x", "/tmp/x", nil),
      ("own.smtp#one", "own.smtp", "one"), ("reseg-513", nil, nil), ("a#b", nil, nil),
    ] as [(String, String?, String?)])
  func path(word: String, path: String?, name: String?) {
    let found = FixturePath(word)
    #expect(found?.path == path)
    #expect(found?.name == name)
  }

  @Test("is found by its name, and by the name of nothing else")
  func embedded() throws {
    #expect(try namedFixture("reseg-513").name == "reseg-513")
    let error = #expect(throws: ExitMessage.self) { try namedFixtures("reseg-512") }
    #expect(error?.status == .usage)
    #expect(error?.text.contains("smtpprobe lab list") == true)
  }

  @Test("is not there where the file is not")
  func missing() {
    let error = #expect(throws: ExitMessage.self) { try namedFixtures("./no-such.smtp") }
    #expect(error?.status == .noInput)
  }

  @Test(
    "listens on the port behind =, or on the next one",
    arguments: [
      (["healthy"], 0, [0]), (["healthy", "reseg-513"], 2_500, [2_500, 2_501]),
      (["healthy=25", "reseg-513"], 2_500, [25, 2_500]), (["healthy=0"], 2_500, [0]),
      (["healthy", "reseg-513"], 0, [0, 0]),
    ])
  func places(words: [String], port: Int, ports: [Int]) throws {
    #expect(try LabService.places(words, from: port).map(\.port) == ports)
  }

  @Test("has no port beyond the last one")
  func noPort() {
    let error = #expect(throws: ExitMessage.self) {
      try LabService.places(["healthy", "healthy"], from: 65_535)
    }
    #expect(error == ExitMessage(status: .usage, text: "healthy: no port 65536"))
  }

  @Test("a log that cannot be written says so once, and is silent where its reader has gone")
  func log() {
    for (name, complaints) in [("ENOSPC", 1), ("EPIPE", 0)] {
      var said: [String] = []
      let log = ServiceLog(
        place: "--log own.log", complain: { said.append(String(decoding: $0, as: UTF8.self)) }
      ) { _ in SystemFailure(call: "write", name: name, code: 1, text: "it is full") }
      log.write("one")
      log.write("two")
      #expect(said.count == complaints)
      #expect(log.hasFailed == (complaints == 1))
      #expect(
        said.first ?? "smtpprobe: --log own.log: it is full; serving goes on without a log\n"
          == "smtpprobe: --log own.log: it is full; serving goes on without a log\n")
    }
  }
}
