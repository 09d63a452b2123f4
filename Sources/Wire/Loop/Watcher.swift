/// What the loop calls when a descriptor is ready.
protocol Watcher: AnyObject {
  /// Serves one event.
  func handle(_ readiness: Readiness)
}

/// A registration with the loop; never used twice, so that an event of a closed descriptor cannot
/// reach the next one of the same number.
struct WatchToken: Hashable {
  let number: UInt64
}

/// A watcher that the loop knows but does not keep.
struct WeakWatcher {
  weak var watcher: (any Watcher)?
}
