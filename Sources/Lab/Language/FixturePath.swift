package import Wire

/// A fixture file of the user's own: a word that ends in `.smtp`, or begins with `/`, `./` or `../`.
///
/// Behind `#` stands the name of one fixture, for a file with a table of them:
/// `./silent-at.smtp#silent-at-mail`.
package struct FixturePath {
  let path: String
  let name: String?

  /// `nil` for a word that names no file.
  package init?(_ word: String) {
    if let mark = word.lastIndex(of: "#"), word[..<mark].hasSuffix(".smtp") {
      path = String(word[..<mark])
      name = String(word[word.index(after: mark)...])
    } else if isPath(word) {
      path = word
      name = nil
    } else {
      return nil
    }
  }

  /// The fixtures of the file, or the one that is named.
  ///
  /// `check` looks at each for what the lab itself does not know: the causes that it names.
  package func fixtures(
    check: (Fixture) throws(FixtureError) -> Void = { _ in }
  ) throws(ExitMessage) -> [NamedFixture] {
    let fixtures = try read(check)
    let named = fixtures.map { fixture in
      NamedFixture(
        word: fixtures.count > 1 ? "\(path)#\(fixture.name)" : path, fixture: fixture)
    }
    guard let name else { return named }
    let chosen = named.filter { $0.fixture.name == name }
    guard !chosen.isEmpty else {
      throw ExitMessage(
        status: .usage,
        text: "\(path) has no fixture \"\(name)\"; it has "
          + fixtures.map(\.name).joined(separator: ", "))
    }
    return chosen
  }

  private func read(
    _ check: (Fixture) throws(FixtureError) -> Void
  ) throws(ExitMessage) -> [Fixture] {
    let bytes = try contents(of: path)
    do throws(FixtureError) {
      let fixtures = try parseFixtures(path: path, text: String(decoding: bytes, as: UTF8.self))
      for fixture in fixtures { try check(fixture) }
      return fixtures.map { fixture in
        var fixture = fixture
        // The folder that the user stands in is no family.
        if fixture.family.allSatisfy({ $0 == "." }) { fixture.family = "" }
        return fixture
      }
    } catch {
      throw ExitMessage(status: .badInput, text: error.description)
    }
  }
}

private func isPath(_ word: String) -> Bool {
  word.hasSuffix(".smtp") || ["/", "./", "../"].contains { word.hasPrefix($0) }
}
