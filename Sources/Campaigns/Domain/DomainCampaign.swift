package import Diagnosis
package import Probe
package import Reporting
import SessionOptions
package import SessionTrace
package import Wire

/// A session with every address of every mail exchanger of a domain, or of one host.
package final class DomainCampaign: Campaign {
  package var machine = DomainMachine(lanes: [])

  private let request: SessionRequest
  private let server: ServerPlace?
  private let arguments: [String]
  private let expectation: Expectation?
  private let seed: UInt64
  private let describe: (inout Trace) -> Void
  private var origin: CampaignOrigin
  private var stops: [Stop] = []
  private var base: (any Network)?
  /// What was learnt of names that no row says.
  private var notes: [String] = []
  /// Why no address is known; `nil` where one is.
  private var nothing: NoCandidate?

  /// A place in the order in which a sender tries them, and what is known of it so far.
  fileprivate struct Stop {
    var host: String
    var preference: Int?
    /// `nil` for an exchanger without an address.
    var candidate: Candidate?
    var reason: String?
    var report: SessionReport?
  }

  /// `server` is where the fixture is found, `seed` orders exchangers of one preference, `arguments` are what was
  /// typed, `describe` adds what the host says of itself.
  package init(
    _ request: SessionRequest, at server: ServerPlace?, seed: UInt64, arguments: [String],
    expecting expectation: Expectation? = nil,
    describe: @escaping (inout Trace) -> Void = { $0.addHostFacts() }
  ) {
    self.request = request
    self.server = server
    self.seed = seed
    self.arguments = arguments
    self.expectation = expectation
    self.describe = describe
    origin = CampaignOrigin(given: request.target.given, describe: describe)
  }

  package func prepare(on network: any Network, _ ready: @escaping () -> Void) throws {
    base = network
    let plan = try request.briefPlan(at: server)
    network.candidates(for: plan.target, family: plan.family, within: plan.timeouts.connect) {
      [weak self] found in
      self?.begin(with: found, name: plan.target.name)
      ready()
    }
  }

  private func begin(with found: Result<[Candidate], NoCandidate>, name: String) {
    switch found {
    case .failure(let nothing):
      self.nothing = nothing
      notes = nothing.remarks.filter { !nothing.passedOver.map(\.reason).contains($0) }
      stops = nothing.passedOver.isEmpty ? [Stop(host: name)] : nothing.passedOver.map(Stop.init)
      order()
    case .success(let candidates) where candidates.isEmpty:
      stops = [Stop(host: name)]
    case .success(let candidates):
      notes = candidates.flatMap { alone($0).remarks }
      stops = candidates.flatMap { candidate in
        candidate.passedOver.map(Stop.init) + [
          Stop(host: candidate.host, preference: candidate.preference, candidate: candidate)
        ]
      }
      order()
    }
    var lanes: [[Int]] = []
    for (number, stop) in stops.enumerated() where stop.reason == nil {
      let same = lanes.firstIndex { lane in
        lane.first.flatMap { stops[$0].candidate?.endpoint } == stop.candidate?.endpoint
      }
      if let same { lanes[same].append(number) } else { lanes.append([number]) }
    }
    machine = DomainMachine(lanes: lanes)
  }

  /// By preference, exchangers of the same one shuffled (RFC 5321 section 5.1), the addresses of each in the
  /// order of the system.
  private func order() {
    var hosts: [String] = []
    for stop in stops where !hosts.contains(stop.host) { hosts.append(stop.host) }
    let permutation = Permutation(count: max(1, hosts.count), seed: seed)
    let place = Dictionary(uniqueKeysWithValues: hosts.indices.map { (hosts[$0], permutation[$0]) })
    stops = stops.enumerated().sorted { left, right in
      let (first, second) = (left.element, right.element)
      return (first.preference ?? 0, place[first.host] ?? 0, left.offset)
        < (second.preference ?? 0, place[second.host] ?? 0, right.offset)
    }.map(\.element)
  }

  package func session(for number: Int) throws -> PlannedSession {
    guard let base else { return .impossible("no network") }
    let stop = stops[number]
    let found: Result<[Candidate], NoCandidate> =
      if let candidate = stop.candidate {
        .success([alone(candidate)])
      } else if let nothing {
        .failure(nothing)
      } else {
        .success([])
      }
    let plan = try request.plan(at: server, arguments: arguments)
    return .run(plan, on: ResolvedNetwork(base, target: plan.target, found: found))
  }

  package func words(for number: Int) -> String {
    "at \(escapedText(stops[number].host.utf8))"
  }

  /// Without what was learnt of others on the way there: that stands in rows of its own.
  private func alone(_ candidate: Candidate) -> Candidate {
    var candidate = candidate
    let others = candidate.passedOver.map(\.reason)
    candidate.remarks.removeAll(where: others.contains)
    return candidate
  }

  package func take(_ trace: inout Trace, of number: Int) -> Verdict {
    origin.note(trace)
    describe(&trace)
    let report = SessionReport(of: trace, expecting: expectation)
    stops[number].report = report
    return report.verdict
  }

  package func leaveOut(_ number: Int, _ reason: LeavingOut) { stops[number].reason = reason.text }

  /// The report on what there is; `habit` is the sender whose way decides.
  package func report(
    on end: CampaignEnd<Bool>, asMTA habit: SenderHabit?
  ) -> DomainReport {
    let facts = origin.facts
    return DomainReport(
      tool: facts.tool, startedAt: origin.startedAt, duration: end.duration,
      arguments: request.shown(arguments).map { escapedText($0.utf8) },
      given: request.target.given, seed: seed, habit: habit,
      isComplete: end.conclusion,
      places: stops.map { stop in
        ReportedPlace(
          host: stop.host, preference: stop.preference,
          isImplicit: stop.candidate?.isImplicit == true, address: stop.candidate.map(\.place),
          reason: stop.report == nil ? stop.reason ?? "not visited: stopped before" : nil,
          isWithoutAddress: stop.candidate == nil && stop.report == nil && stop.reason != nil,
          session: stop.report)
      }, notes: notes)
  }
}

extension DomainCampaign.Stop {
  fileprivate init(_ exchanger: PassedOver) {
    host = exchanger.host
    preference = exchanger.preference
    reason = exchanger.reason
  }
}

extension Candidate {
  /// The address in numbers, or the path.
  fileprivate var place: String {
    switch endpoint {
    case .ip(let address, _): address
    case .unix(let path): path
    }
  }
}
