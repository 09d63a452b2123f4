package import Diagnosis
import Lab

/// What is at work in a run, which a diagnosis of it should find: the lab knows, since it plays it.
package struct ConfusionTruth: Sendable, Equatable, Encodable {
  /// How the session as given behaves when it is repeated.
  package enum Course: String, Sendable, Encodable {
    /// It ends well every time.
    case healthy
    /// It fails every time.
    case failing
    /// It fails at times: by chance, on the first connection only, or when others come beside it.
    case changing
  }

  package var course: Course
  /// The causes that are truly at work, and remarks that say what it is, by id, in the order of the catalogue.
  package var shows: [CauseID]
  /// Those that it resembles, on purpose or because no client could know.
  package var looksLike: [CauseID]
  /// Whether its file says what is at work; one of a user's own may not.
  package var isKnown: Bool

  package init(
    course: Course, shows: [CauseID] = [], looksLike: [CauseID] = [], isKnown: Bool = true
  ) {
    self.course = course
    self.shows = shows
    self.looksLike = looksLike
    self.isKnown = isKnown
  }

  /// The truth of a run: what its file says is at work, where its fault acts or what fails fails without.
  package init(_ one: CheckCase) {
    let isEndingWell = one.run.expectation.outcomes.allSatisfy { $0.status == "ok" }
    guard one.run.faultsEnabled || !isEndingWell else {
      self.init(course: .healthy)
      return
    }
    let causes = FixtureCauses(one.fixture)
    self.init(
      course: one.fixture.faulty.changesBetweenConnections && one.run.faultsEnabled
        && !one.run.isControl ? .changing : isEndingWell ? .healthy : .failing,
      shows: causes.shows, looksLike: causes.looksLike, isKnown: one.fixture.truth.isStated)
  }

  private enum CodingKeys: String, CodingKey {
    case course, shows
    case looksLike = "looks_like"
    case isKnown = "is_known"
  }

  /// In a word or two, for a column: `A1`, `none, like A1 E1`, `nothing wrong`.
  package var words: String {
    let like = looksLike.isEmpty ? "" : ", like \(codes(looksLike))"
    let entries = isKnown ? shows.isEmpty ? "none\(like)" : codes(shows) : "not said"
    return switch course {
    case .healthy: "nothing wrong"
    case .failing: entries
    case .changing: "intermittent\(shows.isEmpty ? "" : " or \(codes(shows))")"
    }
  }
}

extension ServerScript {
  /// Whether one connection meets the fault and the next, or one beside it, may not.
  fileprivate var changesBetweenConnections: Bool {
    let isSlowToAccept = habits.contains { if case .acceptsEvery = $0 { true } else { false } }
    return isSlowToAccept || rules.flatMap(\.provisos).contains(where: \.changesBetweenConnections)
  }
}

extension Proviso {
  fileprivate var changesBetweenConnections: Bool {
    switch self {
    case .chance, .connection: true
    case .underTLS, .contentOver, .contentHeldBareLineFeed, .lastLineWasEmpty, .senderIsEmpty,
      .recipientsOver, .address:
      false
    }
  }
}

/// The codes of causes, apart by spaces: `A1 E1`.
func codes(_ ids: [CauseID]) -> String {
  ids.map { Catalogue.cause($0)?.code ?? $0.rawValue }.joined(separator: " ")
}
