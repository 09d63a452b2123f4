import CLinuxSocket
import Glibc
package import SessionTrace

/// One thread, epoll and deadlines, shared by any number of sessions, listeners and fixtures.
///
/// A turn is always in this order: wait for the kernel, serve what it reports, fire the timers that
/// are due, then run the actions that were put off with ``soon(_:)`` before the turn began. A
/// session that writes one piece a turn can therefore rely on the in-process server having read
/// the piece before. Handlers may close any socket, their own and those later in the same batch,
/// and set and cancel timers.
///
/// The loop holds sockets weakly: who makes one keeps it.
package final class EventLoop {
  /// Wall clock when ``now`` was 0: microseconds since the epoch.
  ///
  /// Paired once, because the kernel stamps packets with `CLOCK_REALTIME` while deadlines must not
  /// follow when someone sets that clock.
  package let wallClockAtZero: Microseconds

  /// Where bytes land before they are copied to the size they have; shared by all sockets.
  var readBuffer = [UInt8](repeating: 0, count: 65536)
  private var errorItems = [wire_item](repeating: wire_item(), count: Int(WIRE_MOST_ITEMS))

  private let epoll: Descriptor
  private var clock: LoopClock
  private var watchers: [UInt64: WeakWatcher] = [:]
  private var lastWatcher: UInt64 = 0
  private var events = [wire_event](repeating: wire_event(), count: 64)
  private var timers = TimerQueue()
  private var postponed: [() -> Void] = []
  private var signals: [SignalWatcher] = []

  /// A loop with nothing on it; its clock starts at 0.
  ///
  /// With `forgivesStalls` the time in which it did not get to run does not count: for a lab, where
  /// both ends of a session stand on it. See ``LoopClock``.
  package init(forgivesStalls: Bool = false) throws(WireError) {
    var zero: Int64 = 0
    wallClockAtZero = unsafe wire_realtime_us(&zero)
    // More than a turn takes, and less than any delay that somebody measures.
    clock = LoopClock(zero: zero, margin: forgivesStalls ? .milliseconds(10) : nil)
    do {
      epoll = Descriptor(try checked("epoll_create1", wire_epoll_create()))
    } catch {
      throw WireError(operation: "make an event loop", failure: error.failure)
    }
  }

  /// Microseconds since the loop was made, monotonic; less what was forgiven.
  package var now: Microseconds { clock.now(at: wire_monotonic_us()) }

  /// Microseconds since the loop was made, whatever was forgiven.
  package var realNow: Microseconds { wire_monotonic_us() - clock.zero }

  /// Runs an action once at a moment of ``now``, or as soon as possible when that has passed.
  @discardableResult
  package func schedule(at moment: Microseconds, _ action: @escaping () -> Void) -> TimerToken {
    timers.add(at: moment, action)
  }

  /// Forgets a timer; one that has fired is ignored.
  package func cancel(_ token: TimerToken) {
    timers.cancel(token)
  }

  /// Runs an action at the end of the next turn, after everything that can be read has been served.
  package func soon(_ action: @escaping () -> Void) {
    postponed.append(action)
  }

  /// Turns until the condition holds; it is asked before every turn.
  ///
  /// Throws when waiting fails, and `EDEADLK` when nothing is left that could ever end the wait.
  package func run(until isDone: () -> Bool) throws(WireError) {
    while !isDone() {
      guard !watchers.isEmpty || !timers.isEmpty || !postponed.isEmpty else {
        throw WireError(
          operation: "wait for events", failure: SystemFailure(call: "epoll_wait", errno: EDEADLK))
      }
      try turn()
    }
    clock.expect(atMost: nil, at: wire_monotonic_us())
  }

  /// Calls back when one of these signals arrives, instead of the signal's usual effect.
  ///
  /// They are blocked for this thread until the loop goes; so make it before any other thread.
  /// Source: signalfd(2).
  package func onSignals(_ numbers: [Int32], _ handler: @escaping (Int32) -> Void) throws(WireError)
  {
    do {
      let watcher = try SignalWatcher(numbers, handler)
      _ = try watch(watcher.descriptor.number, for: .readable, watcher)
      signals.append(watcher)
    } catch {
      throw WireError(operation: "watch signals", failure: error.failure)
    }
  }

  private func turn() throws(WireError) {
    let actions = postponed
    postponed = []
    let timeout = actions.isEmpty ? timeToNextTimer() : 0
    clock.expect(atMost: timeout < 0 ? nil : timeout, at: wire_monotonic_us())
    let events = try wait(atMost: timeout)
    clock.expect(atMost: 0, at: wire_monotonic_us())
    for event in events {
      // Gone when a handler before it in the batch closed the socket: the token is never reused.
      watchers[event.token]?.watcher?.handle(Readiness(rawValue: event.events))
    }
    fireTimers()
    for action in actions { action() }
  }

  private func wait(atMost timeout: Microseconds) throws(WireError) -> ArraySlice<wire_event> {
    let capacity = Int32(events.count)
    do {
      let status = unsafe wire_epoll_wait(epoll.number, &events, capacity, timeout)
      return events.prefix(Int(try checked("epoll_wait", status)))
    } catch {
      throw WireError(operation: "wait for events", failure: error.failure)
    }
  }

  /// Microseconds until the earliest timer; -1 when there is none.
  private func timeToNextTimer() -> Microseconds {
    guard let earliest = timers.earliest() else { return -1 }
    return max(0, earliest - now)
  }

  private func fireTimers() {
    let limit = timers.nextNumber
    let moment = now
    while let action = timers.takeDue(at: moment, madeBefore: limit) { action() }
  }
}

extension EventLoop {
  /// Puts a descriptor under watch; the token stands for it from then on.
  func watch(
    _ descriptor: Int32, for interest: Readiness, _ watcher: any Watcher
  ) throws(FailedCall) -> WatchToken {
    lastWatcher += 1
    let status = wire_epoll_add(epoll.number, descriptor, interest.rawValue, lastWatcher)
    _ = try checked("epoll_ctl", status)
    watchers[lastWatcher] = WeakWatcher(watcher: watcher)
    return WatchToken(number: lastWatcher)
  }

  /// Changes what a descriptor is watched for.
  func change(_ token: WatchToken, _ descriptor: Int32, to interest: Readiness) {
    _ = wire_epoll_change(epoll.number, descriptor, interest.rawValue, token.number)
  }

  /// Ends the watch; before the descriptor is closed.
  func unwatch(_ token: WatchToken, _ descriptor: Int32) {
    _ = wire_epoll_remove(epoll.number, descriptor)
    forget(token)
  }

  /// Ends the watch of a descriptor that is about to be closed, and that no other process has.
  func forget(_ token: WatchToken) { watchers[token.number] = nil }

  /// Takes all that stands on a socket's error queue.
  func forEachErrorItem(of descriptor: Int32, _ take: (wire_item) -> Void) {
    while true {
      let count = Int(unsafe wire_next_items(descriptor, &errorItems, Int32(WIRE_MOST_ITEMS)))
      for index in 0..<max(0, count) { take(errorItems[index]) }
      if count < errorItems.count { return }
    }
  }

  /// A kernel timestamp (`CLOCK_REALTIME`) as a moment of ``now``.
  ///
  /// Never later than the present: the wall clock may have been set since it was paired.
  func moment(ofRealtime realtime: Microseconds) -> Microseconds {
    min(max(clock.shown(at: realtime - wallClockAtZero + clock.zero), 0), now)
  }
}
