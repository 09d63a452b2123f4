import Diagnosis
import Reporting
import SessionTrace
import TestSupport
import Testing

/// The claims of reports against the packets: tcpdump listens where the client stands.
@Suite("Verdicts against captures")
struct CaptureTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var fixture: String
    var options: [String]
    var custody: Custody?
    var testDescription: String { fixture }
  }

  static let rows = [
    Row(
      fixture: "pmtu-forward", options: ["--message-size", "20000", "--timeout", "2s"],
      custody: .unacknowledged),
    Row(fixture: "pmtu-reverse", options: ["--timeout", "1s"], custody: .acknowledgedUnanswered),
    Row(
      fixture: "zero-window-tarpit", options: ["--timeout", "2s"], custody: .windowClosed),
    Row(fixture: "tarpit-silent", options: ["--timeout", "1s"], custody: .peerSilent),
    Row(fixture: "far-away", options: ["--message-size", "20000"], custody: nil),
  ]

  @Test("What a report says of our bytes is what the packets say", arguments: rows)
  func agrees(row: Row) async throws {
    let outcome = try await play(row.fixture, row.options)
    // Before the document stands what the lab says of itself.
    let json = outcome.errors.drop { $0 != "{" }
    let saved = try SavedReport(json: Array(json.utf8))
    let packets = Packets(outcome.output)
    #expect(saved.verdict.custody == row.custody)
    #expect(saved.verdict.ledger.sent == packets.sent)
    #expect(saved.verdict.ledger.acknowledged == packets.acknowledged)
    #expect(saved.verdict.ledger.received == packets.received)
    switch row.custody {
    case .unacknowledged:
      #expect(packets.acknowledged < packets.sent)
      #expect(packets.repeated > 0)
    case .windowClosed: #expect(packets.lastWindow == 0)
    case .acknowledgedUnanswered, .peerSilent: #expect(packets.acknowledged == packets.sent)
    case .heldLocally, .replyCutShort, nil: #expect(packets.repeated == 0)
    }
  }

  @Test("Every packet of ours carries the codepoint that is asked for, and no other does")
  func codepoint() async throws {
    let outcome = try await play("far-away", ["--dscp", "46"], reading: "-nnv")
    let packets = outcome.output.split(separator: "IP (").filter { $0.contains("length") }
    let ours = packets.filter { $0.contains("> 198.51.100.2.25:") }
    #expect(ours.count > 5 && ours.allSatisfy { $0.hasPrefix("tos 0xb8,") }, "\(outcome.output)")
    let theirs = packets.filter { !$0.contains("> 198.51.100.2.25:") }
    #expect(theirs.count > 5 && theirs.allSatisfy { $0.hasPrefix("tos 0x0,") })
  }

  @Test("What --capture records where it may is what the packets were, each of them once")
  func recorded() async throws {
    let capture = try Scratch([], ending: ".pcapng")
    let outcome = try await Binary.run([
      "lab:pmtu-forward", "--message-size", "20000", "--timeout", "2s", "--format", "json",
      "--capture", capture.path,
    ])
    let saved = try SavedReport(json: Array(outcome.output.utf8))
    let text = try await read(capture.path)
    let packets = Packets(text)
    #expect(packets.sent >= saved.verdict.ledger.sent && packets.repeated > 0)
    #expect(packets.acknowledged == saved.verdict.ledger.acknowledged)
    #expect(packets.received == saved.verdict.ledger.received)
    #expect(text.ranges(of: "Flags [S]").count == 1 && text.ranges(of: "Flags [S.]").count == 1)
    let note = saved.trace.notes.first { $0.hasPrefix("--capture: ") }
    #expect(note?.hasSuffix(" packets recorded from interface router; none was lost") == true)
    #expect(outcome.errors.isEmpty)
  }

  @Test("What goes over loopback is recorded once")
  func loopback() async throws {
    let capture = try Scratch([], ending: ".pcapng")
    let script = "ip link set lo up && \(Binary.path) lab:healthy --capture \(capture.path)"
    let outcome = try await ChildProcess.run(["unshare", "-Urn", "sh", "-c", script])
    #expect(outcome.output.contains("packets recorded from interface lo; none was lost"))
    let text = try await read(capture.path)
    for (words, count) in [("Flags [S]", 1), ("Flags [S.]", 1), ("Flags [F.]", 2)] {
      #expect(text.ranges(of: words).count == count, "\(words)\n\(text)")
    }
    #expect(try await read(capture.path, "-A").ranges(of: "EHLO ").count == 1)
  }

  @Test("Without the right the capture is made up, and everybody is told")
  func unprivileged() async throws {
    let capture = try Scratch([], ending: ".pcapng")
    // In a namespace where this user is nobody no right is left.
    let outcome = try await ChildProcess.run([
      "unshare", "-U", Binary.path, "lab:healthy", "--format", "json", "--capture", capture.path,
    ])
    let words = "recording packets takes CAP_NET_RAW, which this process does not have"
    #expect(outcome.errors.contains("smtpprobe: --capture: \(words)"))
    let saved = try SavedReport(json: Array(outcome.output.utf8))
    #expect(saved.trace.notes.contains { $0.hasPrefix("--capture: \(words)") })
    let file = try capture.text()
    #expect(file.contains("Why it is not recorded: \(words)"))
    #expect(try await read(capture.path).ranges(of: "Flags [S]").count == 1)
  }

  @Test(
    "A capture is of one session, and of packets as they were",
    arguments: [
      ["lab:healthy", "--all"], ["sweep", "lab:healthy", "--split", "1..9"],
      ["diagnose", "lab:healthy"], ["scan", "/dev/null"], ["lab:healthy", "--redact", "all"],
      ["unix:/nowhere"],
    ])
  func usage(words: [String]) async throws {
    let outcome = try await Binary.run(words + ["--capture", "/tmp/never.pcapng"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("--capture"))
  }

  private func read(_ path: String, _ how: String = "-nn") async throws -> String {
    try await ChildProcess.run(["tcpdump", "-nn", how, "-r", path]).output
  }

  /// Probes the server of a fixture's network while tcpdump listens: its lines on standard output, and the
  /// report behind what the lab says on standard error.
  private func play(
    _ fixture: String, _ options: [String], reading: String = "-nn"
  ) async throws -> ChildProcess.Outcome {
    let capture = try Scratch([])
    let document = try Scratch([])
    let probe = ([Binary.path, "198.51.100.2", "--format", "json"] + options)
      .joined(separator: " ")
    // -Z: in a namespace of our own there may be no other user to become. Twenty bytes are the
    // file's header: tcpdump is listening.
    let script = """
      tcpdump --immediate-mode -Z root -U -i router -w \(capture.path) tcp port 25 2>/dev/null & dump=$!
      for turn in $(seq 100); do
        [ "$(stat -c %s \(capture.path))" -gt 20 ] && break
        sleep 0.1
      done
      \(probe) >\(document.path)
      sleep 0.3
      kill -INT $dump
      wait $dump
      tcpdump \(reading) -r \(capture.path) 2>/dev/null
      cat \(document.path) >&2
      """
    return try await ChildProcess.run([Binary.path, "lab", "enter", fixture, "sh", "-c", script])
  }
}

