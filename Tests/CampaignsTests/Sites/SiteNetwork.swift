import Probe
import SessionOptions
import SessionTrace
@testable import Simulation
import Wire

/// The network of a made-up site: any number of connections to it, on one virtual clock.
final class SiteNetwork: VirtualNetwork {
  let clock = VirtualClock()
  let wallClockAtZero: Microseconds = 1_790_000_000_000_000
  let site: Site
  /// Connections begun so far.
  private(set) var connections = 0

  private var random: SeededRandom
  private var open = 0
  /// Kept for as long as they may have something to say.
  private var links: [SiteLink] = []
  private let found: Result<[Candidate], NoCandidate>

  /// Where the site has one address, or those that are found for it.
  init(
    _ site: Site,
    found: Result<[Candidate], NoCandidate> = .success([
      Candidate(endpoint: .ip(address: "192.0.2.10", port: 25), host: "192.0.2.10")
    ])
  ) {
    self.site = site
    self.found = found
    random = SeededRandom(seed: site.seed &+ 500_009)
  }

  func soon(_ action: @escaping () -> Void) { clock.after(0, action) }

  func tracePath(
    to address: String, from local: String?, _ done: @escaping (PathLength) -> Void
  ) -> () -> Void {
    schedule(at: now + .milliseconds(2)) {
      done(PathLength(hops: 3, reporters: [HopReporter(ttl: 3, address: address)]))
    }
  }

  func candidates(
    for target: TargetPlan, family: AddressFamily, within limit: Microseconds,
    _ done: @escaping (Result<[Candidate], NoCandidate>) -> Void
  ) {
    clock.after(1_000) { [found] in done(found) }
  }

  func makeTransport() -> any Transport {
    connections += 1
    let link = SiteLink(
      site, isFaulty: isFaulty(connections), refusal: refusal(connections), clock: clock,
      random: random)
    _ = random.next()
    open += 1
    link.onEnd = { [weak self] in self?.open -= 1 }
    if links.count > 128 { links.removeFirst() }
    links.append(link)
    return link.transport
  }

  private func isFaulty(_ number: Int) -> Bool {
    switch site.occurrence {
    case .always: true
    case .byChance(let percent): random.chance(percent)
    case .everyNth(let period): number % period == 0
    case .until(let last): number <= last
    case .from(let first): number >= first
    }
  }

  private func refusal(_ number: Int) -> Site.Refusal? {
    if let lockOut = site.lockOut, number >= lockOut.from { return lockOut.how }
    if let crowd = site.crowd, open >= crowd.most { return crowd.how }
    return nil
  }
}
