import Campaigns
import Diagnosis
import Probe
import Reporting
import SessionOptions
import SessionTrace
import Testing
import Wire

@testable import Simulation

@Suite("A visit to every mail exchanger")
struct DomainCampaignTests {
  private func candidate(_ host: String, _ preference: Int, _ address: String) -> Candidate {
    Candidate(
      endpoint: .ip(address: address, port: 25), host: host, preference: preference)
  }

  private func report(
    on found: Result<[Candidate], NoCandidate>, seed: UInt64 = 1, habit: SenderHabit? = nil,
    expecting expectation: Reporting.Expectation? = nil
  ) throws -> DomainReport {
    var options = SessionOptions()
    options.tls = .off
    options.ehlo = "probe.example.org"
    let request = SessionRequest(
      target: try #require(Target("mx:example.com")), options: options)
    let network = SiteNetwork(Site(), found: found)
    let campaign = DomainCampaign(
      request, at: nil, seed: seed, arguments: ["smtpprobe"], expecting: expectation,
      describe: { _ in })
    let driver = CampaignDriver(campaign, on: network, pace: CampaignPace(jobs: 8))
    driver.start()
    network.clock.run { driver.result != nil }
    let result: Result<Bool, any Error> = try #require(driver.result)
    let conclusion = try result.get()
    return campaign.report(
      on: CampaignEnd(conclusion: conclusion, duration: network.now), asMTA: habit)
  }

  @Test("tells each address by name, preference and family, in the order of preference")
  func places() throws {
    let report = try report(
      on: .success([
        candidate("b.example.com", 20, "192.0.2.2"), candidate("a.example.com", 10, "192.0.2.1"),
        candidate("a.example.com", 10, "2001:db8::1"),
      ]))
    #expect(report.places.map(\.address) == ["192.0.2.1", "2001:db8::1", "192.0.2.2"])
    #expect(report.places.map(\.preference) == [10, 10, 20])
    #expect(report.places.allSatisfy { $0.session?.verdict.status == .ok })
    #expect(report.places.compactMap { $0.session?.trace.target.address }.count == 3)
    #expect(report.exitCode == 0 && report.isComplete)
  }

  @Test(
    "shuffles exchangers of one preference by the seed, and keeps the addresses of each together")
  func shuffles() throws {
    let hosts = ["a", "b", "c", "d"]
    let list = hosts.enumerated().flatMap { index, host in
      [
        candidate(host, 10, "192.0.2.\(index * 2)"),
        candidate(host, 10, "192.0.2.\(index * 2 + 1)"),
      ]
    }
    var orders: Set<[String]> = []
    for seed in UInt64(0)..<20 {
      let report = try report(on: .success(list), seed: seed)
      let again = try self.report(on: .success(list), seed: seed)
      #expect(report.places.map(\.address) == again.places.map(\.address))
      let order = report.places.map(\.host)
      #expect(stride(from: 0, to: 8, by: 2).allSatisfy { order[$0] == order[$0 + 1] })
      orders.insert(order)
    }
    #expect(orders.count > 5)
  }

  @Test("tells an exchanger without address as a place of its own, which cannot be reached")
  func withoutAddress() throws {
    var good = candidate("b.example.com", 20, "192.0.2.2")
    good.passedOver = [
      PassedOver(host: "a.example.com", preference: 10, reason: "a.example.com has no address")
    ]
    good.remarks = ["a.example.com has no address"]
    let report = try report(on: .success([good]))
    #expect(report.places.map(\.host) == ["a.example.com", "b.example.com"])
    #expect(report.places[0].session == nil && report.places[0].isWithoutAddress)
    #expect(report.places[0].reason == "a.example.com has no address")
    // What stands in a row of its own is no remark of another.
    #expect(report.places[1].session?.trace.notes == [])
    #expect(report.exitCode == 20)
    let postfix = SenderHabit.all.first { $0.id == "postfix" }
    #expect(try self.report(on: .success([good]), habit: postfix).exitCode == 0)
  }

  @Test("tells each exchanger by name where none has an address, and asks no session for any")
  func noneHasAnAddress() throws {
    let gone = [(20, "b.example.com"), (10, "a.example.com")].map {
      PassedOver(host: $0.1, preference: $0.0, reason: "\($0.1) has no address")
    }
    let report = try report(on: .failure(NoCandidate(.nullMX, passedOver: gone)))
    #expect(report.places.map(\.host) == ["a.example.com", "b.example.com"])
    #expect(report.places.map(\.preference) == [10, 20])
    #expect(report.places.allSatisfy { $0.isWithoutAddress && $0.session == nil })
    #expect(report.exitCode == 20 && report.isComplete)
    let text = String(decoding: ReportFormat.text.render(report, style: .plain), as: UTF8.self)
    #expect(text.hasPrefix("NO PLACE TAKES MAIL"))
    for host in ["a", "b"] { #expect(text.contains("\(host).example.com has no address")) }
    #expect(!text.contains("no address for example.com"))
    let again = try DomainReport.read(ReportFormat.json.render(report, style: .plain))
    #expect(again == report)
  }

  @Test("tells what is wrong with the names below the table, and an implicit MX in it")
  func notes() throws {
    var place = candidate("example.com", 0, "192.0.2.2")
    place.isImplicit = true
    place.passedOver = [PassedOver(host: "a.t", preference: 10, reason: "a.t has no address")]
    place.remarks = ["a.t has no address", "example.com has no MX record"]
    let report = try report(on: .success([place]))
    #expect(report.notes == ["example.com has no MX record"])
    #expect(report.places.map(\.isImplicit) == [true, false])
    let text = String(decoding: ReportFormat.text.render(report, style: .plain), as: UTF8.self)
    #expect(text.contains("  - example.com has no MX record\n"))
    #expect(text.contains("  implicit  example.com "))
    let again = try DomainReport.read(ReportFormat.json.render(report, style: .plain))
    #expect(again == report)
  }

  @Test("has places of one address one behind the other")
  func sharedAddress() throws {
    let report = try report(
      on: .success([
        candidate("a.example.com", 10, "192.0.2.1"), candidate("b.example.com", 20, "192.0.2.1"),
        candidate("c.example.com", 30, "192.0.2.3"),
      ]))
    let starts = try report.places.map { try #require($0.session?.trace.startedAt) }
    #expect(starts[0] < starts[1])
    #expect(starts[0] == starts[2])
  }

  @Test("that finds no address is one session that says why")
  func noAddress() throws {
    let report = try report(on: .failure(NoCandidate(.nullMX)))
    #expect(report.places.count == 1)
    #expect(report.places[0].session?.verdict.stage == .resolve)
    #expect(report.exitCode == 20)
  }

  @Test("holds every place to what was expected", arguments: [("ok", 0), ("stalled@mail", 1)])
  func expects(word: String, exitCode: Int) throws {
    let expectation: Reporting.Expectation? = Reporting.Expectation(word)
    let report = try report(
      on: .success([candidate("a", 10, "192.0.2.1"), candidate("b", 10, "192.0.2.2")]),
      expecting: expectation)
    #expect(report.exitCode == exitCode)
  }

  @Test("reads back as it was written")
  func readsBack() throws {
    let report = try report(on: .success([candidate("a.example.com", 10, "192.0.2.1")]))
    let again = try DomainReport.read(ReportFormat.json.render(report, style: .plain))
    #expect(again == report)
  }
}

extension DomainReport {
  fileprivate static func read(_ json: [UInt8]) throws -> DomainReport {
    guard case .domain(let report) = try SavedDocument(json: json) else {
      throw SavedReportError.notJSON("another kind")
    }
    return report
  }
}
