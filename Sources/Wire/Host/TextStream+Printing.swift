import SessionTrace

extension TextStream {
  /// Writes `text`, lines that a person reads; a stream that nobody reads any more is not an error.
  ///
  /// Words of the user's, of a file or of a server may be among them, so whatever could move a cursor or
  /// hide a letter is spelt out: of the bytes, printable ASCII and line feeds stand for themselves. A
  /// backslash does too: the text may have been spelt out before.
  package func print(_ text: String) throws(ExitStatus) { try print(shownText(text)) }

  /// Writes bytes as they are.
  package func print(_ bytes: [UInt8]) throws(ExitStatus) {
    if let failure = write(bytes), failure.name != "EPIPE" { throw .cannotWrite }
  }
}

/// The bytes of `text` as a terminal may have them.
func shownText(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  for byte in text.utf8 {
    switch byte {
    case 0x0A, 0x20...0x7E: bytes.append(byte)
    default: bytes += escapedText([byte]).utf8
    }
  }
  return bytes
}
