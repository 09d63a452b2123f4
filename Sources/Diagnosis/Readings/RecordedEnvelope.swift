import SessionOptions
import SessionTrace

/// The envelope as the options in force have it, whether or not any of it was said.
extension Trace {
  /// The recipients, as a report spells them; never empty.
  var recipientsInForce: [String] {
    let given = optionText("to")?.split(separator: ",").map(String.init) ?? []
    return given.isEmpty ? ["postmaster"] : given
  }

  /// The sender without its brackets, as a report spells it; empty for the null sender.
  var senderInForce: String { bareMailbox(optionText("from") ?? "") }

  /// The text of an option; `nil` where it is none, or not known.
  func optionText(_ name: String) -> String? {
    if case .text(let text)? = option(name) { text } else { nil }
  }
}
