/// What must hold besides a rule's condition: the part of a `C:` line behind `when`.
///
/// Provisos look at the connection and not at what came last, so that every condition can have them.
package enum Proviso: Sendable, Equatable {
  /// The handshake is done.
  case underTLS
  /// The message just taken, or being taken, has more bytes than this.
  case contentOver(Int)
  /// LF without CR came in the message just taken, or being taken.
  case contentHeldBareLineFeed
  /// Whether the last line of the message just taken had nothing in it.
  case lastLineWasEmpty(Bool)
  /// The sender of the transaction is the null one.
  case senderIsEmpty
  /// More recipients than this were taken in the transaction.
  case recipientsOver(Int)
  /// The fixture's how-manieth connection it is, from 1.
  case connection(Int)
  /// The client connected to this address of the server's.
  case address(String)
  /// So often in so many times, drawn anew each time the condition holds.
  case chance(Int, in: Int)
}

/// The words for them.
let provisoPhrases: [Phrase<Proviso>] = [
  Phrase("under TLS") { _ in .underTLS },
  Phrase("the content is over N bytes") { .contentOver($0.numbers[0]) },
  Phrase("the content held a bare LF") { _ in .contentHeldBareLineFeed },
  Phrase("the last line of the content was empty") { _ in .lastLineWasEmpty(true) },
  Phrase("the last line of the content was not empty") { _ in .lastLineWasEmpty(false) },
  Phrase("the sender is empty") { _ in .senderIsEmpty },
  Phrase("over N recipients/recipient were taken") { .recipientsOver($0.numbers[0]) },
  Phrase("on connection N") { .connection($0.numbers[0]) },
  Phrase("connected to NAME") { .address($0.names[0]) },
  Phrase("chance has it N in N") { .chance($0.numbers[0], in: max(1, $0.numbers[1])) },
]

/// Reads what follows `C:`, its provisos set apart: `RCPT #2 when under TLS, chance has it 1 in 3`.
func readGuardedCondition(_ line: SourceLine)
  throws(FixtureError) -> (condition: Condition, provisos: [Proviso])
{
  guard let start = placeOfWhen(line.text) else { return (try readCondition(line), []) }
  var provisos: [Proviso] = []
  for phrase in try phrases(apartByCommas: line.with(text: line.text[start.upperBound...])) {
    provisos.append(try interpret(phrase, as: "proviso", by: provisoPhrases))
  }
  return (try readCondition(line.with(text: line.text[..<start.lowerBound])), provisos)
}

/// Where ` when ` stands outside quotation marks.
private func placeOfWhen(_ text: String) -> Range<String.Index>? {
  var isQuoted = false
  var isEscaped = false
  for index in text.indices {
    let character = text[index]
    if character == "\"", !isEscaped { isQuoted.toggle() }
    isEscaped = character == "\\" && !isEscaped
    if !isQuoted, text[index...].hasPrefix(" when ") {
      return index..<text.index(index, offsetBy: 6)
    }
  }
  return nil
}
