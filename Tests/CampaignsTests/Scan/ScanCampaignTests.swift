import Diagnosis
import Glibc
import Probe
import Reporting
import SessionOptions
import SessionTrace
import TestSupport
import Testing
import Wire

@testable import Campaigns
@testable import Simulation

/// Scans of made-up hosts on a virtual clock.
@Suite("A scan")
struct ScanCampaignTests {
  /// What a run wrote, and the campaign behind it.
  struct Run {
    var results: [JSONValue]
    var tally: ScanTally
    var isComplete: Bool

    var targets: [String] { results.compactMap { $0["target"]?.text } }

    func count(_ status: String) -> Int { results.count { $0["status"]?.text == status } }
  }

  private func setup(_ lines: [String], shard: Shard = .whole) throws -> ScanSetup {
    var options = SessionOptions()
    options.tls = .off
    options.ehlo = "probe.example.org"
    options.timeouts.reply = .fixed(.seconds(1))
    return try ScanSetup(
      TargetList(Array(lines.joined(separator: "\n").utf8), name: "hosts.txt"), options: options,
      shard: shard)
  }

  private func run(
    _ setup: ScanSetup, on network: ListNetwork, pace: CampaignPace = CampaignPace(jobs: 50),
    rules: AddressGate.Rules = AddressGate.Rules(lookups: 50, interval: 0), seed: UInt64 = 1,
    journal: ScanJournal? = nil, stopAfter limit: Int? = nil
  ) throws -> Run {
    var lines: [[UInt8]] = []
    let campaign = ScanCampaign(
      setup, seed: seed, window: pace.jobs * 8, journal: journal
    ) {
      lines.append($0)
      return nil
    }
    let driver = CampaignDriver(
      campaign, on: network, pace: pace, through: AddressGate(network: network, rules: rules))
    driver.start()
    network.servers.clock.run {
      if let limit, lines.count >= limit { driver.stop() }
      return driver.result != nil
    }
    let result = try #require(driver.result)
    return Run(
      results: try lines.map { try JSONValue($0[...]) }, tally: campaign.tally,
      isComplete: try result.get())
  }

  private func hosts(_ count: Int, sharing: Int = 1) -> (lines: [String], network: ListNetwork) {
    let names = (0..<count).map { "mx\($0).example.org" }
    let table = names.enumerated().map { ($1, ["198.51.100.\($0 / sharing)"]) }
    return (names, ListNetwork(Dictionary(uniqueKeysWithValues: table)))
  }

