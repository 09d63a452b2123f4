/// How well a claim about a cause is founded.
package enum Grade: String, Codable, Sendable, CaseIterable, Comparable {
  /// A controlled experiment flipped it, repeatedly, and nothing else known does so.
  case confirmed
  /// It fits all that was seen, and was not isolated.
  case consistent
  /// It fits the first symptom; nothing spoke for it.
  case notShown = "not_shown"
  /// An observation contradicts it.
  case excluded

  package static func < (left: Grade, right: Grade) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// One cause, and what spoke for and against it.
package struct CauseFinding: Sendable, Equatable {
  /// The cause, or the remark in its place.
  package var id: CauseID
  package var grade: Grade
  /// What was observed in its favour, a sentence each.
  package var pro: [String]
  /// The same against it.
  package var con: [String]
  /// What nobody has looked at yet, or cannot from here: the observation that would decide.
  package var open: [String]

  package init(id: CauseID, grade: Grade, pro: [String], con: [String], open: [String]) {
    self.id = id
    self.grade = grade
    self.pro = pro
    self.con = con
    self.open = open
  }
}
