/// One complete reply: every line up to the one without a hyphen (RFC 5321 section 4.2.1).
package struct Reply: Equatable, Sendable {
  /// Of the last line, should they differ.
  package var code: Int
  /// RFC 3463 status such as `5.1.1`, where the server offered it and the text begins with one.
  package var enhanced: String?
  /// The text of each line after code and separator, as received.
  package var lines: [[UInt8]]
  /// What stood before each text, code and separator as received; `nil` when all of it was regular:
  /// ``code`` and a hyphen, in the last line ``code`` and a space.
  package var prefixes: [[UInt8]]?

  /// Whether the command was accepted: 2xx, or 3xx for DATA.
  var isPositive: Bool { (200...399).contains(code) }
  /// 4xx or 5xx.
  var isRefusal: Bool { (400...599).contains(code) }
}
