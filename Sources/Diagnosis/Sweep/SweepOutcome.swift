package import SessionTrace

/// How one session of a sweep ended: as much of its verdict as two sessions are compared by.
package struct SweepOutcome: Codable, Sendable, Hashable {
  package var status: SessionStatus
  package var stage: Stage
  package var custody: Custody?

  package init(status: SessionStatus, stage: Stage, custody: Custody? = nil) {
    self.status = status
    self.stage = stage
    self.custody = custody
  }

  /// `stalled@mail`.
  package var text: String { outcomeText(status, at: stage) }

  /// Whether the server refused in words, and so took part to the end.
  var isRefusal: Bool { status == .rejected || status == .deferred }
}
