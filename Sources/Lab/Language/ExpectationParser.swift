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
  var facts: [SourceLine] = []
  for line in lines { facts += try phrases(apartByCommas: line) }
  for line in facts {
    if let first = line.text.split(separator: " ").first, first.contains("@") || first == "ok" {
      try expectation.add(.outcome(line.text), at: line)
      continue
    }
    try expectation.add(
      try interpret(line, as: "promise", by: promisePhrases), at: line)
  }
  return expectation
}

/// What a run may promise; words are still to be checked against the contract.
enum Promise: Equatable, Sendable {
  case outcome(String)
  case custody(String)
  case pending(Int)
  case answered(Int)
  case firstUnanswered([UInt8])
  case ledger([String])
  case exit(Int)
  case takesAtLeast(Microseconds)
  case violation(String)
  case hazard(String)
  case note([UInt8])
  case policy(String)
  case noComplaint
}

/// The words for them.
let promisePhrases: [Phrase<Promise>] = [
  // Outcomes are recognised before this table is asked; the entry tells whoever mistypes one.
  Phrase("STATUS@STAGE") { _ in .outcome("") },
  Phrase("custody REST") { .custody($0.names[0]) },
  Phrase("pending N") { .pending($0.numbers[0]) },
  Phrase("answered N") { .answered($0.numbers[0]) },
  Phrase("first unanswered TEXT") { .firstUnanswered($0.texts[0]) },
  Phrase("ledger NAME NAME NAME") { .ledger($0.names) },
  Phrase("exit N") { .exit($0.numbers[0]) },
  Phrase("takes at least T") { .takesAtLeast($0.times[0]) },
  Phrase("violation NAME") { .violation($0.names[0]) },
  Phrase("hazard NAME") { .hazard($0.names[0]) },
  Phrase("note containing TEXT") { .note($0.texts[0]) },
  Phrase("policy NAME") { .policy($0.names[0]) },
  Phrase("no complaint") { _ in .noComplaint },
]

extension Expectation {
  fileprivate mutating func add(_ promise: Promise, at line: SourceLine) throws(FixtureError) {
    switch promise {
    case .outcome(let words):
      outcomes = try readOutcomes(line.with(text: words))
    case .custody(let words):
      custodies = alternatives(words)
      for word in custodies { try check(word, in: custodyWords, "custody", line) }
    case .pending(let count): pendingCommands = count
    case .answered(let count): pendingAnswered = count
    case .firstUnanswered(let bytes): self.firstUnanswered = escapedText(bytes)
    case .ledger(let words): ledger.append(try readLedgerFact(words, line))
    case .exit(let code): exitCode = code
    case .takesAtLeast(let time): leastDuration = time
    case .violation(let word):
      try check(word, in: Violation.Kind.allCases.map(\.rawValue), "violation", line)
      if let kind = Violation.Kind(rawValue: word) { violations.append(kind) }
    case .hazard(let id): hazards.append(id)
    case .note(let bytes): notes.append(escapedText(bytes))
    case .policy(let word):
      try check(
        word, in: TLSPolicyRecord.Result.allCases.map(\.rawValue), "result of a policy", line)
      policies.append(word)
    case .noComplaint: forbidsComplaints = true
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
    mend: nearMiss(word, among: known).map { "did you mean \"\($0)\"?" }
      ?? "promises stand apart by commas, and alternatives by \"or\"")
}
