/// What can happen besides commands.
let eventPhrases =
  plainEventPhrases + contentEventPhrases + leavingEventPhrases + tlsEventPhrases

/// What can be noticed in message content beside its length and its words.
let contentEventPhrases: [Phrase<Condition>] = [
  Phrase("body contains a bare LF") { _ in .bodyBareLineFeed },
  Phrase("body contains 8-bit data") { _ in .bodyEightBit },
]

/// What can be noticed of the way a client leaves.
let leavingEventPhrases: [Phrase<Condition>] = [
  Phrase("finishes before its replies") { _ in .finishesEarly }
]

/// What can be noticed of TLS from outside: sizes and cuts of its records, and its closing word.
let tlsEventPhrases: [Phrase<Condition>] = [
  Phrase("TLS hello in pieces") { _ in .tlsHelloInPieces },
  Phrase("TLS hello of N to N bytes") { .tlsHelloSize(from: $0.numbers[0], to: $0.numbers[1]) },
  Phrase("TLS hello contains TEXT") { .tlsHelloContains($0.texts[0]) },
  Phrase("TLS record over N bytes") { .tlsRecordOver($0.numbers[0]) },
  Phrase("TLS handshake ends with more behind it") { _ in .tlsFinishedWithMore },
  Phrase("TLS closes") { _ in .tlsCloses },
]
