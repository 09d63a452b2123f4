package import SessionTrace

/// One command as the rest of the program sees it; its bytes are in the ``Flight``.
package struct Command: Equatable, Sendable {
  package var verb: Verb
  /// The line without CRLF, escaped by ``escapedText(_:)``.
  package var text: String
  /// Bytes on the wire, CRLF included.
  package var length: Int

  package var stage: Stage { verb.row.stage }
}
