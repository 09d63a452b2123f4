import Glibc
import Testing
import TestSupport

@Suite("A program started by a test")
struct ChildProcessTests {
  @Test(
    "Status, output and errors are those of the program",
    arguments: [
      ("exit 0", 0, "", ""), ("exit 15", 15, "", ""),
      ("echo out; echo err >&2", 0, "out\n", "err\n"),
      ("kill -TERM $$", 143, "", ""),
    ])
  func outcome(script: String, status: Int, output: String, errors: String) async throws {
    let outcome = try await ChildProcess.run(["sh", "-c", script])
    #expect(outcome == .init(status: status, output: output, errors: errors))
  }

  @Test("Input larger than any pipe comes back whole")
  func largeInput() async throws {
    let input = [UInt8](repeating: 0x61, count: 1 << 20)
    let outcome = try await ChildProcess.run(["cat"], input: input)
    #expect(Array(outcome.output.utf8) == input)
  }

  @Test("The environment is the test's own with the given changes")
  func environment() async throws {
    let outcome = try await ChildProcess.run(
      ["sh", "-c", "echo $NO_COLOR; test -n \"$PATH\""], environment: ["NO_COLOR": "1"])
    #expect(outcome == .init(status: 0, output: "1\n", errors: ""))
  }

  @Test("A program that does not exist is a failure with its name")
  func missing() async {
    await #expect(throws: ChildProcess.Failure(call: "posix_spawnp /no/such/program", code: ENOENT))
    {
      try await ChildProcess.run(["/no/such/program"])
    }
  }

  @Test("A signal reaches a program that runs")
  func signal() async throws {
    let child = try ChildProcess(["sleep", "60"])
    let wasSent = child.send(signal: SIGTERM)
    let status = try await child.outcome().status
    #expect(wasSent)
    #expect(status == 143)
  }
}
