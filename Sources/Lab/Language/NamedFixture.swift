package import Wire

/// A fixture, and the word that names it on the command line.
package struct NamedFixture {
  package var word: String
  package var fixture: Fixture
}

/// The fixtures that a word names: one that is built in, or those of a file, which `check` looks at.
package func namedFixtures(
  _ word: String, check: (Fixture) throws(FixtureError) -> Void = { _ in }
) throws(ExitMessage) -> [NamedFixture] {
  if let path = FixturePath(word) { return try path.fixtures(check: check) }
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
package func namedFixture(_ word: String) throws(ExitMessage) -> Fixture {
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
package func library() throws(ExitMessage) -> FixtureLibrary {
  do {
    return try FixtureLibrary.embedded()
  } catch {
    throw ExitMessage(status: .bug, text: error.description)
  }
}
