import SessionTrace
package import Wire

/// A folder that messages are put into as they are taken, for a test to compare with what was sent.
package final class MessageStore {
  private let folder: String
  private var count = 0
  /// Whether one could not be written.
  package private(set) var hasFailed = false

  /// The folder must be there, and take files; one in it that has the name of a new one is replaced.
  package init(folder: String) throws(WireError) {
    self.folder = folder
    _ = try ReportFile(path: "\(path(of: 1)).eml")
  }

  /// Writes the content, and beside it the envelope; says for the log where, or why not.
  func keep(_ message: ReceivedMessage, fixture: String, connection: Int) -> LabEvent {
    count += 1
    let path = path(of: count)
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

  private func path(of number: Int) -> String {
    let digits = String(number)
    return "\(folder)/\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
  }

  private func refused(_ name: String, _ failure: SystemFailure) -> LabEvent {
    hasFailed = true
    return .notStored(escapedText("\(name): \(failure.text)".utf8))
  }
}
