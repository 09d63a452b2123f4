import SessionTrace
import Testing

@testable import Wire

@Suite("Another program")
struct ChildProgramTests {
  @Test("It reads what it was given, and what it says is kept, apart or joined")
  func streams() throws {
    let script = ["sh", "-c", "cat; echo trouble >&2; exit 3"]
    let apart = try ChildProgram(script, input: Array("words\n".utf8))
    #expect(apart.exitStatus() == 3)
    #expect(apart.written == Array("words\n".utf8) && apart.complaints == Array("trouble\n".utf8))
    let joined = try ChildProgram(script, input: Array("words\n".utf8), streams: .joined)
    #expect(joined.exitStatus() == 3)
    #expect(joined.written == Array("words\ntrouble\n".utf8) && joined.complaints.isEmpty)
  }

  @Test("More than a pipe holds passes both ways")
  func large() throws {
    let bytes = [UInt8](repeating: 65, count: 1_000_000)
    let program = try ChildProgram(["cat"], input: bytes)
    #expect(program.exitStatus() == 0 && program.written == bytes)
  }

  @Test("Arguments arrive as they are, empty ones too")
  func arguments() throws {
    let program = try ChildProgram(["printf", "<%s>", "a b", "", "\"'"])
    #expect(program.exitStatus() == 0 && program.written == Array("<a b><><\"'>".utf8))
  }

  @Test("The loop hears of its end, and of a signal as a shell counts it")
  func watched() throws {
    let loop = try EventLoop()
    let program = try ChildProgram(["sh", "-c", "kill -TERM $$"])
    var ended = 0
    try program.watch(on: loop) { ended += 1 }
    try loop.run { ended > 0 }
    #expect(program.exitStatus() == 143 && ended == 1)
  }

  @Test("A program that does not exist is our error, by name")
  func missing() throws {
    let error = try #require(throws: WireError.self) { try ChildProgram(["no-such-program"]) }
    #expect(error.failure.name == "ENOENT" && error.operation == "start no-such-program")
  }

  @Test("One that still runs when nobody wants it any more is ended")
  func abandoned() throws {
    let loop = try EventLoop()
    let observer: ChildProgram
    do {
      let sleeper = try ChildProgram(["sleep", "600"])
      observer = try ChildProgram(["sh", "-c", "tail --pid=\(sleeper.processNumber) -f /dev/null"])
    }
    var hasEnded = false
    try observer.watch(on: loop) { hasEnded = true }
    try loop.run { hasEnded }
    #expect(observer.exitStatus() == 0)
  }
}
