import TestSupport
import Testing

/// The numbers that the manual promises under "Ceilings".
@Suite("Ceilings")
struct CeilingTests {
  /// Runs the program by itself; its greatest memory in KiB, its time in seconds and its status.
  private func measure(_ words: [String]) throws -> (memory: Int, seconds: Double, status: Int) {
    let script = """
      import resource, subprocess, sys, time
      start = time.monotonic()
      status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
      took = time.monotonic() - start
      print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, took, status)
      """
    let outcome = try ChildProcess.run(["python3", "-c", script, Binary.path] + words)
    let numbers = outcome.output.split(whereSeparator: \.isWhitespace)
    try #require(numbers.count == 3, "\(outcome)")
    return (
      try #require(Int(numbers[0])), try #require(Double(numbers[1])), try #require(Int(numbers[2]))
    )
  }

  @Test(
    "A hostile server costs little memory, its own in the lab among it",
    arguments: ["endless-reply", "malformed-reply", "mixed-codes", "drip-fed-reply"])
  func memory(fixture: String) throws {
    let healthy = try measure(["lab:healthy"])
    let hostile = try measure(["lab:\(fixture)", "--timeout", "1s"])
    #expect(hostile.status > 0)
    #expect(hostile.memory < healthy.memory + 32 * 1024, "KiB, against \(healthy.memory)")
  }

  @Test("A silent server holds the program for the limit and what a report takes")
  func time() throws {
    let once = try measure(["lab:healthy"])
    let silent = try measure(["lab:silent-at-mail", "--timeout", "1s"])
    // What starting costs here is measured beside it; the rest is a busy machine's.
    #expect(silent.seconds >= 1 && silent.seconds < 1.2 + once.seconds + 0.5)
  }

  @Test("A session that crawls ends without being asked")
  func crawl() throws {
    let allowed = try ChildProcess.run(["unshare", "-rn", "true"])
    guard allowed.status == 0 else {
      print("not played: a path that strips window scaling (no namespaces here)")
      return
    }
    let crawl = try measure([
      "lab:window-scaling-stripped", "--message-size", "200000", "--timeout", "300ms",
    ])
    #expect(crawl.status == 18)
    #expect(crawl.seconds > 6 && crawl.seconds < 12)
  }
}
