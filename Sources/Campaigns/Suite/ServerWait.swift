import Probe
import SessionOptions
import SessionTrace
import Wire

/// Waits until servers can be connected to: in CI they are often started a moment before.
///
/// Each place is tried by itself, once in a while, up to its greeting. One that never comes up is no error
/// here: its sessions say so.
final class ServerWait {
  private let network: any Network
  private let deadline: Microseconds
  private let done: () -> Void
  private var open: [String: SessionRequest] = [:]
  private var sessions: [String: Session] = [:]

  /// From the start of one attempt to that of the next.
  private static let interval = Microseconds.milliseconds(500)
  /// A server that took the connection is there, even if its greeting takes longer than this.
  private static let greeting = Microseconds.seconds(1)
  private static let connecting = Microseconds.seconds(5)

  /// `done` is called once, when all are there or time is over.
  init(
    _ requests: [SessionRequest], on network: any Network, atMost limit: Microseconds,
    done: @escaping () -> Void
  ) {
    self.network = network
    self.done = done
    deadline = network.now + limit
    for request in requests where !request.target.isLab {
      let place = request.options.server ?? request.target
      open["\(place.given) \(request.options.port ?? 0)"] = request
    }
  }

  func start() {
    if open.isEmpty { return network.soon(done) }
    for place in open.keys { attempt(place) }
  }

  private func attempt(_ place: String) {
    guard var request = open[place] else { return }
    let left = deadline - network.now
    request.options.change { options in
      options.data = nil
      options.messageSize = nil
      options.dropAfter = nil
      options.earlyQuit = false
      options.quitAfter = .banner
      options.timeouts.connect = max(1, min(left, Self.connecting))
      options.timeouts.reply = .fixed(Self.greeting)
    }
    guard let plan = try? request.briefPlan(at: nil) else { return settle(place) }
    let start = network.now
    let session = Session(plan: plan, network: network) { [weak self, network] trace in
      network.soon { self?.ended(place, trace, since: start) }
    }
    sessions[place] = session
    session.start()
  }

  private func ended(_ place: String, _ trace: Trace, since start: Microseconds) {
    sessions[place] = nil
    let isUp = trace.attempts.contains { $0.failure == nil }
    let next = max(network.now, start + Self.interval)
    if isUp || next >= deadline { return settle(place) }
    _ = network.schedule(at: next) { [weak self] in self?.attempt(place) }
  }

  private func settle(_ place: String) {
    open[place] = nil
    if open.isEmpty { done() }
  }
}
