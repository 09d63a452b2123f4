import SessionTrace

/// Time that passes only when there is nothing left to do at the moment.
///
/// Events of one moment run in the order in which they were made, so a run is the same every time.
final class VirtualClock {
  private struct Entry {
    let at: Microseconds
    let number: Int

    func isBefore(_ other: Entry) -> Bool {
      at != other.at ? at < other.at : number < other.number
    }
  }

  private(set) var now: Microseconds = 0
  private var heap: [Entry] = []
  private var actions: [Int: () -> Void] = [:]
  private var lastNumber = 0
  /// Events run since time last moved: a loop that spins would never let it move.
  private var eventsThisMoment = 0

  /// Whether the run was broken off because time stood still.
  private(set) var isSpinning = false

  /// Runs `action` at `moment`, or now if that has passed; the result names it for ``cancel(_:)``.
  @discardableResult
  func schedule(at moment: Microseconds, _ action: @escaping () -> Void) -> Int {
    lastNumber += 1
    actions[lastNumber] = action
    heap.append(Entry(at: max(moment, now), number: lastNumber))
    siftUp()
    return lastNumber
  }

  @discardableResult
  func after(_ delay: Microseconds, _ action: @escaping () -> Void) -> Int {
    schedule(at: now + delay, action)
  }

  func cancel(_ number: Int) { actions[number] = nil }

  /// Runs events until `isDone`, or until there are none.
  func run(until isDone: () -> Bool) {
    while !isDone(), let entry = popFirst() {
      guard let action = actions.removeValue(forKey: entry.number) else { continue }
      eventsThisMoment = entry.at == now ? eventsThisMoment + 1 : 0
      if eventsThisMoment > 200_000 {
        isSpinning = true
        return
      }
      now = entry.at
      action()
    }
  }

  private func popFirst() -> Entry? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      let (left, right) = (2 * parent + 1, 2 * parent + 2)
      if left < heap.count, heap[left].isBefore(heap[least]) { least = left }
      if right < heap.count, heap[right].isBefore(heap[least]) { least = right }
      guard least != parent else { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  private func siftUp() {
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }
}
