import SessionTrace

/// The verbs that a `C:` line may name.
///
/// A list, so that a misspelt verb is an error and not a rule that never applies.
let knownVerbs = [
  "EHLO", "HELO", "LHLO", "STARTTLS", "XCLIENT", "AUTH", "MAIL", "RCPT", "DATA", "BDAT", "RSET",
  "NOOP",
  "VRFY",
  "EXPN", "HELP", "QUIT",
]

/// Reads what follows `C:`: a verb, a dot, or an event in parentheses; qualifiers may follow a command.
func readCondition(_ line: SourceLine) throws(FixtureError) -> Condition {
  if line.text == "." { return .endOfData }
  if let event = parenthesised(line.text), event != "hello", event != "any command",
    event != "AUTH response"
  {
    return try interpret(line.with(text: event), as: "event", by: eventPhrases)
  }
  var (pattern, rest) = try readCommand(line)
  while !rest.isEmpty {
    let (change, length) = try readQualifier(rest, of: line)
    change(&pattern)
    rest = Array(rest.dropFirst(length))
  }
  return .command(pattern)
}

/// What can happen besides commands, told by nothing but itself.
let plainEventPhrases: [Phrase<Condition>] = [
  Phrase("connects") { _ in .connects },
  Phrase("early talk") { _ in .earlyTalk },
  Phrase("TLS hello") { _ in .tlsHello },
  Phrase("body byte N") { .bodyByte(max(1, $0.numbers[0])) },
  Phrase("body line over N byte/bytes") { .bodyLineOver($0.numbers[0]) },
  Phrase("body contains TEXT") { .bodyContains($0.texts[0]) },
  Phrase("T after connecting") { .elapsed($0.times[0]) },
  Phrase("finishes") { _ in .finishes },
  // Read before this table is asked, and listed here for whoever mistypes them.
  Phrase("hello") { _ in .command(CommandPattern(verbs: ["EHLO", "HELO", "LHLO"])) },
  Phrase("any command") { _ in .command(CommandPattern()) },
  Phrase("AUTH response") { _ in .command(CommandPattern(verbs: [CommandText.response])) },
]

private typealias Qualifier = @Sendable (inout CommandPattern) -> Void

private let qualifierPhrases: [Phrase<Qualifier>] = [
  Phrase("containing TEXT") { found in { $0.containing = found.texts[0] } },
  Phrase("over N bytes") { found in { $0.longerThan = found.numbers[0] } },
  Phrase("declaring over N bytes") { found in { $0.declaresMoreThan = found.numbers[0] } },
  Phrase("in a group") { _ in { $0.isInGroup = true } },
]

private func readCommand(_ line: SourceLine)
  throws(FixtureError) -> (CommandPattern, [PhraseToken])
{
  let groups = [
    ("(hello)", ["EHLO", "HELO", "LHLO"]), ("(any command)", []),
    ("(AUTH response)", [CommandText.response]),
  ]
  for (group, verbs) in groups
  where line.text.hasPrefix(group) {
    let rest = line.with(text: line.text.dropFirst(group.count))
    return (CommandPattern(verbs: verbs), try phraseTokens(rest))
  }
  var tokens = try phraseTokens(line)
  guard case .word(let verb)? = tokens.first, knownVerbs.contains(verb) else {
    let near = nearMiss(line.text.prefix { $0 != " " }.description, among: knownVerbs)
    throw line.error(
      "I do not know \"\(line.text)\" as a command",
      known: knownVerbs + [".", "(hello)", "(any command)", "(AUTH response)"]
        + eventPhrases.map { "(\($0.pattern))" },
      mend: near.map { "did you mean \"\($0)\"?" } ?? "name a command, or an event in parentheses")
  }
  tokens.removeFirst()
  return (CommandPattern(verbs: [verb]), tokens)
}

/// The qualifier at the head of `tokens`, and how many tokens it takes.
private func readQualifier(_ tokens: [PhraseToken], of line: SourceLine)
  throws(FixtureError) -> (Qualifier, Int)
{
  if case .word(let word)? = tokens.first, word.hasPrefix("#"), let number = Int(word.dropFirst()),
    number > 0
  {
    return ({ $0.occurrence = number }, 1)
  }
  for phrase in qualifierPhrases {
    let length = phrase.pattern.split(separator: " ").count
    if let change = phrase.match(Array(tokens.prefix(length))) { return (change, length) }
  }
  let written = tokens.map(\.written).joined(separator: " ")
  let near = nearPhrase(tokens, among: qualifierPhrases.map(\.pattern))
  throw line.error(
    "I do not know what \"\(written)\" says about a command",
    known: ["#N"] + qualifierPhrases.map(\.pattern),
    mend: near
      ?? (written.hasPrefix("#")
        ? "write #1 for the first, #2 for the second, in one word"
        : "what must hold besides stands behind \"when\""))
}
