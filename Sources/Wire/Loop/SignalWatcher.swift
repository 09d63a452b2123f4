import CLinuxSocket

/// Signals as events: blocked for the thread, read from a descriptor.
final class SignalWatcher: Watcher {
  let descriptor: Descriptor
  private let newlyBlocked: UInt64
  private let handler: (Int32) -> Void

  init(_ numbers: [Int32], _ handler: @escaping (Int32) -> Void) throws(FailedCall) {
    var blocked: UInt64 = 0
    let status = unsafe wire_signal_descriptor(numbers, numbers.count, &blocked)
    descriptor = Descriptor(try checked("signalfd", status))
    newlyBlocked = blocked
    self.handler = handler
  }

  deinit {
    wire_signal_unblock(newlyBlocked)
  }

  func handle(_ readiness: Readiness) {
    while true {
      let number = wire_signal_next(descriptor.number)
      guard number > 0 else { return }
      handler(number)
    }
  }
}
