import Probe
import SessionOptions
import SessionTrace
import Wire

/// A network whose time is a virtual clock's, and on which nobody is anywhere in between.
protocol VirtualNetwork: Network {
  var clock: VirtualClock { get }
}

extension VirtualNetwork {
  var now: Microseconds { clock.now }

  func schedule(at moment: Microseconds, _ action: @escaping () -> Void) -> () -> Void {
    let number = clock.schedule(at: moment, action)
    return { [clock] in clock.cancel(number) }
  }

  /// Each turn takes a moment, as on a real loop.
  func soon(_ action: @escaping () -> Void) { clock.after(1, action) }

  func tracePath(
    to address: String, from local: String?, _ done: @escaping (PathLength) -> Void
  ) -> () -> Void {
    soon { done(PathLength()) }
    return {}
  }
}

/// A connection whose kernel takes all at once and never has anything to tell.
protocol PlainTransport: Transport {}

extension PlainTransport {
  var connectFailureOrigin: String? { nil }
  var fastOpenBytesAccepted: Int { 0 }
  var localEndpoint: Endpoint? { nil }
  var congestionControl: String? { nil }
  var timesSending: Bool {
    get { true }
    set {}
  }

  func setInterest(reading: Bool, writing: Bool) {}
  func finishConnecting() -> ConnectProgress { .connected }

  func facts() -> KernelFacts {
    var facts = KernelFacts()
    facts.outstanding = 0
    facts.unsent = 0
    return facts
  }

  func set(_ option: LiveOption) -> SystemFailure? { nil }
  func ask() {}
  func drainTimestamps() -> [TransmitTimestamp] { [] }
  func drainErrors() -> [SocketErrorReport] { [] }
  func shutdownWrite() {}
  func close(withReset: Bool) {}
}
