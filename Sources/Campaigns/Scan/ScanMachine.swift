package import Diagnosis
import SessionTrace

/// Asks for a session with each target of a list, in an order that a seed gives; no result changes what comes
/// next.
package struct ScanMachine: Machine {
  private let order: Permutation
  private let pending: NumberSet
  /// Sessions asked for at a time: more than run, so that those that wait for a busy address keep none.
  private let window: Int
  private var nextPlace = 0
  private var underWay = 0

  /// Targets are numbered from 0; `pending` are those to be visited.
  package init(pending: NumberSet, of count: Int, seed: UInt64, window: Int) {
    order = Permutation(count: count, seed: seed)
    self.pending = pending
    self.window = window
  }

  package mutating func start() -> MachineAction<Int, Bool> { refill() }

  /// Concludes with whether every target was visited.
  package mutating func receive(_ input: MachineInput<Int>) -> MachineAction<Int, Bool> {
    switch input {
    case .ended, .impossible:
      underWay -= 1
      return refill()
    case .stopped: return .conclude(false)
    }
  }

  private mutating func refill() -> MachineAction<Int, Bool> {
    var numbers: [Int] = []
    while underWay < window, let number = next() {
      numbers.append(number)
      underWay += 1
    }
    if !numbers.isEmpty { return .run(numbers) }
    return underWay == 0 ? .conclude(true) : .wait
  }

  private mutating func next() -> Int? {
    while nextPlace < order.count {
      defer { nextPlace += 1 }
      let number = order[nextPlace]
      if pending.contains(number) { return number }
    }
    return nil
  }
}
