import SessionTrace

/// All fixtures, by name.
package struct FixtureLibrary: Sendable {
  /// Sorted by family, then name.
  package let fixtures: [Fixture]

  /// The fixtures of these files: family folder and file name, and what is in it.
  package init(files: [(path: String, text: String)]) throws(FixtureError) {
    var fixtures: [Fixture] = []
    for (path, text) in files {
      for fixture in try parseFixtures(path: path, text: text) {
        guard !fixtures.contains(where: { $0.name == fixture.name }) else {
          throw FixtureError(
            file: path, line: nil, problem: "another fixture is called \"\(fixture.name)\" already",
            mend: "names are unique over all families")
        }
        fixtures.append(fixture)
      }
    }
    self.fixtures = fixtures.sorted { ($0.family, $0.name) < ($1.family, $1.name) }
  }

  /// The fixtures that are built in.
  package static func embedded() throws(FixtureError) -> FixtureLibrary {
    try FixtureLibrary(files: embeddedFiles)
  }

  /// The built-in fixture of that name; only the files that could hold it are read, since reading all of
  /// them is most of what a short session costs.
  package static func embeddedFixture(named name: String) throws(FixtureError) -> Fixture {
    let likely = embeddedFiles.filter { file in
      let base = file.path.split(separator: "/").last?.split(separator: ".").first ?? ""
      return name == base || name.hasPrefix(base + "-")
    }
    if let fixture = try FixtureLibrary(files: likely).fixtures.first(where: { $0.name == name }) {
      return fixture
    }
    return try embedded().fixture(named: name)
  }

  /// The fixture of that name; the error proposes a similar one.
  package func fixture(named name: String) throws(FixtureError) -> Fixture {
    if let fixture = fixtures.first(where: { $0.name == name }) { return fixture }
    let names = fixtures.map(\.name)
    // A file with a table of variants is known by its name, and makes fixtures of other names.
    let variants = names.filter { $0.hasPrefix(name + "-") }
    let mend =
      variants.isEmpty
      ? nearMiss(name, among: names).map { "did you mean \"\($0)\"?" }
      : "these begin so: " + variants.joined(separator: ", ")
    throw FixtureError(
      file: nil, line: nil, problem: "no fixture is called \"\(name)\"", known: names, mend: mend)
  }
}
