package import SessionTrace

/// A segment plan, where it applies and how its pieces are paced.
package struct Segmentation: Sendable, Equatable {
  /// The value of `--split-stage`.
  package enum Scope: String, Sendable, CaseIterable {
    case envelope, tls, data, all
  }

  /// The value of `--split-delay`.
  package enum Pacing: Sendable, Equatable {
    case delay(Microseconds)
    /// Each piece waits until the one before is acknowledged.
    case acknowledged
  }

  package var plan: SegmentPlan
  package var scope = Scope.all
  /// `nil` writes one behind the other.
  package var pacing: Pacing?

  package init(plan: SegmentPlan) { self.plan = plan }

  /// Whether flights of `stage` are cut.
  package func applies(to stage: Stage) -> Bool {
    switch scope {
    case .all: true
    case .tls: stage == .tls
    case .data: stage == .body || stage == .dot
    case .envelope: stage != .tls && stage != .body && stage != .dot
    }
  }
}
