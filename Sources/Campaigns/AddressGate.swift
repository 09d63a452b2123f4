package import Probe
import SessionOptions
package import SessionTrace
import Wire

/// Where sessions with targets of their own wait: until their names are looked up, and until the addresses
/// they may connect to have room for one more.
///
/// A session that may go on to a second address when the first does not answer holds both from the start, so
/// that an address never has more connections than it is allowed, whoever its sessions were meant for.
package final class AddressGate {
  /// What is allowed.
  package struct Rules: Sendable {
    /// Names looked up at a time.
    package var lookups: Int
    /// Connections to an address at a time.
    package var perAddress: Int
    /// From the start of a session to that of the next with the same address, this host's own apart.
    package var interval: Microseconds
    package var excluded: NetworkList

    package init(
      lookups: Int, perAddress: Int = 1, interval: Microseconds = .milliseconds(500),
      excluded: NetworkList = NetworkList()
    ) {
      self.lookups = lookups
      self.perAddress = perAddress
      self.interval = interval
      self.excluded = excluded
    }
  }

  /// What becomes of a session.
  package enum Admission {
    case open(Pass)
    /// It may go nowhere, and why.
    case barred(String)
  }

  /// The right to connect to some addresses, on a network that knows them.
  package struct Pass {
    package let network: any Network
    fileprivate let places: [Place]
  }

  /// What counts as one server: an address, or a socket of this host.
  fileprivate enum Place: Hashable {
    case address(String)
    case server(Endpoint)
  }

  private struct Waiter {
    let pass: Pass
    let done: (Admission) -> Void
  }

  private struct Lane {
    var busy = 0
    var waiting = Fifo<Waiter>()
  }

  private let network: any Network
  private let rules: Rules
  private var unresolved = Fifo<(plan: SessionPlan, done: (Admission) -> Void)>()
  private var lookups = 0
  private var lanes: [Place: Lane] = [:]

  package init(network: any Network, rules: Rules) {
    self.network = network
    self.rules = rules
  }

  /// Tells once, later, what becomes of a session, unless the gate is abandoned first.
  package func admit(_ plan: SessionPlan, _ done: @escaping (Admission) -> Void) {
    unresolved.append((plan, done))
    lookUp()
  }

  /// A session is over that took so long: its addresses have room again, now or after a while.
  package func leave(_ pass: Pass, after duration: Microseconds) {
    let rest = rules.interval - duration
    for place in pass.places {
      guard rest > 0, !place.isOnThisHost else {
        release(place)
        continue
      }
      _ = network.schedule(at: network.now + rest) { [weak self] in self?.release(place) }
    }
  }

  /// Admits nobody any more.
  package func abandon() {
    unresolved.removeAll()
    lanes = [:]
  }

  private func lookUp() {
    while lookups < rules.lookups, let (plan, done) = unresolved.popFirst() {
      lookups += 1
      let isLab = Target(plan.target.given)?.isLab ?? false
      network.candidates(
        for: plan.target, family: plan.family, within: plan.timeouts.connect
      ) { [weak self] found in
        guard let self else { return }
        lookups -= 1
        resolved(found, of: plan.target, isLab: isLab, done)
        lookUp()
      }
    }
  }

  private func resolved(
    _ found: Result<[Candidate], NoCandidate>, of target: TargetPlan, isLab: Bool,
    _ done: @escaping (Admission) -> Void
  ) {
    guard case .success(let candidates) = found else {
      let resolved = ResolvedNetwork(
        network, target: target, found: found, excluding: rules.excluded)
      done(.open(Pass(network: resolved, places: [])))
      return
    }
    let allowed = candidates.filter { !rules.excluded.holds($0.endpoint) }
    if allowed.isEmpty, let first = candidates.first {
      let others = candidates.count - 1
      done(
        .barred(
          "\(first.endpoint.place.text)\(others > 0 ? " and \(others) more" : "")"
            + " in networks that are left alone (--exclude)"))
      return
    }
    let pass = Pass(
      network: ResolvedNetwork(
        network, target: target, found: .success(allowed), excluding: rules.excluded),
      // Servers of our own share an address, and nothing else.
      places: isLab
        ? allowed.map { .server($0.endpoint) } : Array(Set(allowed.map(\.endpoint.place))))
    enter(Waiter(pass: pass, done: done))
  }

  private func enter(_ waiter: Waiter) {
    let full = waiter.pass.places.first { lanes[$0, default: Lane()].busy >= rules.perAddress }
    if let full {
      lanes[full, default: Lane()].waiting.append(waiter)
      return
    }
    for place in waiter.pass.places { lanes[place, default: Lane()].busy += 1 }
    waiter.done(.open(waiter.pass))
  }

  private func release(_ place: Place) {
    guard lanes[place] != nil else { return }
    lanes[place]?.busy -= 1
    // Whoever waits for another of its addresses too may go on to wait there.
    while let waiter = nextWaiter(at: place) { enter(waiter) }
    if let lane = lanes[place], lane.busy == 0, lane.waiting.isEmpty { lanes[place] = nil }
  }

  /// Whose turn it is, where there is room. Taken in place: of a lane that is held beside, all who wait would be copied.
  private func nextWaiter(at place: Place) -> Waiter? {
    guard let busy = lanes[place]?.busy, busy < rules.perAddress else { return nil }
    return lanes[place]?.waiting.popFirst()
  }
}

extension Endpoint {
  fileprivate var place: AddressGate.Place {
    switch self {
    case .ip(let address, _): .address(address)
    case .unix: .server(self)
    }
  }
}

extension AddressGate.Place {
  var text: String {
    switch self {
    case .address(let address): address
    case .server(let endpoint): endpoint.description
    }
  }

  var isOnThisHost: Bool {
    switch self {
    case .address(let address): address == "::1" || address.hasPrefix("127.")
    case .server: true
    }
  }
}
