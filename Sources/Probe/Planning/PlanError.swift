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
    /// This host has run out of something: descriptors, memory, threads.
    case ownHost
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
    self.init(error.kindOfThisHost ?? .noInput, "\(what): \(error.failure.text)")
  }
}

extension WireError {
  /// Where this host forbids something, or has run out of it; `nil` for anything else.
  package var kindOfThisHost: PlanError.Kind? {
    switch failure.name {
    case "EACCES", "EPERM": .noPermission
    case "EMFILE", "ENFILE", "ENOMEM", "EAGAIN", "ENOBUFS": .ownHost
    default: nil
    }
  }
}
