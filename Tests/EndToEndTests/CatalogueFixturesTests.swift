import Diagnosis
import Lab
import LabCheck
import Testing

/// The catalogue and the lab do not know each other; here they are held against each other.
@Suite("The catalogue and the lab")
struct CatalogueFixturesTests {
  @Test("Every fixture says what is at work in it, in names of known causes")
  func truthsAreStated() throws {
    for fixture in try FixtureLibrary.embedded().fixtures {
      #expect(fixture.truth.isStated, "\(fixture.id): write \"Shows:\" below its source")
      try FixtureCauses.check(fixture)
    }
  }

  /// The fixtures of one file share a source; where it names many causes, some of them show each.
  @Test("Every cause that a fixture's source names is shown by it, or by one of the same file")
  func sourcesAreShown() throws {
    let fixtures = try FixtureLibrary.embedded().fixtures
    for (source, group) in Dictionary(grouping: fixtures, by: { "\($0.family): \($0.source)" }) {
      guard let start = source.firstRange(of: "catalogue") else { continue }
      let stated = Set(group.map(FixtureCauses.init).flatMap { $0.shows + $0.looksLike })
      for word in source[start.upperBound...].split(whereSeparator: { !$0.isLetter && !$0.isNumber }
      ) {
        guard let cause = Catalogue.causes.first(where: { $0.code == word }) else { continue }
        #expect(stated.contains(cause.id), "\(group.map(\.name)) say nothing of \(cause.code)")
      }
    }
  }
}
