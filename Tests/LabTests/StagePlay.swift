import Testing

@testable import Lab

/// Plays a script against reads, with no time passing, and keeps what came of it.
struct StagePlay {
  private(set) var session: ServerSession
  private(set) var actions: [ServerAction] = []

  /// A session of a script whose lines are as under `Fault:`.
  init(_ script: String) {
    var parser = ScriptParser()
    do {
      try parser.read(
        script.split(separator: "\n").enumerated().map {
          SourceLine(file: "play.smtp", number: $0.offset + 1, text: String($0.element))
        })
    } catch {
      Issue.record(error)
    }
    session = ServerSession(script: parser.script)
  }

  /// Connects and delivers the reads.
  consuming func play(_ reads: [[UInt8]]) -> StagePlay {
    actions += session.receive(.connected, now: 0)
    for read in reads where !read.isEmpty { actions += session.receive(.bytes(read), now: 0) }
    return self
  }

  var sends: [String] { words(actions) }
  var said: String { sends.joined() }

  /// Actions that end something.
  var endings: [ServerAction] {
    actions.filter { [.stopReading, .hangUp, .hangUpInSilence, .close, .reset].contains($0) }
  }
}

/// What is sent, one entry a segment.
func words(_ actions: [ServerAction]) -> [String] {
  actions.compactMap { action in
    if case .send(let bytes) = action { String(decoding: bytes, as: UTF8.self) } else { nil }
  }
}

/// The code of each line, with the hyphen of a line that is not the last.
func codes(_ text: String) -> [String] {
  text.split(separator: "\r\n").map {
    $0.dropFirst(3).hasPrefix("-") ? $0.prefix(3) + "-" : String($0.prefix(3))
  }
}
