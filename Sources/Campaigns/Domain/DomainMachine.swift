package import Diagnosis

/// Asks for one session with each place; places of one address have theirs one behind the other, all others side
/// by side.
package struct DomainMachine: Machine {
  /// The places, by their number, that wait for those of the same address in front of them.
  private var lanes: [[Int]]
  private var underWay = 0

  package init(lanes: [[Int]]) { self.lanes = lanes }

  package mutating func start() -> MachineAction<Int, Bool> {
    run(lanes.indices.compactMap { next(of: $0) })
  }

  /// Concludes with whether every place was visited.
  package mutating func receive(_ input: MachineInput<Int>) -> MachineAction<Int, Bool> {
    switch input {
    case .ended(let place, _, _), .impossible(let place, _):
      underWay -= 1
      let lane = lanes.firstIndex { $0.first == place }
      if let lane { lanes[lane].removeFirst() }
      return run([lane.flatMap { next(of: $0) }].compactMap(\.self))
    case .stopped: return .conclude(false)
    }
  }

  private func next(of lane: Int) -> Int? { lanes[lane].first }

  private mutating func run(_ places: [Int]) -> MachineAction<Int, Bool> {
    underWay += places.count
    if !places.isEmpty { return .run(places) }
    return underWay == 0 ? .conclude(true) : .wait
  }
}
