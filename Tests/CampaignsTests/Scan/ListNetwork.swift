import Probe
import SessionOptions
import SessionTrace
import Wire

@testable import Simulation

/// Many made-up hosts: each name leads to addresses of a table, and a server of one kind is behind them all.
final class ListNetwork: Network {
  let servers: SiteNetwork
  /// What names lead to; a name that is not in it does not exist.
  private let addresses: [String: [String]]
  /// Lookups that are under way, and the most of them so far.
  private(set) var lookups = 0
  private(set) var mostLookups = 0

  init(_ addresses: [String: [String]], site: Site = Site()) {
    self.addresses = addresses
    servers = SiteNetwork(site)
  }

  var now: Microseconds { servers.now }
  var wallClockAtZero: Microseconds { servers.wallClockAtZero }
  func soon(_ action: @escaping () -> Void) { servers.soon(action) }
  func makeTransport() -> any Transport { servers.makeTransport() }

  func schedule(at moment: Microseconds, _ action: @escaping () -> Void) -> () -> Void {
    servers.schedule(at: moment, action)
  }

  func tracePath(
    to address: String, from local: String?, _ done: @escaping (PathLength) -> Void
  ) -> () -> Void { servers.tracePath(to: address, from: local, done) }

  func candidates(
    for target: TargetPlan, family: AddressFamily, within limit: Microseconds,
    _ done: @escaping (Result<[Candidate], NoCandidate>) -> Void
  ) {
    lookups += 1
    mostLookups = max(mostLookups, lookups)
    let found = addresses[target.name]
    servers.clock.after(2_000) { [self] in
      lookups -= 1
      guard let found else {
        done(
          .failure(
            NoCandidate(
              .notFound(
                SystemFailure(
                  call: "res_nquery", name: "NXDOMAIN", code: 3, text: "no such name")))))
        return
      }
      done(
        .success(
          found.map {
            Candidate(endpoint: .ip(address: $0, port: target.port), host: target.name)
          }))
    }
  }
}
