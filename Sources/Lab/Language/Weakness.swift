/// What a server takes or demands that a sound one does not; and what its chance is drawn from.
enum Weakness: Equatable, Sendable {
  case requiredClientCertificate
  case clearTextIntoTLS
  case furtherEndOfData([UInt8])
  case bytesBehindLastChunk(Int)
  case seed(Int)
}

/// The words for them, among the settings.
let weaknessPhrases: [Phrase<Setting>] = [
  Phrase("require a client certificate") { _ in .weakness(.requiredClientCertificate) },
  Phrase("carry clear text into TLS") { _ in .weakness(.clearTextIntoTLS) },
  Phrase("also end data at TEXT") { .weakness(.furtherEndOfData($0.texts[0])) },
  Phrase("wait for N byte/bytes behind the last chunk") {
    .weakness(.bytesBehindLastChunk($0.numbers[0]))
  },
  Phrase("seed N") { .weakness(.seed($0.numbers[0])) },
]

extension ServerScript {
  /// Changes the server as a weakness says; the line is there for errors.
  mutating func apply(_ weakness: Weakness, at line: SourceLine) throws(FixtureError) {
    switch weakness {
    case .requiredClientCertificate: requiresClientCertificate = true
    case .clearTextIntoTLS: carriesClearTextIntoTLS = true
    case .furtherEndOfData(let bytes):
      guard !bytes.isEmpty else {
        throw line.error(
          "no bytes are no end of data", mend: #"name some, such as "\n.\n""#)
      }
      furtherEndsOfData.append(bytes)
    case .bytesBehindLastChunk(let count): bytesAwaitedBehindLastChunk = count
    case .seed(let number): seed = number
    }
  }
}
