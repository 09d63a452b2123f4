import Diagnosis
import SessionOptions
import SessionTrace
import Testing

@testable import Campaigns

@Suite("Before the first connection")
struct CampaignWordsTests {
  private func request(
    _ target: String = "192.0.2.10", _ change: (inout SessionOptions) -> Void = { _ in }
  ) throws -> SessionRequest {
    var options = SessionOptions()
    options.tls = .off
    change(&options)
    return SessionRequest(target: try #require(Target(target)), options: options)
  }

  @Test("a sweep says how many connections it makes, how fast, and what it cannot do")
  func sweepAnnouncement() throws {
    let setup = try SweepSetup(option: .envelopeSize, range: 1...60, of: request())
    let plan = SweepPlan(option: .envelopeSize, range: setup.range)
    let smallest = setup.range.lowerBound
    #expect(
      setup.announcement(of: plan, CampaignPace(jobs: 8))
        == "smtpprobe: \(plan.firstValues.count) connections first, \(plan.sessionLimit) at most,"
        + " 8 at a time; the smallest envelope has \(smallest) bytes\n")
    let mail = try SweepSetup(option: .messageSize, range: 1...60, of: request())
    #expect(
      mail.announcement(of: plan, CampaignPace(jobs: 1)).hasSuffix(
        "1 at a time; each delivers a message\n"))
  }

  @Test("the preview of a sweep lists its values in lines of 80 columns")
  func sweepPreview() throws {
    let setup = try SweepSetup(option: .split, range: 1...64, of: request())
    let plan = SweepPlan(option: .split, range: setup.range)
    let lines = setup.preview(of: plan).split(separator: "\n").map(String.init)
    #expect(lines.prefix(2) == ["target     192.0.2.10", "option     --split 1..64"])
    #expect(lines.last == "no connection was opened")
    #expect(lines.allSatisfy { $0.count <= 80 })
    let values = lines.drop { !$0.hasPrefix("values") }.dropLast()
      .flatMap { $0.split(separator: " ").compactMap { Int($0) } }
    #expect(values == plan.firstValues)
  }

  @Test("a diagnosis says how many connections it makes, and which experiments it may")
  func diagnosis() throws {
    let setup = DiagnoseSetup(try request())
    #expect(
      setup.announcement(limit: 400, CampaignPace(jobs: 4))
        == "smtpprobe: 4 connections if nothing is wrong, 400 at most, 4 at a time\n")
    let preview = try setup.preview(limit: 1)
    #expect(preview.contains("most       1 connection\n"))
    #expect(preview.contains("silence in the place of a greeting:\n"))
    #expect(preview.hasSuffix("no connection was opened\n"))
    let mail = DiagnoseSetup(try request { $0.messageSize = 100 })
    #expect(
      mail.announcement(limit: 9, CampaignPace(jobs: 4)).hasSuffix("; each delivers a message\n"))
  }

  @Test("of many sessions that fail, those of the lowest values are kept, the first of each")
  func lowestFailures() {
    var failures = LowestFailures()
    func trace(_ name: String) -> Trace {
      Trace(startedAt: name, arguments: [], target: TargetRecord(given: "", host: "", port: nil))
    }
    for value in (1...100).reversed() { failures.add(trace("first \(value)"), at: value) }
    failures.add(trace("second"), at: 7)
    #expect(failures[7]?.startedAt == "first 7")
    #expect((1...100).filter { failures[$0] != nil } == Array(1...LowestFailures.kept))
  }
}
