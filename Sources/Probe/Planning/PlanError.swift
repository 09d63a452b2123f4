package import Wire
import SessionOptions
import SessionTrace

/// Why options make no session: a sentence for their user.
package struct PlanError: Error, Sendable, CustomStringConvertible {
  /// Whose business it is.
  package enum Kind: Sendable {
    /// Options that cannot be had, or not together.
    case usage
    /// A file that holds what cannot be used.
    case badInput
    /// A file that is not there.
    case noInput
    /// A file that may not be read.
    case noPermission
  }

  package let kind: Kind
  /// What is wrong and what would do, without a full stop.
  package let description: String

  package init(_ kind: Kind = .usage, _ description: String) {
    self.kind = kind
    self.description = description
  }

  /// A file that cannot be read; `what` says which, as the user would.
  package init(cannotRead what: String, _ error: WireError) {
    self.init(
      error.failure.name == "EACCES" ? .noPermission : .noInput, "\(what): \(error.failure.text)")
  }
}
