import SessionTrace

/// Reads the `Server:` and `Fault:` sections: settings, and the `C:`, `S:` and `M:` lines.
struct ScriptParser {
  private(set) var script = ServerScript()
  /// Rules of the later section come first: a fault overrules the server it befalls.
  private var laterRules: [Rule] = []
  private var laterBoxes: [Middlebox] = []
  /// The last `C:` line, until an `S:` line follows it.
  private var unanswered: SourceLine?

  /// Reads one section; call it for `Server:` before `Fault:`.
  mutating func read(_ lines: [SourceLine]) throws(FixtureError) {
    laterRules = []
    laterBoxes = []
    let earlierNames = script.names.records
    script.names.records = []
    for line in lines { try read(line) }
    try checkAnswered()
    script.rules = laterRules + script.rules
    script.names.records = script.names.records.overruling(earlierNames)
    script.middleboxes = laterBoxes + script.middleboxes
  }

  private mutating func read(_ line: SourceLine) throws(FixtureError) {
    let text = line.text.trimmed
    if text.hasPrefix("C:") {
      let (condition, provisos) = try readGuardedCondition(line.with(text: text.dropFirst(2)))
      try checkAnswered()
      unanswered = line
      laterRules.append(
        Rule(condition: condition, provisos: provisos, directions: [], line: line.number))
    } else if text.hasPrefix("S:") {
      let directions = try readDirections(line.with(text: text.dropFirst(2)))
      guard !laterRules.isEmpty else {
        throw line.error(
          "this S: line answers nothing", mend: "put a C: line before it, such as \"C: (connects)\""
        )
      }
      laterRules[laterRules.count - 1].directions += directions
      unanswered = nil
    } else if text.hasPrefix("M:") {
      guard let phrase = parenthesised(text.dropFirst(2).trimmed) else {
        throw line.error("a middlebox does not speak", mend: "put what it does in parentheses")
      }
      laterBoxes.append(
        try interpret(line.with(text: phrase), as: "middlebox", by: middleboxPhrases))
    } else {
      let setting = try interpret(
        line.with(text: text), as: "server setting", by: settingPhrases + weaknessPhrases)
      try script.apply(setting, at: line)
    }
  }

  private func checkAnswered() throws(FixtureError) {
    guard let unanswered else { return }
    throw unanswered.error(
      "no S: line follows this C: line",
      mend: "say what the server does; two conditions need an S: line each")
  }
}

/// The inside of `(…)` when the whole text is that.
func parenthesised(_ text: String) -> String? {
  text.hasPrefix("(") && text.hasSuffix(")") ? String(text.dropFirst().dropLast()).trimmed : nil
}

/// What an `S:` line says: literal reply text, ended by CRLF, or directions in parentheses.
func readDirections(_ line: SourceLine) throws(FixtureError) -> [Direction] {
  guard let inside = parenthesised(line.text) else {
    guard !line.text.isEmpty else {
      throw line.error("an S: line without words", mend: "write (say nothing) for silence")
    }
    try checkSaid(line)
    return [.say(try unescaped(line) + [13, 10])]
  }
  var directions: [Direction] = []
  for phrase in try phrases(apartByCommas: line.with(text: inside)) {
    directions.append(try interpret(phrase, as: "stage direction", by: directionPhrases))
  }
  return directions
}

/// A reply begins with its code: what begins otherwise, and is a direction or nearly one, lacks its
/// parentheses.
private func checkSaid(_ line: SourceLine) throws(FixtureError) {
  if line.text.hasPrefix("(") {
    throw line.error(
      "a parenthesis is not closed",
      mend: "close it, or write (send \"(...\\r\\n\") to have it said")
  }
  guard line.text.first?.isNumber == false else { return }
  let known = directionPhrases.map(\.pattern)
  if let tokens = try? phraseTokens(line), let near = nearPhrase(tokens, among: known) {
    let isDirection = directionPhrases.contains { $0.match(tokens) != nil }
    throw line.error(
      "\"\(line.text)\" would be said to the client",
      mend: isDirection ? "write (\(line.text)) to have it done" : "\(near) It wants parentheses")
  }
}

/// The stage directions an `S:` line may hold, apart by commas.
let directionPhrases: [Phrase<Direction>] =
  [
    Phrase("as usual") { _ in .asUsual },
    Phrase("say nothing") { _ in .sayNothing },
    Phrase("fall silent") { _ in .fallSilent },
    Phrase("stop reading") { _ in .stopReading },
    Phrase("drop queued input") { _ in .dropQueuedInput },
    Phrase("send TEXT") { .say($0.texts[0]) },
    Phrase("next segment") { _ in .nextSegment },
    Phrase("pause T") { .pause($0.times[0]) },
    Phrase("hang up") { _ in .hangUp },
    Phrase("close") { _ in .close },
    Phrase("reset") { _ in .reset },
    Phrase("start TLS") { _ in .startTLS },
    Phrase("hang up without close_notify") { _ in .hangUpInSilence },
    Phrase("close TLS") { _ in .closeTLS },
    Phrase("send in clear TEXT") { .sendInClear($0.texts[0]) },
  ]
  + shapePhrases.map { shape in
    Phrase(shape.pattern) { .shape(shape.meaning($0)) }
  }

/// How a reply may be delivered: in a direction for one reply, behind `every reply` for all.
let shapePhrases: [Phrase<ReplyShape>] = [
  Phrase("cut after N byte/bytes") { .cut(after: $0.numbers[0]) },
  Phrase("split after N byte/bytes") { .split(after: $0.numbers[0], pause: 0) },
  Phrase("split after N byte/bytes for T") {
    .split(after: $0.numbers[0], pause: $0.times[0])
  },
  Phrase("drip N byte/bytes every T") {
    .drip(bytes: max(1, $0.numbers[0]), every: $0.times[0])
  },
  Phrase("with bare LF") { _ in .bareLineFeeds },
  Phrase("N times") { .times($0.numbers[0]) },
  Phrase("T late") { .late($0.times[0]) },
]
