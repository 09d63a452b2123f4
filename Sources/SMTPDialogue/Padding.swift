/// What is added to an envelope to give it the size asked for.
struct Padding: Equatable, Sendable {
  /// What becomes of the reverse-path.
  enum Sender: Equatable, Sendable {
    case kept
    /// Its local part has this many bytes more.
    case grown(Int)
    /// A sender at the EHLO name, with a local part of so many bytes, stands for the null one.
    case named(localLength: Int)
  }

  /// Commands for recipients given already, repeated in turn.
  var repeatedRecipients = 0
  var sender = Sender.kept
  /// Digits of `SIZE=`, zeros in front; 0 leaves the parameter as it would be.
  var sizeDigits = 0
  var trailingSpaces = 0
  /// A limit of the RFCs that had to be passed, in words; `nil` inside all of them.
  var passedLimit: String?

  static let none = Padding()
}