  @Test("visits every target once, in an order that its seed repeats, and tells each at once")
  func order() throws {
    let (lines, network) = hosts(100)
    let one = try run(setup(lines), on: network, pace: CampaignPace(jobs: 1))
    #expect(Set(one.targets) == Set(lines) && one.results.count == 100 && one.isComplete)
    #expect(one.count("ok") == 100 && one.tally.ok == 100)
    #expect(one.targets != lines)
    #expect(
      try run(setup(lines), on: hosts(100).network, pace: CampaignPace(jobs: 1)).targets
        == one.targets)
    let other = try run(
      setup(lines), on: hosts(100).network, pace: CampaignPace(jobs: 1), seed: 2)
    #expect(other.targets != one.targets)
  }

  @Test("does not ask when writes left, which none of its results tells")
  func sendingTimes() throws {
    let campaign = try ScanCampaign(setup(["mx.example.org"]), seed: 1, window: 1) { _ in nil }
    guard case .run(let plan, _) = campaign.session(for: 0) else {
      Issue.record("no session is planned")
      return
    }
    #expect(!plan.timesSending)
  }

  @Test("tells a name that leads nowhere, with the tag of its line")
  func unknownName() throws {
    let run = try run(
      setup([#"{"target": "none.example.org", "tag": [1.0]}"#]), on: ListNetwork([:]))
    let result = try #require(run.results.first)
    guard case .object(let members) = result else { return }
    #expect(members.first?.name == "status" && result["status"]?.text == "unreachable")
    #expect(result["stage"]?.text == "resolve" && result["exit_code"]?.integer == 20)
    #expect(members.first { $0.name == "tag" }.map { Array($0.written) } == Array("[1.0]".utf8))
  }

  /// When each session was at work, by address.
  private func spans(_ run: Run) -> [String: [ClosedRange<Int>]] {
    var spans: [String: [ClosedRange<Int>]] = [:]
    for result in run.results {
      guard let address = result["address"]?.text, let start = result["started_at"]?.text,
        let duration = result["duration_us"]?.integer
      else { continue }
      let parts = start.split { !$0.isNumber }.compactMap { Int($0) }
      let moment = ((parts[3] * 60 + parts[4]) * 60 + parts[5]) * 1_000_000 + parts[6]
      spans[address, default: []].append(moment...moment + duration)
    }
    return spans
  }

  /// The most that were at work at one moment.
  private func most(_ spans: [ClosedRange<Int>]) -> Int {
    spans.map { one in
      spans.count { $0.lowerBound <= one.lowerBound && one.lowerBound < $0.upperBound }
    }.max() ?? 0
  }

  @Test(
    "has as many connections to an address as it may, and to all as many as jobs",
    arguments: [1, 3])
  func perHost(limit: Int) throws {
    let (lines, network) = hosts(60, sharing: 10)
    let run = try run(
      setup(lines), on: network, pace: CampaignPace(jobs: 12),
      rules: AddressGate.Rules(lookups: 7, perAddress: limit, interval: 0))
    let spans = spans(run)
    #expect(run.count("ok") == 60 && spans.count == 6)
    for (_, spans) in spans { #expect(most(spans) == limit) }
    #expect(most(Array(spans.values.joined())) == min(12, 6 * limit))
    #expect(network.mostLookups == 7)
  }

  @Test("holds every address that a session may go on to")
  func severalAddresses() throws {
    let network = ListNetwork([
      "a": ["192.0.2.1", "192.0.2.2"], "b": ["192.0.2.2", "192.0.2.3"], "c": ["192.0.2.3"],
    ])
    let run = try run(setup(["a", "b", "c"]), on: network)
    let spans = spans(run)
    let a = try #require(spans["192.0.2.1"]?.first)
    let b = try #require(spans["192.0.2.2"]?.first)
    let c = try #require(spans["192.0.2.3"]?.first)
    #expect(most([a, b]) == 1 && most([b, c]) == 1 && run.count("ok") == 3)
  }

  @Test("leaves half a second between two sessions to an address of another host")
  func politeness() throws {
    let (lines, network) = hosts(10, sharing: 5)
    let run = try run(setup(lines), on: network, rules: AddressGate.Rules(lookups: 50))
    for (_, spans) in spans(run) {
      let starts = spans.map(\.lowerBound).sorted()
      #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 >= 500_000 })
    }
    #expect(run.count("ok") == 10 && network.now < 5_000_000)
  }

  @Test("begins no more sessions a second than its rate")
  func rate() throws {
    let (lines, network) = hosts(30)
    let run = try run(
      setup(lines), on: network, pace: CampaignPace(jobs: 50, interval: 100_000))
    let starts = spans(run).values.joined().map(\.lowerBound).sorted()
    // Ten intervals have eleven ends.
    for start in starts { #expect(starts.count { (start...start + 1_000_000).contains($0) } <= 11) }
    #expect(starts.count == 30 && network.now < 4_000_000)
  }

  @Test("never connects to a network that is left alone, whatever a name leads to")
  func exclusion() throws {
    var excluded = NetworkList()
    let isNetwork = excluded.add("198.51.100.0/31")
    #expect(isNetwork)
    let network = ListNetwork([
      "in": ["198.51.100.1"], "both": ["198.51.100.0", "203.0.113.1"], "out": ["198.51.100.2"],
    ])
    let run = try run(
      setup(["in", "both", "out"]), on: network,
      rules: AddressGate.Rules(lookups: 1, interval: 0, excluded: excluded))
    #expect(run.count("excluded") == 1 && run.count("ok") == 2 && run.isComplete)
    #expect(Set(spans(run).keys) == ["203.0.113.1", "198.51.100.2"])
    let left = try #require(run.results.first { $0["status"]?.text == "excluded" })
    #expect(left["target"]?.text == "in" && left["exit_code"] == .null)
    #expect(left["summary"]?.text?.contains("198.51.100.1") == true)
  }

  @Test("in shards visits every target in one of them")
  func shards() throws {
    let (lines, _) = hosts(90)
    var seen: [String] = []
    var plans: Set<String> = []
    for number in 1...4 {
      let setup = try setup(lines, shard: #require(Shard(number, of: 4)))
      plans.insert(setup.plan)
      let run = try run(setup, on: hosts(90).network)
      #expect(run.isComplete && run.results.count == setup.members.count)
      seen += run.targets
    }
    #expect(seen.sorted() == lines.sorted() && plans.count == 1)
  }

  @Test("that ends early goes on where it was, even behind half a line", arguments: [nil, 1, 20])
  func resumes(cut: Int?) throws {
    let (lines, _) = hosts(50)
    let file = try Scratch([])
    let setup = try setup(lines)
    let before = try journalled(setup, file.path, seed: 7, stopAfter: 20).run
    #expect(!before.isComplete && before.results.count >= 20 && before.results.count < 50)
    if let cut { try shorten(file.path, by: cut) }
    let (after, seed) = try journalled(setup, file.path, seed: 9)
    #expect(seed == 7 && after.isComplete && after.tally.done == 50 && after.tally.ok == 50)
    #expect(Set(before.targets + after.targets) == Set(lines))
    // Of the line that was cut short, the target is visited again; without its end alone it is whole.
    #expect(before.results.count + after.results.count == ((cut ?? 0) > 1 ? 51 : 50))
    let last = try ScanJournal(path: file.path, setup: setup)
    #expect(last.pending.count == 0 && last.tally.ok == 50)
  }

  /// A run that keeps a journal, which is closed when it ends.
  private func journalled(
    _ setup: ScanSetup, _ path: String, seed: UInt64, stopAfter limit: Int? = nil
  ) throws -> (run: Run, seed: UInt64?) {
    let journal = try ScanJournal(path: path, setup: setup)
    try journal.begin(seed: seed)
    let run = try run(
      setup, on: hosts(50).network, seed: journal.seed ?? 0, journal: journal, stopAfter: limit)
    return (run, journal.seed)
  }

  /// What a kill in the middle of a write leaves.
  private func shorten(_ path: String, by bytes: Int) throws {
    let size = try InputFile(path: path).size ?? 0
    #expect(unsafe truncate(path, size - bytes) == 0)
  }

  @Test("refuses the journal of another list, of another shard, and what is none")
  func foreignJournals() throws {
    let lines = hosts(5).lines
    let file = try Scratch([])
    try ScanJournal(path: file.path, setup: setup(lines)).begin(seed: 1)
    let shard = try #require(Shard(1, of: 2))
    for other in [try setup(lines + ["mx.example.com"]), try setup(lines, shard: shard)] {
      #expect(throws: ExitMessage.self) { try ScanJournal(path: file.path, setup: other) }
    }
    let list = try Scratch(Array("mx.example.org\n".utf8))
    #expect(throws: ExitMessage.self) { try ScanJournal(path: list.path, setup: setup(lines)) }
    let cut = try Scratch(Array(#"{"kind":"scan_j"#.utf8))
    #expect(try ScanJournal(path: cut.path, setup: setup(lines)).pending.count == 5)
  }

  @Test(
    "refuses a bad line before anything is sent, by file and line",
    arguments: [
      (["a", "", "b --prt 5"], "hosts.txt:3: no option --prt; did you mean --port?"),
      (["a", "# x", "lab:nothing-such"], "hosts.txt:3: no fixture is called"),
      (["a --tls off --tls-record-size 100"], "--tls-record-size needs TLS"),
      (["a", "b --data /nonexistent"], "hosts.txt:2: --data /nonexistent"),
      (["a", "b --data - --yes"], "hosts.txt:2: --yes is about a report"),
      (["a", "b --data -"], "hosts.txt:2: --data - can be read once"),
      (["unix:/run/x --port 25"], "hosts.txt:1: --port 25 beside unix:/run/x"),
      (["a", "b --message-size 5"], "hosts.txt:2: a session delivers a message to b: say --yes"),
    ])
  func badLines(lines: [String], problem: String) {
    let error = #expect(throws: ExitMessage.self) { try setup(lines) }
    #expect(error?.text.contains(problem) == true, "\(error?.text ?? "")")
  }
}
