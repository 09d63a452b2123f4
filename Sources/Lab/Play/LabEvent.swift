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
  /// The rule of that line of the fixture fired.
  case rule(line: Int)
  case secured(String)
  case tlsFailed(String)
  case finished
  case stoppedReading
  case closed(String)

  /// Words and values, ASCII, hostile bytes escaped.
  package var text: String {
    switch self {
    case .opened(let from): "open from \(from)"
    case .read(let count): "read \(count)"
    case .forwarded(let count): "forward \(count)"
    case .wrote(let count): "write \(count)"
    case .command(let bytes): "command " + escapedText(bytes)
    case .reply(let bytes): "reply " + escapedText(bytes)
    case .content(let size): "content \(size)"
    case .rule(let line): "rule line \(line)"
    case .secured(let what): "tls \(what)"
    case .tlsFailed(let why): "tls failed \(why)"
    case .finished: "end-of-stream"
    case .stoppedReading: "stop-reading"
    case .closed(let how): "close \(how)"
    }
  }
}
