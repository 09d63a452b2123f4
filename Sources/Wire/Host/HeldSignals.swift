import CLinuxSocket

/// Signals that wait, blocked, until somebody wants to hear of them.
package struct HeldSignals: Sendable {
  private let mask: UInt64

  package init(_ numbers: [Int32]) {
    mask = numbers.reduce(0) { $0 | 1 << UInt64($1) }
  }

  /// Blocks them, for this thread and those that it makes.
  package func hold() { _ = wire_signals_block(mask) }

  /// Lets them through from here on: one that waits takes its usual effect now.
  package func deliver() { _ = wire_signals_let_through(mask) }

  /// Forgets those that wait; the next ones wait again.
  package func forget() { wire_signals_forget(mask) }

  /// Lets them through without those that wait.
  package func release() {
    forget()
    deliver()
  }

  /// Lets them through while `work` waits for somebody who may never come.
  package func deliverable<Value, Failure: Error>(
    _ work: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let held = wire_signals_let_through(mask)
    defer { _ = wire_signals_block(held) }
    return try work()
  }

  /// Whether whoever started this process has it ignored, as nohup(1) does.
  package static func isIgnored(_ number: Int32) -> Bool { wire_signal_is_ignored(number) != 0 }

  /// Gives them no effect at all.
  package static func ignore(_ numbers: [Int32]) { numbers.forEach(wire_signal_ignore) }

  /// Puts `/dev/null` where standard input, output or error is closed.
  package static func fillStandardDescriptors() { wire_fill_standard_descriptors() }
}
