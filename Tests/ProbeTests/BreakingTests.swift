import Diagnosis
import Reporting
import SMTPDialogue
import SessionOptions
import SessionTrace
import TLSEngine
import Testing

@testable import Probe
@testable import Simulation

/// A peer that resets, closes or falls silent, at every byte of either stream.
@Suite("A peer that breaks at every byte")
struct BreakingTests {
  /// Which stream is counted.
  enum Stream: CaseIterable, Sendable { case theirs, ours }

  private static let ways = [
    MatchingTests.Way("one command at a time") { _ in },
    MatchingTests.Way("pipelined") { $0.pipelining = .auto },
    MatchingTests.Way("in chunks") { $0.chunking = ChunkingPlan(mode: .on, size: 9) },
  ]

  /// Every end at every byte where one command goes at a time; the ends in turn where several do.
  @Test(
    "is told as it was, in clear, wherever and however it breaks", arguments: ways.indices,
    Stream.allCases)
  func clear(number: Int, stream: Stream) throws {
    let way = Self.ways[number]
    let whole = try Trial(way.scenario)
    let ends = ServerPlan.End.allCases
    for offset in 0...length(of: stream, in: whole) {
      for (place, how) in ends.enumerated() where number == 0 || offset % ends.count == place {
        let trial = try Trial(way.scenario.with { $0.server.fault = fault(stream, offset, how) })
        let complaints = trial.complaints
        #expect(
          trial.claim == trial.truth && complaints.isEmpty,
          """
          \(way), \(how) after \(offset) bytes; truth \(trial.truth); verdict \(trial.claim)
          \(complaints.joined(separator: "; "))
          """)
        if (offset + place) % 9 == 0 { try expectReport(trial, "\(how) at \(offset)") }
      }
    }
  }

  /// Under TLS nobody knows from outside what was said, so the report is held to what must be so. Each session
  /// costs a handshake: every second byte, the ends in turn.
  @Test("leaves a valid report inside TLS, wherever it breaks", arguments: Stream.allCases)
  func secured(stream: Stream) throws {
    let scenario = try Self.ways[0].secured
    let ends = ServerPlan.End.allCases
    let whole = try Trial(scenario)
    #expect(whole.verdict.exitCode == 0)
    for offset in stride(from: 0, through: length(of: stream, in: whole), by: 2) {
      let how = ends[offset % ends.count]
      let trial = try Trial(scenario.with { $0.server.fault = fault(stream, offset, how) })
      if offset % 6 == 0 { try expectReport(trial, "\(how) at \(offset)") }
      #expect(
        trial.complaintsAboutMatching.isEmpty && trial.finishes == 1
          && trial.network.sessionTimers.isEmpty && !trial.network.clock.isSpinning,
        "\(how) at \(offset)")
      let isPlausible = isPlausible(trial, how)
      #expect(
        isPlausible,
        "\(how) at \(offset): \(trial.verdict.status) \(trial.trace.ending)")
    }
  }

  private func length(of stream: Stream, in trial: Trial) -> Int {
    stream == .ours ? trial.trace.ledger.written : trial.trace.ledger.received
  }

  private func fault(_ stream: Stream, _ offset: Int, _ how: ServerPlan.End) -> ServerPlan.Fault {
    stream == .ours ? .afterReading(offset, how) : .afterSaying(offset, how)
  }

  /// What a session can come to that was broken so; `ok` where all that mattered had been said.
  private func isPlausible(_ trial: Trial, _ how: ServerPlan.End) -> Bool {
    let verdict = trial.verdict
    // A handshake that breaks is one that failed, however it did.
    if [.ok, .tlsFailed].contains(verdict.status) { return true }
    switch how {
    case .silence: return verdict.status == .stalled
    // What it owes still comes: behind QUIT, its end.
    case .stopsReading:
      return verdict.status == .stalled || verdict.status == .closed && verdict.stage == .quit
    case .closes, .halfCloses: return [.closed, .reset].contains(verdict.status)
    case .resets: return verdict.status == .reset
    }
  }

  /// It can be read as text, and as JSON again, and says the same; the exit status is that of the contract.
  private func expectReport(_ trial: Trial, _ place: String) throws {
    let verdict = trial.verdict
    let report = SessionReport(
      tool: ToolRecord(version: "0", environment: trial.trace.environment), trace: trial.trace,
      verdict: verdict)
    let text = ReportFormat.text.render(report, style: .plain)
    #expect(text.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) }, "\(place)")
    #expect(text.count > 200, "\(place)")
    let read = try SavedReport(json: ReportFormat.json.render(report, style: .plain))
    #expect(read.report.verdict == verdict && read.trace == trial.trace, "\(place)")
    #expect(
      verdict.exitCode
        == exitCode(verdict.status, at: verdict.stage, ending: trial.trace.ending)
        && verdict.exitCode != 70 && (verdict.exitCode == 0) == (verdict.status == .ok), "\(place)")
    #expect(trial.trace.ledger.isInOrder, "\(place)")
  }
}
