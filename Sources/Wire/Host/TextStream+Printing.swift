import SessionTrace

extension TextStream {
  /// Writes `text`; a stream that nobody reads any more is not an error.
  package func print(_ text: String) throws(ExitStatus) { try print(Array(text.utf8)) }

  /// Writes bytes as they are.
  package func print(_ bytes: [UInt8]) throws(ExitStatus) {
    if let failure = write(bytes), failure.name != "EPIPE" { throw .cannotWrite }
  }
}
