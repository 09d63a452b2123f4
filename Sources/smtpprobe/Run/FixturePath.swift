import Lab
import LabCheck

/// A fixture file of the user's own: a word that ends in `.smtp`, or begins with `/`, `./` or `../`.
///
/// Behind `#` stands the name of one fixture, for a file with a table of them:
/// `./silent-at.smtp#silent-at-mail`.
struct FixturePath {
  let path: String
  let name: String?

  init?(_ word: String) {
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
  func fixtures() throws -> [NamedFixture] {
    let fixtures = try read()
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

  private func read() throws -> [Fixture] {
    let bytes = try contents(of: path)
    do throws(FixtureError) {
      let fixtures = try parseFixtures(path: path, text: String(decoding: bytes, as: UTF8.self))
      for fixture in fixtures { try FixtureCauses.check(fixture) }
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

/// A fixture, and the word that names it on the command line.
struct NamedFixture {
  var word: String
  var fixture: Fixture
}

/// The fixtures that a word names: one that is built in, or those of a file.
func namedFixtures(_ word: String) throws -> [NamedFixture] {
  if let path = FixturePath(word) { return try path.fixtures() }
  do {
    return [NamedFixture(word: word, fixture: try FixtureLibrary.embeddedFixture(named: word))]
  } catch {
    guard error.file == nil else { throw ExitMessage(status: .bug, text: error.description) }
    let mend = error.mend.map { "; \($0)" } ?? ""
    throw ExitMessage(
      status: .usage, text: "\(error.problem)\(mend) (smtpprobe lab list names them all)")
  }
}

/// The one fixture that a word names.
func namedFixture(_ word: String) throws -> Fixture {
  let found = try namedFixtures(word)
  guard let first = found.first, found.count == 1 else {
    throw ExitMessage(
      status: .usage,
      text: "\(word) holds several fixtures; name one: "
        + found.map(\.word).joined(separator: " "))
  }
  return first.fixture
}

/// The fixtures in this binary; a fault in one of them is a bug of ours.
func library() throws -> FixtureLibrary {
  do {
    return try FixtureLibrary.embedded()
  } catch {
    throw ExitMessage(status: .bug, text: error.description)
  }
}
