import Diagnosis
import Lab
import Testing

/// The catalogue and the lab do not know each other; here they are held against each other.
@Suite("The catalogue and the lab")
struct CatalogueFixturesTests {
  @Test("Every fixture that an entry names is there")
  func fixturesExist() throws {
    let names = Set(try FixtureLibrary.embedded().fixtures.map(\.name))
    for entry in Catalogue.causes {
      for fixture in entry.fixtures {
        let isThere = names.contains(fixture)
        #expect(isThere, "\(entry.id) names \(fixture), which is no fixture")
      }
    }
  }

  @Test("A fixture that only looks like an entry is among those that the entry names")
  func lookalikesAreNamed() throws {
    for (id, fixtures) in Catalogue.lookalikes {
      let entry = try #require(Catalogue.cause(named: id))
      #expect(Set(fixtures).isSubset(of: entry.fixtures), "\(id)")
    }
  }

  /// The fixtures of one file share a source; where it names many causes, some of them show each.
  @Test("Every entry that a fixture's source names lists it, or one of the same file")
  func sourcesAreListed() throws {
    let fixtures = try FixtureLibrary.embedded().fixtures
    for (source, group) in Dictionary(grouping: fixtures, by: { "\($0.family): \($0.source)" }) {
      guard let start = source.firstRange(of: "catalogue") else { continue }
      let words = source[start.upperBound...].split { !$0.isLetter && !$0.isNumber }
      for code in words.map(String.init)
      where Catalogue.causes.contains(where: { $0.code == code }) {
        let entry = try #require(Catalogue.cause(named: code))
        let names = group.map(\.name).sorted()
        let isListed = !Set(names).isDisjoint(with: entry.fixtures)
        #expect(
          isListed,
          "Catalogue+Fixtures.swift: \"\(entry.id)\" should list \(names) or some of them")
      }
    }
  }
}
