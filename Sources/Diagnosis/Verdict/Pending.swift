// For its null where a value is absent: see `ExplicitNulls.swift` there.
import SessionTrace

/// What is still owed to us.
package struct Pending: Codable, Sendable, Equatable {
  /// Commands of the flights in question: those of the last flight that was not answered in full.
  package var commands: Int
  /// How many of them have their reply.
  package var answered: Int
  /// As sent, escaped; `nil` when nothing is pending.
  package var firstUnanswered: String?

  package init(commands: Int, answered: Int, firstUnanswered: String?) {
    self.commands = commands
    self.answered = answered
    self.firstUnanswered = firstUnanswered
  }

  private enum CodingKeys: String, CodingKey {
    case commands, answered
    case firstUnanswered = "first_unanswered"
  }
}
