import CLinuxSocket
import Glibc
package import SessionTrace

/// How long the way to an address is, as far as anybody says so.
package struct PathLength: Sendable, Equatable {
  /// Hops to the address itself; `nil` when it did not answer.
  package var hops: Int?
  /// Who answered, one for each distance, in the order of distance.
  package var reporters: [HopReporter]

  package init(hops: Int? = nil, reporters: [HopReporter] = []) {
    self.hops = hops
    self.reporters = reporters
  }
}

/// Counts the routers on the way to an address: datagrams to ports where nobody listens, each of which
/// may pass one router more than the one before.
///
/// It is what traceroute(8) does, and needs no privilege: `IP_RECVERR` hands an ordinary socket the
/// ICMP messages about its own datagrams (ip(7)). Routers that say nothing, and limits on how often
/// they may speak, are the rule; so who has not answered is asked three times in all, and the path
/// counts as known only when the address itself answered.
package final class PathTracer {
  /// Distances beyond this do not occur.
  private static let farthest = 30
  /// Behind the last router that answered, so many may be silent.
  private static let longestSilence = 4
  /// The port for distance 0; traceroute's.
  private static let firstPort = 33_434
  private static let rounds = 3
  private static let pace = Microseconds.milliseconds(20)
  /// From the last datagram of a round until nobody is expected to answer any more.
  private static let patience = Microseconds.milliseconds(400)

  private let loop: EventLoop
  private let target: String
  private let family: wire_family
  private let descriptor: Descriptor
  private var token: WatchToken?
  private var timer: TimerToken?
  private var onDone: ((PathLength) -> Void)?
  private var unasked: ArraySlice<Int> = ArraySlice(1...PathTracer.farthest)
  private var round = 1
  private var answers: [Int: String] = [:]
  /// The least distance from which the address itself answered.
  private var nearest: Int?

  /// A tracer to `target`, a numeric address, that leaves from `local` where it is given.
  package init(loop: EventLoop, target: String, from local: String?) throws(WireError) {
    self.loop = loop
    self.target = target
    do {
      family = try SocketAddress(.ip(address: target, port: PathTracer.firstPort)).family
      let anywhere = family == WIRE_FAMILY_IPV6 ? "::" : "0.0.0.0"
      var from = try SocketAddress(.ip(address: local ?? anywhere, port: 0)).raw
      descriptor = Descriptor(try checked("bind", unsafe wire_datagram_socket(&from)))
      try SocketOption.errorQueue.set(1, on: descriptor.number, family)
      // Errors are reported in any case, and nothing else is waited for.
      token = try loop.watch(descriptor.number, for: [], self)
    } catch {
      throw WireError(operation: "look at the path to \(target)", failure: error.failure)
    }
  }

  deinit { cancel() }

  /// Begins; `done` is called once, later, unless ``cancel()`` comes first.
  package func start(_ done: @escaping (PathLength) -> Void) {
    onDone = done
    askNext()
  }

  /// Asks no more and tells nothing.
  package func cancel() {
    onDone = nil
    if let timer { loop.cancel(timer) }
    if let token { loop.unwatch(token, descriptor.number) }
    timer = nil
    token = nil
  }

  private func askNext() {
    guard onDone != nil else { return }
    if let distance = unasked.popFirst() {
      ask(distance)
      wait(unasked.isEmpty ? Self.patience : Self.pace)
    } else if round < Self.rounds, !unanswered.isEmpty {
      round += 1
      unasked = ArraySlice(unanswered)
      askNext()
    } else {
      finish()
    }
  }

  private func wait(_ time: Microseconds) {
    if let timer { loop.cancel(timer) }
    timer = loop.schedule(at: loop.now + time) { [weak self] in self?.askNext() }
  }

  /// Distances worth asking about that nobody has answered for.
  private var unanswered: [Int] {
    let known = answers.keys.max() ?? 0
    let last = nearest.map { $0 - 1 } ?? min(known + Self.longestSilence, Self.farthest)
    return (1...max(1, last)).filter { $0 <= last && answers[$0] == nil }
  }

  private func ask(_ distance: Int) {
    let endpoint = Endpoint.ip(address: target, port: Self.firstPort + distance)
    guard var raw = try? SocketAddress(endpoint).raw else { return }
    try? SocketOption.hopLimit.set(distance, on: descriptor.number, family)
    let bytes: [UInt8] = Array("smtpprobe".utf8)
    if unsafe wire_datagram_send(descriptor.number, bytes, bytes.count, &raw) != 0 {
      // It only told the error of an earlier datagram, which the queue has too.
      _ = unsafe wire_datagram_send(descriptor.number, bytes, bytes.count, &raw)
    }
  }

  private func take(_ item: wire_item) {
    guard item.kind == WIRE_ITEM_ICMP, case .ip(let reporter, _)? = Endpoint(item.reporter),
      case .ip(_, let port)? = Endpoint(item.destination)
    else { return }
    let distance = port - Self.firstPort
    guard (1...Self.farthest).contains(distance), answers[distance] == nil else { return }
    answers[distance] = withoutScope(reporter)
    // Whoever says that the time was exceeded is on the way, and not at its end.
    if item.is_time_exceeded == 0, withoutScope(reporter) == withoutScope(target) {
      nearest = min(nearest ?? distance, distance)
      unasked = unasked.filter { $0 < distance }[...]
    }
  }

  /// Known to its end, or not to be known: nobody is left to ask.
  private func finish() {
    let done = onDone
    let last = nearest ?? Self.farthest
    let reporters = answers.filter { $0.key <= last }.sorted { $0.key < $1.key }
    cancel()
    done?(
      PathLength(
        hops: nearest, reporters: reporters.map { HopReporter(ttl: $0.key, address: $0.value) }))
  }
}

extension PathTracer: Watcher {
  func handle(_ readiness: Readiness) {
    loop.forEachErrorItem(of: descriptor.number, take)
    _ = wire_take_error(descriptor.number)
    // As soon as everybody has spoken there is nothing to wait for.
    if nearest != nil, unanswered.isEmpty { finish() }
  }
}

/// `fe80::1%eth0` without the interface, as reporters are written.
private func withoutScope(_ address: String) -> String {
  String(address.prefix { $0 != "%" })
}
