package import Diagnosis

/// Asks for one session with each place; places of one address have theirs one behind the other, all others side
/// by side.
package struct DomainMachine: Machine {
  /// The places, by their number, that are still to end; the first of each lane has its session now.
  private var lanes: [[Int]]

  package init(lanes: [[Int]]) { self.lanes = lanes }

  package mutating func start() -> MachineAction<Int, Bool> { run(lanes.compactMap(\.first)) }

  /// Concludes with whether every place was visited.
  package mutating func receive(_ input: MachineInput<Int>) -> MachineAction<Int, Bool> {
    switch input {
    case .ended(let place, _, _), .impossible(let place, _):
      guard let lane = lanes.firstIndex(where: { $0.first == place }) else { return .wait }
      lanes[lane].removeFirst()
      return run(Array(lanes[lane].prefix(1)))
    case .stopped: return .conclude(false)
    }
  }

  private func run(_ places: [Int]) -> MachineAction<Int, Bool> {
    if !places.isEmpty { return .run(places) }
    return lanes.allSatisfy(\.isEmpty) ? .conclude(true) : .wait
  }
}
