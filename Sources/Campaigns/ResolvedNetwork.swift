package import Probe
package import SessionOptions
package import SessionTrace
package import Wire

/// A network on which one target has been looked up already.
package final class ResolvedNetwork: Network {
  private let network: any Network
  private let target: TargetPlan
  private let found: Result<[Candidate], NoCandidate>

  /// Where nothing is connected to, whatever leads there.
  private let excluded: NetworkList

  init(
    _ network: any Network, target: TargetPlan, found: Result<[Candidate], NoCandidate>,
    excluding excluded: NetworkList = NetworkList()
  ) {
    self.network = network
    self.target = target
    self.found = found
    self.excluded = excluded
  }

  package var now: Microseconds { network.now }
  package var wallClockAtZero: Microseconds { network.wallClockAtZero }

  package func makeTransport() -> any Transport { network.makeTransport() }

  package func schedule(at moment: Microseconds, _ action: @escaping () -> Void) -> () -> Void {
    network.schedule(at: moment, action)
  }

  package func soon(_ action: @escaping () -> Void) { network.soon(action) }

  package func tracePath(
    to address: String, from local: String?, _ done: @escaping (PathLength) -> Void
  ) -> () -> Void { network.tracePath(to: address, from: local, done) }

  package func candidates(
    for target: TargetPlan, family: AddressFamily, within limit: Microseconds,
    _ done: @escaping (Result<[Candidate], NoCandidate>) -> Void
  ) {
    // A policy host is another place.
    guard target == self.target else {
      return network.candidates(for: target, family: family, within: limit) { [excluded] found in
        done(found.map { candidates in candidates.filter { !excluded.holds($0.endpoint) } })
      }
    }
    network.soon { [found] in done(found) }
  }

  package func texts(
    of name: String, nameServer: Endpoint?, within limit: Microseconds,
    _ done: @escaping (Result<[[UInt8]], ResolveFailure>) -> Void
  ) { network.texts(of: name, nameServer: nameServer, within: limit, done) }

  package var policies: PolicyMemory { network.policies }

  package func ask(
    _ question: SecureQuestion, by validator: ValidatorPlan, within limit: Microseconds,
    _ done: @escaping (SecureAnswer) -> Void
  ) { network.ask(question, by: validator, within: limit, done) }
}
