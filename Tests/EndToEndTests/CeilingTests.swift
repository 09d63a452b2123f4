import Reporting
import TestSupport
import Testing

/// The numbers that the manual promises under "Ceilings", one after the other, since time is among them.
@Suite("Ceilings", .serialized)
struct CeilingTests {
  /// Runs the program by itself; its greatest memory in KiB, its time in seconds and its status.
  private func measure(_ words: [String]) async throws -> (
    memory: Int, seconds: Double, status: Int
  ) {
    let script = """
      import resource, subprocess, sys, time
      start = time.monotonic()
      status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
      took = time.monotonic() - start
      print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, took, status)
      """
    let outcome = try await ChildProcess.run(["python3", "-c", script, Binary.path] + words)
    let numbers = outcome.output.split(whereSeparator: \.isWhitespace)
    try #require(numbers.count == 3, "\(outcome)")
    return (
      try #require(Int(numbers[0])), try #require(Double(numbers[1])), try #require(Int(numbers[2]))
    )
  }

  /// The quickest of three, what they all came to, and the memory of the largest: others on the machine make none of
  /// them faster.
  private func quickest(_ words: [String]) async throws -> (
    memory: Int, seconds: Double, status: Int
  ) {
    var runs: [(memory: Int, seconds: Double, status: Int)] = []
    for _ in 0..<3 { runs.append(try await measure(words)) }
    #expect(Set(runs.map(\.status)).count == 1, "\(runs)")
    return (
      runs.map(\.memory).max() ?? 0, runs.map(\.seconds).min() ?? 0, runs.first?.status ?? -1
    )
  }

  /// What a session takes that ends well, with a message of so many bytes where that is part of what is measured.
  private func usual(beside words: [String]) async throws -> Double {
    let isLarge = words.contains("3000000")
    return try await quickest(["lab:healthy"] + (isLarge ? ["--message-size", "3000000"] : []))
      .seconds
  }

  @Test(
    "A hostile server costs little memory, its own in the lab among it",
    arguments: ["endless-reply", "malformed-reply", "mixed-codes", "drip-fed-reply"])
  func memory(fixture: String) async throws {
    let healthy = try await measure(["lab:healthy"])
    let hostile = try await measure(["lab:\(fixture)", "--timeout", "1s"])
    #expect(hostile.status > 0)
    #expect(hostile.memory < healthy.memory + 32 * 1024, "KiB, against \(healthy.memory)")
  }

  @Test(
    "A silent server holds the program for the limit and what a report takes",
    arguments: [
      ["lab:silent-at-mail"], ["lab:starttls-silence"],
      ["lab:stops-reading", "--message-size", "3000000"],
    ])
  func time(words: [String]) async throws {
    let usual = try await usual(beside: words)
    let silent = try await quickest(words + ["--timeout", "1s"])
    #expect(silent.status > 0)
    #expect(silent.seconds >= 1 && silent.seconds < 1 + usual + 0.5, "\(silent), \(usual)")
  }

  @Test(
    "A session ends at its total limit, whatever the server does meanwhile",
    arguments: [
      ["lab:drip-fed-reply"], ["lab:slow-reader", "--message-size", "3000000"],
      ["lab:healthy", "--message-size", "100000", "--split", "10", "--split-delay", "5ms"],
    ])
  func total(words: [String]) async throws {
    let usual = try await usual(beside: words)
    let limited = try await quickest(words + ["--timeout", "30s", "--total-timeout", "1s"])
    #expect(limited.status > 0)
    #expect(limited.seconds >= 1 && limited.seconds < 1 + usual + 0.5, "\(limited), \(usual)")
  }

  @Test(
    "Whatever a server says, every format for people and programs is printable ASCII",
    arguments: ["terminal-escapes", "nul-in-reply"])
  func alphabet(fixture: String) async throws {
    for format in ReportFormat.all(of: .session) where !format.isBinary {
      let outcome = try await ChildProcess.run([
        Binary.path, "lab:\(fixture)", "--timeout", "500ms", "--format", format.name,
      ])
      #expect(!outcome.output.isEmpty && outcome.errors.isEmpty)
      let bytes = outcome.output.utf8
      #expect(bytes.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) }, "\(format)")
    }
  }

  @Test("An envelope of a megabyte makes a report that can be read, in every format")
  func envelope() async throws {
    let formats = ReportFormat.all(of: .session)
    let folder = try Folder()
    let files = formats.map { "\(folder.path)/\($0)" }
    let large = try await measure(
      ["lab:healthy", "--envelope-size", "1000000", "--silent"]
        + zip(formats, files).flatMap { ["-o", "\($0):\($1)"] })
    #expect(large.status == 0)
    let sizes = try await ChildProcess.run(["stat", "-c", "%s"] + files).output
      .split(separator: "\n").compactMap { Int($0) }
    withExtendedLifetime(folder) {}
    #expect(sizes.count == formats.count && sizes.allSatisfy { $0 < 1 << 20 }, "\(sizes)")
    // A KiB and a half for each of 37,000 recipients, on both sides of the lab.
    #expect(large.memory < 128 * 1024)
  }

  @Test("Nine thousand chunks, and records and segments of one byte, cost no memory")
  func pieces() async throws {
    let healthy = try await measure(["lab:healthy"])
    let fixture = try Scratch(
      Array(
        """
        A server that takes chunks

        Each is answered.

        Source: RFC 3030.

        Shows: nothing

        Server:
            offer CHUNKING

        Control chunks: --chunk-size 200 --message-size 500 --timeout 5s
            ok, exit 0

        """.utf8))
    let chunks = try await measure([
      "lab:\(fixture.path)", "--chunk-size", "22", "--message-size", "198000", "--format", "json",
    ])
    #expect(chunks.status == 0)
    #expect(chunks.memory < healthy.memory + 32 * 1024, "KiB, against \(healthy.memory)")
    let bytes = try await measure([
      "lab:healthy-tls", "--tls", "implicit", "--message-size", "10000000", "--split", "1",
      "--tls-record-size", "1", "--total-timeout", "2s",
    ])
    #expect(bytes.status > 0)
    #expect(bytes.memory < healthy.memory + 32 * 1024, "KiB, against \(healthy.memory)")
  }

  @Test("A session that crawls ends without being asked")
  func crawl() async throws {
    let allowed = try await ChildProcess.run(["unshare", "-rn", "true"])
    guard allowed.status == 0 else {
      print("not played: a path that strips window scaling (no namespaces here)")
      return
    }
    let crawl = try await measure([
      "lab:window-scaling-stripped", "--message-size", "200000", "--timeout", "300ms",
    ])
    #expect(crawl.status == 18)
    #expect(crawl.seconds > 6 && crawl.seconds < 12)
  }
}
