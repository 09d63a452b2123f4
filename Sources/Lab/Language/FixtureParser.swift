/// Reads one fixture file: the fixtures it holds, one unless it has a table of variants.
///
/// The path is family folder and file name, `close/silent-at.smtp`.
package func parseFixtures(path: String, text: String) throws(FixtureError) -> [Fixture] {
  let lines =
    text
    // CRLF is one character, and the line end of an editor elsewhere.
    .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    .enumerated()
    .map { SourceLine(file: path, number: $0.offset + 1, text: withoutTrailingBlanks($0.element)) }
  let table = try VariantTable(try FixtureFile(lines).each)
  // The table itself holds no places to fill; it is read once, above.
  var fixtures: [Fixture] = []
  for row in table.rows {
    let file = try FixtureFile(try VariantTable.fill(lines, with: row))
    fixtures.append(try fixture(file, path: path, variant: row["name"]))
  }
  return fixtures
}

private func withoutTrailingBlanks(_ line: Substring) -> String {
  var line = line
  while let last = line.last, last == " " || last == "\t" || last == "\r" { line.removeLast() }
  return String(line)
}

private func fixture(_ file: FixtureFile, path: String, variant: String?)
  throws(FixtureError) -> Fixture
{
  let parts = path.split(separator: "/").map(String.init)
  let base = (parts.last ?? path).split(separator: ".").first.map(String.init) ?? path
  guard !file.title.isEmpty, !file.source.isEmpty else {
    throw FixtureError(
      file: path, line: 1, problem: "the fixture has no \(file.title.isEmpty ? "title" : "source")",
      mend: "begin with a title, a story, and a paragraph \"Source: ...\"")
  }
  var parser = ScriptParser()
  try parser.read(file.server)
  let sound = parser.script
  try parser.read(file.fault)
  let network = try readNetwork(file)
  var runs: [FixtureRun] = []
  for section in file.runs {
    let run = try readRun(section)
    guard !runs.contains(where: { $0.name == run.name }) else {
      throw section.heading.error(
        "two runs are called \"\(run.name)\"", mend: "give one of them another name")
    }
    runs.append(run)
  }
  guard !runs.isEmpty else {
    throw FixtureError(
      file: path, line: nil, problem: "the fixture has no run",
      mend: "add \"Run: --timeout 1s\" and what must come of it")
  }
  return Fixture(
    name: base + (variant.map { "-" + $0 } ?? ""),
    family: parts.count > 1 ? parts[parts.count - 2] : "", title: file.title, story: file.story,
    source: file.source, truth: try FixtureTruth(file.truth), faulty: parser.script, sound: sound,
    network: network, message: try readMessage(file.message), runs: runs)
}

/// The networks with and without fault; `nil` when the file has no word about one.
private func readNetwork(_ file: FixtureFile) throws(FixtureError) -> FixtureNetwork? {
  guard !file.network.isEmpty || !file.networkFault.isEmpty else { return nil }
  var parser = NetworkParser()
  try parser.read(file.network)
  let sound = parser.script
  try parser.read(file.networkFault)
  return FixtureNetwork(faulty: parser.script, sound: sound)
}

/// Lines as content, each ended by CRLF; empty lines at the end only set the next section apart.
private func readMessage(_ lines: [SourceLine]) throws(FixtureError) -> [UInt8] {
  var lines = lines[...]
  while let last = lines.last, last.text.isEmpty { lines.removeLast() }
  var bytes: [UInt8] = []
  for line in lines { bytes += try unescaped(line) + [13, 10] }
  return bytes
}

/// `Run NAME: options`, `Control NAME without fault: options`.
private func readRun(_ section: FixtureFile.RunSection) throws(FixtureError) -> FixtureRun {
  let heading = section.heading
  let halves = heading.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
  var words = halves[0].split(separator: " ").map(String.init)
  let isControl = words.removeFirst() == "Control"
  let isWithoutFault = words.suffix(2) == ["without", "fault"]
  if isWithoutFault { words.removeLast(2) }
  guard words.count <= 1 else {
    throw heading.error(
      "a run's name is one word, not \"\(words.joined(separator: " "))\"",
      known: FixtureFile.sectionWords, mend: "join the words by hyphens")
  }
  let expectation = try readExpectation(section.lines)
  guard !expectation.outcomes.isEmpty else {
    throw heading.error(
      "the run promises no outcome", mend: "write one below it, such as \"stalled@mail\"")
  }
  guard !isControl || expectation.outcomes.allSatisfy({ $0.status == statusWords[0] }) else {
    throw heading.error(
      "a control run must come out ok", mend: "expect ok@..., or call it a Run")
  }
  return FixtureRun(
    name: words.first ?? (isControl ? "control" : "run"),
    options: try optionWords(heading.with(text: halves.dropFirst().first ?? "")),
    isControl: isControl, faultsEnabled: !isWithoutFault, expectation: expectation)
}

/// The words of a command line; quotation marks keep spaces together.
private func optionWords(_ line: SourceLine) throws(FixtureError) -> [String] {
  var words: [String] = []
  for token in try phraseTokens(line) {
    switch token {
    case .word(let word): words.append(word)
    case .text(let bytes): words.append(String(decoding: bytes, as: UTF8.self))
    }
  }
  return words
}
