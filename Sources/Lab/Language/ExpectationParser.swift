import SessionTrace

/// The statuses of the contract; the first has no fault in it.
///
/// Told again here because the lab does not import the half that judges.
package let statusWords = [
  "ok", "rejected", "deferred", "stalled", "closed", "reset", "unreachable", "tls_failed",
  "protocol_error", "interrupted", "internal_error",
]

/// The custodies of the contract, and `none`.
package let custodyWords = [
  "none", "peer_silent", "held_locally", "window_closed", "unacknowledged",
  "acknowledged_unanswered", "reply_cut_short",
]

/// Reads the lines under a run: facts, one a line or several apart by commas.
func readExpectation(_ lines: [SourceLine]) throws(FixtureError) -> Expectation {
  var expectation = Expectation()
  let facts = lines.flatMap { line in commaSeparated(line.text).map { line.with(text: $0) } }
  for line in facts {
    if let first = line.text.split(separator: " ").first, first.contains("@") || first == "ok" {
      expectation.outcomes = try readOutcomes(line)
      continue
    }
    let apply = try interpret(line, as: "expectation", by: expectationPhrases)
    try apply(&expectation, line)
  }
  return expectation
}

typealias ExpectationChange = @Sendable (inout Expectation, SourceLine) throws(FixtureError) -> Void

/// What a run may promise besides its outcome.
let expectationPhrases: [Phrase<ExpectationChange>] = [
  // Read before this table is asked, and listed here for whoever mistypes it.
  Phrase("STATUS@STAGE") { _ in { (_, _) throws(FixtureError) in } },
  Phrase("custody REST") { found in
    { (expectation: inout Expectation, line: SourceLine) throws(FixtureError) in
      expectation.custodies = alternatives(found.names[0])
      for word in expectation.custodies { try check(word, in: custodyWords, "custody", line) }
    }
  },
  promise("pending N") { $0.pendingCommands = $1.numbers[0] },
  promise("answered N") { $0.pendingAnswered = $1.numbers[0] },
  promise("first unanswered TEXT") { $0.firstUnanswered = escapedText($1.texts[0]) },
  Phrase("ledger NAME NAME NAME") { found in
    { (expectation: inout Expectation, line: SourceLine) throws(FixtureError) in
      expectation.ledger.append(try readLedgerFact(found.names, line))
    }
  },
  promise("exit N") { $0.exitCode = $1.numbers[0] },
  Phrase("violation NAME") { found in
    { (expectation: inout Expectation, line: SourceLine) throws(FixtureError) in
      let known = Violation.Kind.allCases.map(\.rawValue)
      try check(found.names[0], in: known, "violation", line)
      if let kind = Violation.Kind(rawValue: found.names[0]) { expectation.violations.append(kind) }
    }
  },
  promise("hazard NAME") { $0.hazards.append($1.names[0]) },
  promise("no complaint") { expectation, _ in expectation.forbidsComplaints = true },
]

private func promise(
  _ pattern: String,
  _ change: @escaping @Sendable (inout Expectation, PhraseArguments) -> Void
) -> Phrase<ExpectationChange> {
  Phrase(pattern) { found in
    { (expectation: inout Expectation, _: SourceLine) throws(FixtureError) in
      change(&expectation, found)
    }
  }
}

private func readOutcomes(_ line: SourceLine) throws(FixtureError) -> [Expectation.Outcome] {
  var outcomes: [Expectation.Outcome] = []
  for word in alternatives(line.text) {
    let parts = word.split(separator: "@", maxSplits: 1).map(String.init)
    try check(parts.first ?? word, in: statusWords, "status", line)
    var stage: Stage?
    if parts.count > 1 {
      try check(parts[1], in: Stage.allCases.map(\.rawValue), "stage", line)
      stage = Stage(rawValue: parts[1])
    }
    outcomes.append(Expectation.Outcome(status: parts.first ?? word, stage: stage))
  }
  return outcomes
}

private func readLedgerFact(_ words: [String], _ line: SourceLine)
  throws(FixtureError) -> LedgerFact
{
  let totals = LedgerTotal.allCases.map(\.rawValue)
  let relations = LedgerFact.Relation.allCases.map(\.rawValue)
  try check(words[0], in: totals, "total of the ledger", line)
  try check(words[1], in: relations, "relation", line)
  if Int(words[2]) == nil { try check(words[2], in: totals, "total of the ledger", line) }
  guard let left = LedgerTotal(rawValue: words[0]),
    let relation = LedgerFact.Relation(rawValue: words[1]),
    let right = Int(words[2]).map(LedgerFact.Term.number)
      ?? LedgerTotal(rawValue: words[2]).map(LedgerFact.Term.total)
  else { throw line.error("this is no relation of the ledger") }
  return LedgerFact(left: left, relation: relation, right: right)
}

private func alternatives(_ text: String) -> [String] {
  text.split(separator: " ").map(String.init).filter { $0 != "or" }
}

private func check(_ word: String, in known: [String], _ what: String, _ line: SourceLine)
  throws(FixtureError)
{
  guard !known.contains(word) else { return }
  throw line.error(
    "I do not know \"\(word)\" as a \(what)", known: known,
    mend: nearMiss(word, among: known).map { "did you mean \"\($0)\"?" })
}