/// What the lines of tcpdump add up to; offsets count from the first byte after the handshake.
private struct Packets {
  var sent = 0
  var received = 0
  /// The highest ACK, less the one for our FIN.
  var acknowledged = 0
  /// Packets with bytes that had left before.
  var repeated = 0
  var lastWindow = 0

  init(_ text: String) {
    var pieces: [(start: Int, end: Int)] = []
    for line in text.split(separator: "\n") {
      let isOurs = line.contains("> 198.51.100.2.25:")
      let numbers = line.split(separator: ", ").reduce(into: [Substring: Substring]()) {
        numbers, field in
        let words = field.split(separator: " ", maxSplits: 1)
        if words.count == 2 { numbers[words[0]] = words[1] }
      }
      guard !line.contains("Flags [S"), !line.contains("Flags [R") else { continue }
      let span = numbers["seq"]?.split(separator: ":").compactMap { Int($0) } ?? []
      if isOurs {
        if span.count == 2 {
          if span[1] - 1 <= sent { repeated += 1 }
          sent = max(sent, span[1] - 1)
        }
      } else {
        if span.count == 2 { pieces.append((span[0] - 1, span[1] - 1)) }
        if let ack = numbers["ack"].flatMap({ Int($0) }) {
          acknowledged = max(acknowledged, min(ack - 1, sent))
        }
        if let window = numbers["win"].flatMap({ Int($0) }) { lastWindow = window }
      }
    }
    // Up to the first gap: what lies behind it does not reach a program.
    for piece in pieces.sorted(by: { $0.start < $1.start }) where piece.start <= received {
      received = max(received, piece.end)
    }
  }
}
