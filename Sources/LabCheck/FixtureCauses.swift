package import Diagnosis
package import Lab
package import SessionTrace

/// The known causes, and remarks, that a fixture's file names, where the lab and the catalogue meet.
package struct FixtureCauses: Sendable, Equatable {
  /// The causes that are truly at work where the fault acts, in the order of the catalogue; behind them remarks that
  /// say what it is where that is no riddle.
  package let shows: [CauseID]
  /// Those that it resembles, on purpose or because no client could know, in the same order.
  package let looksLike: [CauseID]

  /// A word that names no cause is left out; whoever reads a file has ``check(_:)`` complain of it.
  package init(_ fixture: Fixture) {
    shows = Self.causes(named: fixture.truth.shows)
    looksLike = Self.causes(named: fixture.truth.looksLike)
  }

  private static func causes(named words: [SourceLine]) -> [CauseID] {
    let named = Set(words.compactMap { Catalogue.entry(named: $0.text)?.id })
    return (Catalogue.causes.map(\.id) + Catalogue.remarks.map(\.id)).filter(named.contains)
  }

  /// Throws where the file names a cause that is not known, or says two things of one.
  package static func check(_ fixture: Fixture) throws(FixtureError) {
    var said: Set<CauseID> = []
    for word in fixture.truth.shows + fixture.truth.looksLike {
      guard let entry = Catalogue.entry(named: word.text) else {
        throw FixtureError(
          file: word.file, line: word.number, problem: "no known cause is called \"\(word.text)\"",
          known: Catalogue.causes.map(\.code) + ["nothing"],
          mend: Catalogue.suggestions(for: word.text).compactMap(\.cause).first.map {
            "did you mean \"\($0.code)\" (\($0.id))?"
          } ?? "smtpprobe explain --list shows all")
      }
      guard said.insert(entry.id).inserted else {
        throw FixtureError(
          file: word.file, line: word.number, problem: "\(codes([entry.id])) is named twice",
          mend: "a cause is at work, or the fixture only looks like it")
      }
    }
  }

  /// Names of the fixtures that show a cause, or look like it on purpose, by the cause; in alphabetical
  /// order.
  package static func names(in library: FixtureLibrary) -> [CauseID: [String]] {
    var names: [CauseID: [String]] = [:]
    for fixture in library.fixtures {
      let causes = FixtureCauses(fixture)
      for id in causes.shows + causes.looksLike { names[id, default: []].append(fixture.name) }
    }
    return names.mapValues { $0.sorted() }
  }

  /// The causes that end sessions of the lab with that status at that stage, at any where it is `nil`.
  ///
  /// Those come first that do under an option of `options` (words of a command line), then those that do
  /// in the most fixtures.
  package static func ending(
    _ status: String, at stage: Stage?, with options: [String], in library: FixtureLibrary
  ) -> [CauseID] {
    let wanted = Set(options.filter { $0.hasPrefix("--") && $0 != "--message-size" })
    var scores: [CauseID: (shared: Int, fixtures: Int)] = [:]
    for fixture in library.fixtures {
      let runs = fixture.runs.filter { $0.faultsEnabled && ends($0, status, stage) }
      guard let shared = runs.map({ wanted.intersection($0.options).count }).max() else { continue }
      for id in FixtureCauses(fixture).shows {
        let score = scores[id] ?? (0, 0)
        scores[id] = (max(score.shared, shared), score.fixtures + 1)
      }
    }
    let found = Catalogue.causes.map(\.id).compactMap { id in scores[id].map { (id, $0) } }
    return found.enumerated().sorted { left, right in
      (right.element.1.shared, right.element.1.fixtures, left.offset)
        < (left.element.1.shared, left.element.1.fixtures, right.offset)
    }.map(\.element.0)
  }

  private static func ends(_ run: FixtureRun, _ status: String, _ stage: Stage?) -> Bool {
    run.expectation.outcomes.contains {
      $0.status == status && (stage == nil || $0.stage == stage)
    }
  }
}
