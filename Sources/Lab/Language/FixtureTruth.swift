import SessionTrace

/// What is at work in a fixture where its fault acts, as its file says: `Shows: A1`, `Looks like: E1, P16`.
///
/// The words name known causes, which the lab knows nothing of: who reads them resolves them. Each
/// remembers its place.
package struct FixtureTruth: Sendable, Equatable {
  /// The causes that are truly at work.
  package private(set) var shows: [SourceLine] = []
  /// Those that it resembles, on purpose or because no client could know.
  package private(set) var looksLike: [SourceLine] = []
  /// Whether the file says anything; `Shows: nothing` is something.
  package private(set) var isStated = false

  /// The word for a fixture in which no known cause is at work.
  static let nothing = "nothing"
  /// The headings of its lines, which stand in the prose.
  static let headings = ["Shows:", "Looks like:"]

  /// Nobody says.
  init() {}

  /// What these lines say, each of which begins with one of the ``headings``.
  init(_ lines: [SourceLine]) throws(FixtureError) {
    var said: Set<String> = []
    for line in lines {
      guard let heading = Self.headings.first(where: line.text.hasPrefix) else { continue }
      guard said.insert(heading).inserted else {
        throw line.error(
          "a second \"\(heading)\"", mend: "put all causes into one line, apart by commas")
      }
      let names = line.text.dropFirst(heading.count).split(separator: ",").map {
        line.with(text: $0)
      }
      .filter { !$0.text.isEmpty }
      isStated = isStated || !names.isEmpty
      let causes = names.filter { $0.text != Self.nothing }
      guard causes.isEmpty || causes.count == names.count else {
        throw line.error("\"\(Self.nothing)\" stands beside a cause", mend: "leave one of them out")
      }
      if heading == Self.headings[0] { shows = causes } else { looksLike = causes }
    }
  }
}

extension SourceLine {
  /// What a paragraph of prose that begins like a heading of the truth probably meant.
  var truthHeadingMeant: String? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let word = String(text[...colon])
    guard !FixtureTruth.headings.contains(word), word.first?.isUppercase == true else { return nil }
    return nearMiss(word, among: FixtureTruth.headings)
  }
}
