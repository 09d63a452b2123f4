import SessionTrace
import Wire

/// A folder that messages are put into as they are taken, for a test to compare with what was sent.
package final class MessageStore {
  private let folder: String
  private var count = 0
  /// Whether one could not be written.
  package private(set) var hasFailed = false

  /// The folder must be there; a file in it that has the name of a new one is replaced.
  package init(folder: String) { self.folder = folder }

  /// Writes the content, and beside it the envelope; says for the log where, or why not.
  func keep(_ message: ReceivedMessage, fixture: String, connection: Int) -> LabEvent {
    count += 1
    let number = String(count)
    let zeros = String(repeating: "0", count: max(0, 4 - number.count))
    let path = "\(folder)/\(zeros)\(number)"
    // The content last: whoever waits for it finds both.
    for (ending, bytes) in [("envelope", message.envelope), ("eml", message.content)] {
      let name = "\(path).\(ending)"
      do {
        guard let failure = try ReportFile(path: name).write(bytes) else { continue }
        return refused(name, failure)
      } catch {
        return refused(name, error.failure)
      }
    }
    return .stored(escapedText("\(path).eml".utf8))
  }

  private func refused(_ name: String, _ failure: SystemFailure) -> LabEvent {
    hasFailed = true
    return .notStored(escapedText("\(name): \(failure.text)".utf8))
  }
}
