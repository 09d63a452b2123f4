import SessionTrace

extension Trace {
  /// How long the connection stood when the peer ended it, in words or without; `nil` where it did not.
  ///
  /// What the peer says in leaving counts, and not what became of the connection behind it.
  var lifetime: Microseconds? {
    guard let made = attempts.last(where: { $0.failure == nil }) else { return nil }
    let connected = made.start + made.duration
    if let farewell = replies.last(where: { $0.code == 421 && $0.stage < .quit }) {
      return farewell.at - connected
    }
    return ending.isByPeer ? duration - connected : nil
  }
}
