package import Probe
package import SessionTrace

/// Many sessions on one network, some at a time, and never begun faster than a rate.
///
/// Experiments need sessions by the hundred; a mail server of somebody else must not be hammered.
/// Sessions begin in the order in which they were submitted.
package final class SessionPool {
  /// Sessions begun so far.
  package private(set) var begun = 0
  /// Sessions submitted that have not ended.
  package var open: Int { waiting.count + playing.count }

  private struct Entry {
    let plan: SessionPlan
    let network: any Network
    let done: (Trace) -> Void
  }

  private let network: any Network
  private let jobs: Int
  private let interval: Microseconds
  private var waiting = Fifo<Entry>()
  private var playing: [Int: Session] = [:]
  private var nextStart: Microseconds
  private var cancelTimer: (() -> Void)?

  /// At most `jobs` at a time, and `interval` from the start of one session to that of the next.
  package init(network: any Network, jobs: Int, interval: Microseconds) {
    self.network = network
    self.jobs = jobs
    self.interval = interval
    nextStart = network.now
  }

  /// Runs a session when its turn comes; `done` is called once, from the loop and not from within the
  /// session, unless the pool is abandoned first. `network` is where, if not on the pool's own.
  package func submit(
    _ plan: SessionPlan, on network: (any Network)? = nil, _ done: @escaping (Trace) -> Void
  ) {
    waiting.append(Entry(plan: plan, network: network ?? self.network, done: done))
    begin()
  }

  /// Begins no more, ends what is under way, and tells nothing of it.
  package func abandon() {
    cancelTimer?()
    cancelTimer = nil
    waiting.removeAll()
    let sessions = playing.values
    playing = [:]
    for session in sessions { session.interrupt(signal: 15) }
  }

  private func begin() {
    while playing.count < jobs, !waiting.isEmpty, cancelTimer == nil {
      guard network.now >= nextStart else {
        cancelTimer = network.schedule(at: nextStart) { [weak self] in
          self?.cancelTimer = nil
          self?.begin()
        }
        return
      }
      nextStart = max(nextStart + interval, network.now)
      if let entry = waiting.popFirst() { play(entry) }
    }
  }

  private func play(_ entry: Entry) {
    begun += 1
    let number = begun
    let session = Session(plan: entry.plan, network: entry.network) { [weak self, network] trace in
      // Not from within the session, which must not be let go while it is at work.
      network.soon { self?.finish(number, entry, trace) }
    }
    playing[number] = session
    session.start()
  }

  private func finish(_ number: Int, _ entry: Entry, _ trace: Trace) {
    guard playing.removeValue(forKey: number) != nil else { return }
    entry.done(trace)
    begin()
  }
}
