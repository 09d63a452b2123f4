package import SessionTrace

/// What a longer wait for a reply that had stayed away came to.
package struct WaitEnd: Codable, Sendable, Equatable {
  package enum Kind: String, Codable, Sendable {
    /// The reply came.
    case reply
    /// The server gave up first: it ended the connection, or said in words that its own time was over.
    case gaveUp = "gave_up"
  }

  package var kind: Kind
  /// How long it took, from when the reply was due.
  package var after: Microseconds

  private enum CodingKeys: String, CodingKey {
    case kind
    case after = "after_us"
  }
}

extension WaitEnd {
  /// How the first reply that `control` was waiting for came in a session with more patience; `nil` where
  /// that one waited in vain as well.
  init?(of trace: Trace, beside control: Control) {
    let wanted = control.trace.commands.firstIndex { !$0.isAnswered }
      .map { control.trace.ordinal(ofCommandAt: $0) }
    let isGreeting = !control.trace.replies.contains { $0.stage == .banner }
    let reply =
      isGreeting
      ? trace.replies.first
      : wanted.flatMap { trace.command(atOrdinal: $0) }.flatMap { trace.answer(to: $0) }
    if let reply {
      self.init(kind: reply.saysTimeIsOver ? .gaveUp : .reply, after: reply.wait)
    } else if let farewell = trace.replies.last(where: { $0.code == 421 }) {
      self.init(kind: .gaveUp, after: farewell.wait)
    } else if trace.ending.isByPeer {
      self.init(kind: .gaveUp, after: trace.waited)
    } else {
      return nil
    }
  }
}

extension ReplyRecord {
  /// Whether a server says so when its own patience is over (RFC 5321 section 3.8, 4.5.3.2): who was waited
  /// for in vain gets no other answer.
  var saysTimeIsOver: Bool { code == 421 || code == 451 }
}

extension [WaitEnd] {
  /// `after 8.000 s each time`, or from the shortest to the longest; `nil` where one is of another kind.
  package func text(of kind: WaitEnd.Kind) -> String? {
    guard let least = map(\.after).min(), let most = map(\.after).max(),
      allSatisfy({ $0.kind == kind })
    else { return nil }
    if isConstant { return "after \(durationText(least))" + (count > 1 ? " each time" : "") }
    return "after \(durationText(least)) to \(durationText(most))"
  }

  /// Whether all took as long, which a pause that was asked for does, and work does not.
  var isConstant: Bool {
    guard let least = map(\.after).min(), let most = map(\.after).max() else { return false }
    return most - least <= Swift.max(.milliseconds(60), least / 50)
  }
}
