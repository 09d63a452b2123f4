/// A trait of a message that some servers cannot bear, mended.
package enum MessageMend: String, CaseIterable, Codable, Sendable {
  /// Digits in the place of zero bytes.
  case zeros
  /// Question marks in the place of bytes over 127.
  case eightBit = "eight_bit"
  /// Lines of at most 72 characters.
  case longLines = "long_lines"
  /// CRLF in the place of a CR or an LF that stands alone.
  case lineEnds = "line_ends"
  /// An empty last line where it is not, and one with a hyphen where it is.
  case lastLine = "last_line"
}
