import SessionTrace

/// A timer's name, for cancelling it.
package struct TimerToken: Sendable, Hashable {
  let number: UInt64
}

/// Actions by their moment: a binary heap, in which cancelled timers stay as empty places.
///
/// Timers of the same moment fire in the order in which they were made, so that a run is the same
/// every time.
struct TimerQueue {
  private struct Entry {
    let at: Microseconds
    let number: UInt64

    func isBefore(_ other: Entry) -> Bool {
      at != other.at ? at < other.at : number < other.number
    }
  }

  private var heap: [Entry] = []
  private var actions: [UInt64: () -> Void] = [:]
  private var lastNumber: UInt64 = 0

  /// Whether no timer waits.
  var isEmpty: Bool { actions.isEmpty }

  /// Adds a one-shot timer.
  mutating func add(at: Microseconds, _ action: @escaping () -> Void) -> TimerToken {
    lastNumber += 1
    actions[lastNumber] = action
    heap.append(Entry(at: at, number: lastNumber))
    siftUp(from: heap.count - 1)
    return TimerToken(number: lastNumber)
  }

  /// Drops a timer; one that has fired, or was cancelled before, is ignored.
  mutating func cancel(_ token: TimerToken) {
    guard actions.removeValue(forKey: token.number) != nil else { return }
    // Sessions cancel nearly every deadline they set: without this the heap would only grow.
    if heap.count > 64, heap.count > 2 * actions.count {
      heap = heap.filter { actions[$0.number] != nil }.sorted { $0.isBefore($1) }
    }
  }

  /// The moment of the earliest timer.
  mutating func earliest() -> Microseconds? {
    dropCancelled()
    return heap.first?.at
  }

  /// Takes out the earliest timer when its moment has come.
  ///
  /// Only one with a number below the limit: a timer that is set from a timer must not keep the
  /// loop from its descriptors.
  mutating func takeDue(at now: Microseconds, madeBefore limit: UInt64) -> (() -> Void)? {
    dropCancelled()
    guard let first = heap.first, first.at <= now, first.number < limit else { return nil }
    removeFirst()
    return actions.removeValue(forKey: first.number)
  }

  /// The number that the next timer will have.
  var nextNumber: UInt64 { lastNumber + 1 }

  private mutating func dropCancelled() {
    while let first = heap.first, actions[first.number] == nil { removeFirst() }
  }

  private mutating func removeFirst() {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap[0] = last
    siftDown()
  }

  private mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].isBefore(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
