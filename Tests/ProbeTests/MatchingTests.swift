import SessionOptions
import Diagnosis
import SMTPDialogue
import SessionTrace
import TLSEngine
import Testing

@testable import Probe
@testable import Simulation

/// Replies that come before there is anything to answer, at every place where they can.
@Suite("Replies that nobody asked for")
struct MatchingTests {
  /// A way of sending.
  struct Way: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var change: @Sendable (inout Scenario) -> Void

    var scenario: Scenario { Scenario.honest.with(change) }

    /// The same under TLS from the first byte.
    var secured: Scenario {
      get throws {
        let credentials = try Self.credentials.get()
        return scenario.with { $0.server.credentials = credentials }
      }
    }

    private static let credentials = Result {
      try ServerCredentials.selfSigned(commonName: "sim", names: ["sim"])
    }

    init(_ name: String, _ change: @escaping @Sendable (inout Scenario) -> Void) {
      testDescription = name
      self.change = change
    }

    static let all = [
      Way("one command at a time") { _ in },
      Way("pipelined") { $0.pipelining = .auto },
      Way("paced") {
        $0.pipelining = .auto
        $0.segmentation = paced(by: 7)
      },
      Way("in chunks") { $0.chunking = ChunkingPlan(mode: .on, size: 9) },
      Way("in chunks, paced") {
        $0.chunking = ChunkingPlan(mode: .on, size: 9)
        $0.segmentation = paced(by: 4)
      },
      Way("in chunks, the first with the envelope") {
        $0.pipelining = .auto
        $0.server.offersChunking = true
        $0.chunking = ChunkingPlan(mode: .early, size: 9)
      },
      Way("in the SYN") {
        $0.fastOpen = true
        $0.transport.fastOpenBytes = 10
      },
    ]
  }

  @Test(
    "are no answer to what has not left, after every byte of ours", arguments: Way.all,
    ["250 early\r\n", "354 go\r\n", "550 no\r\n", "221 bye\r\n"])
  func early(_ way: Way, _ text: String) throws {
    let length = try Trial(way.scenario).network.ledger.written
    #expect(length > 100)
    for offset in 0...length {
      let trial = try Trial(
        way.scenario.with { $0.server.surplus = (afterReading: offset, text: text) })
      let complaints = trial.complaintsAboutMatching + trial.complaintsAboutContent
      #expect(complaints.isEmpty, "after \(offset) bytes: \(complaints)")
    }
  }

  @Test(
    "are none under TLS either, whatever records they come in",
    arguments: [Way.all[0], Way.all[1], Way.all[2]],
    ["250 early\r\n", "354 go\r\n", "550 no\r\n", "221 bye\r\n"])
  func earlyUnderTLS(_ way: Way, _ text: String) throws {
    let secured = try way.secured
    let honest = try Trial(secured)
    #expect(honest.verdict.status == .ok)
    let greeted = try #require(honest.trace.commands.first { $0.stage == .ehlo })
    var statuses: Set<SessionStatus> = []
    for offset in stride(from: greeted.start, through: honest.network.ledger.written, by: 7) {
      let trial = try Trial(
        secured.with { $0.server.surplus = (afterReading: offset, text: text) })
      let complaints = trial.complaintsAboutMatching + trial.complaintsAboutContent
      #expect(complaints.isEmpty, "after \(offset) bytes: \(complaints)")
      statuses.insert(trial.verdict.status)
    }
    #expect(!statuses.isDisjoint(with: [.protocolError, .rejected]))
  }

  @Test("and no end of a stream of records moves what was answered", arguments: Way.all.prefix(3))
  func cutUnderTLS(_ way: Way) throws {
    let secured = try way.secured
    let length = try Trial(secured).network.ledger.readByProgram
    for (number, cut) in stride(from: 1, to: length, by: 5).enumerated() {
      let how = ServerPlan.End.allCases[number % ServerPlan.End.allCases.count]
      let trial = try Trial(secured.with { $0.server.fault = .afterSaying(cut, how) })
      #expect(trial.complaintsAboutMatching.isEmpty, "\(how) after \(cut)")
    }
  }

  /// One row a server: what it says behind which reply, whether it leaves then, and what the status is.
  private static let servers: [(Int, String, Bool, SessionStatus)] = [
    (0, "250 hello\r\n", false, .protocolError),
    (0, "500 what\r\n", false, .protocolError),
    (4, "550 no\r\n", true, .rejected),
    (4, "451 later\r\n", true, .deferred),
    (4, "550 no\r\n", false, .rejected),
    (5, "250 twice\r\n", false, .ok),
    (5, "500 what\r\n500 what\r\n", false, .ok),
    (6, "250 twice\r\n", false, .ok),
  ]

  @Test("make one status, wherever the server's stream is cut", arguments: servers)
  func cut(behind reply: Int, text: String, leaves: Bool, status: SessionStatus) throws {
    let base = Scenario.honest.with {
      $0.server.behind = (reply: reply, text: text, leaves: leaves)
      $0.server.gap = 10
    }
    let length = try Trial(base).network.ledger.readByProgram
    for cut in 0...length {
      let trial = try Trial(base.with { $0.server.cut = cut })
      let verdict = trial.verdict
      #expect(verdict.status == status, "cut at \(cut): \(verdict.summary)")
      #expect(trial.complaintsAboutMatching.isEmpty, "cut at \(cut)")
    }
  }

  @Test(
    "refuse a large message in its middle, wherever the server's stream is cut and however fast",
    arguments: [0, 10, 1_000] as [Microseconds], [true, false])
  func refusedInTheMiddle(gap: Microseconds, leaves: Bool) throws {
    let base = Scenario.honest.with {
      $0.message = Array(repeating: Array("a line of text\r\n".utf8), count: 40_000).flatMap(\.self)
      $0.server.behind = (reply: 4, text: "550 no\r\n", leaves: leaves)
      $0.server.gap = gap
    }
    let length = try Trial(base).network.ledger.readByProgram
    for cut in length - 24...length {
      let verdict = try Trial(base.with { $0.server.cut = cut }).verdict
      #expect(verdict.status == .rejected && verdict.stage == .body, "cut at \(cut)")
    }
  }

  @Test("do not make a message accepted, and say where they came")
  func inTheMiddle() throws {
    let message = Array(String(repeating: "a line of text\r\n", count: 20).utf8)
    let slow = Scenario.honest.with {
      $0.message = message
      $0.segmentation = paced(by: 100)
      $0.segmentation?.scope = .data
    }
    let contentStart = try #require(try Trial(slow).trace.content?.start)
    let trial = try Trial(
      slow.with {
        $0.server.surplus = (afterReading: contentStart + 100, text: "250 queued\r\n")
      })
    let verdict = trial.verdict
    #expect(verdict.status == .protocolError && verdict.stage == .body && verdict.exitCode == 58)
    #expect(trial.network.server?.message == nil)
    #expect(Diagnosis.hazards(of: trial.trace).map(\.id).contains(.repliesOffByOne))
  }
}

/// Pieces of that size, far enough apart for the server to speak in between.
private func paced(by size: Int) -> Segmentation {
  var segmentation = Segmentation(plan: .sizes([.bytes(size)]))
  segmentation.pacing = .delay(.milliseconds(200))
  return segmentation
}
