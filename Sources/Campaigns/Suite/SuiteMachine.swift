package import Diagnosis

/// Asks for every session of a suite once, in its order; no result changes what comes next.
package struct SuiteMachine: Machine {
  private let count: Int
  private var left: Int

  /// Cases are numbered from 0.
  package init(count: Int) {
    self.count = count
    left = count
  }

  package mutating func start() -> MachineAction<Int, Bool> {
    count == 0 ? .conclude(true) : .run(Array(0..<count))
  }

  /// Concludes with whether every case was played.
  package mutating func receive(_ input: MachineInput<Int>) -> MachineAction<Int, Bool> {
    switch input {
    case .ended, .impossible:
      left -= 1
      return left == 0 ? .conclude(true) : .wait
    case .stopped: return .conclude(false)
    }
  }
}
