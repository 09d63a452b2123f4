/// What a lab server has taken from its clients.
package struct LabTally: Sendable, Equatable, CustomStringConvertible {
  /// Connections accepted.
  package var sessions = 0
  /// Calls of `read(2)` that brought something.
  package var reads = 0
  /// Bytes in them.
  package var bytes = 0

  package var description: String { "sessions \(sessions) reads \(reads) bytes \(bytes)" }
}
