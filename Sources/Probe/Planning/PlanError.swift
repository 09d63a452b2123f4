package import Wire
import SessionOptions
import SessionTrace

/// Why options make no session: a sentence for their user.
package struct PlanError: Error, Sendable, CustomStringConvertible {
  /// Whose business it is, as the program's exit status tells it.
  package let status: ExitStatus
  /// What is wrong and what would do, without a full stop.
  package let description: String

  package init(_ status: ExitStatus = .usage, _ description: String) {
    self.status = status
    self.description = description
  }

  /// A file that cannot be read; `what` says which, as the user would.
  package init(cannotRead what: String, _ error: WireError) {
    let message = ExitMessage(cannotRead: what, error)
    self.init(message.status, message.text)
  }
}
