package import SessionTrace

extension TextStream {
  /// What a pipe takes without a break once it takes anything (`PIPE_BUF`, pipe(7)).
  private static let piece = 4_096

  /// Writes a report, all of it or why not, while the signals wait that would end the process.
  ///
  /// A hang-up is often more than one signal, and the second would take the report that the first one asked
  /// for. They are let through where a reader lets us wait, who may never read on; and on a terminal, which
  /// may have been stopped, from the beginning.
  package func writeReport(_ bytes: [UInt8]) -> SystemFailure? {
    guard !isTerminal else {
      EndingSignals.release()
      return write(bytes)
    }
    EndingSignals.forget()
    var rest = bytes[...]
    while !rest.isEmpty {
      while !isWritable { EndingSignals.deliverable { _ = isWritable(within: -1) } }
      let piece = rest.prefix(Self.piece)
      if let failure = write(Array(piece)) { return failure }
      rest = rest.dropFirst(piece.count)
    }
    return nil
  }
}
