import SessionTrace

/// One line of a lab's log, before it knows its time and connection.
package enum LabEvent: Sendable, Equatable {
  case opened(from: String)
  /// One `read(2)`, that many bytes.
  case read(Int)
  /// What the middleboxes make of it and pass on, one event for each block; none where there are none.
  case forwarded(Int)
  case wrote(Int)
  /// A command line, its line end included.
  case command([UInt8])
  /// Words of the server, before they are cut and paced.
  case reply([UInt8])
  /// A message's content has ended; its size.
  case content(Int)
  /// The message that ended is in that file, or could not be put there for that reason.
  case stored(String)
  case notStored(String)
  /// The rule of that line of the fixture fired.
  case rule(line: Int)
  case secured(String)
  case tlsFailed(String)
  case finished
  case stoppedReading
  case closed(String)

  /// Its name, and what there is to say of it.
  private var parts: (name: String, value: Value) {
    switch self {
    case .opened(let from): ("open", .text("from", from))
    case .read(let count): ("read", .number("bytes", count))
    case .forwarded(let count): ("forward", .number("bytes", count))
    case .wrote(let count): ("write", .number("bytes", count))
    case .command(let bytes): ("command", .text("text", escapedText(bytes)))
    case .reply(let bytes): ("reply", .text("text", escapedText(bytes)))
    case .content(let size): ("content", .number("bytes", size))
    case .stored(let path): ("stored", .text("file", path))
    case .notStored(let why): ("not-stored", .text("reason", why))
    case .rule(let line): ("rule", .number("line", line))
    case .secured(let what): ("tls", .text("version", what))
    case .tlsFailed(let why): ("tls", .text("failed", why))
    case .finished: ("end-of-stream", .none)
    case .stoppedReading: ("stop-reading", .none)
    case .closed(let how): ("close", .text("how", how))
    }
  }

  private enum Value {
    case none
    case text(String, String)
    case number(String, Int)
  }

  /// Words and values, ASCII, hostile bytes escaped.
  package var text: String {
    let (name, value) = parts
    return switch value {
    case .none: name
    // Keys that the text has always had.
    case .text(let key, let text) where key == "from" || key == "failed": "\(name) \(key) \(text)"
    case .number("line", let number): "\(name) line \(number)"
    case .text(_, let text): "\(name) \(text)"
    case .number(_, let number): "\(name) \(number)"
    }
  }

  /// The same as members of a JSON object.
  var members: String {
    let (name, value) = parts
    return switch value {
    case .none: #""event":"\#(name)""#
    case .text(let key, let text): #""event":"\#(name)","\#(key)":\#(jsonString(text))"#
    case .number(let key, let number): #""event":"\#(name)","\#(key)":\#(number)"#
    }
  }
}

/// Printable text as a string of JSON.
func jsonString(_ text: String) -> String {
  "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
}
