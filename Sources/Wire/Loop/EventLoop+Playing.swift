extension EventLoop {
  /// Turns until all is done or a signal wants it ended; that signal.
  package func play(start: () -> Void, until isDone: @escaping () -> Bool) throws -> Int32? {
    var signal: Int32?
    try onSignals(EndingSignals.numbers) { signal = $0 }
    start()
    try run { isDone() || signal != nil }
    return signal
  }
}
