package import SessionTrace

/// How a server reads, holds its replies and accepts: what it does always, whatever is said.
package enum Habit: Sendable, Equatable {
  /// Looks for CRLF in what one read brought, not in what has come so far (catalogue A6).
  case lineEndsInOneRead
  /// What was said before a pause leaves after it, with what is said then (catalogue E1).
  case keepsRepliesWhilePausing
  /// The replies to commands that came together leave when more comes (catalogue E2; against rule 7
  /// of RFC 2920 section 3.2).
  case holdsGroupReplies
  /// Reads nothing while what it says waits for room (catalogue E4).
  case writesBeforeReading
  /// Refuses a chunk without discarding it: its bytes are read as commands (catalogue F6).
  case takesRefusedChunksForCommands
  /// Greets only who has said something, as behind a proxy that looks at the first bytes before it opens the
  /// way to the server (catalogue D14).
  case waitsForClient
  /// Greets nobody before a header of the PROXY protocol has come, and closes where something else comes
  /// (catalogue D16).
  case expectsProxyHeader
  /// The same server without that.
  case expectsNoProxyHeader
  /// Speaks LMTP: LHLO, and a reply for each accepted recipient behind the message (RFC 2033).
  case speaksLMTP
  /// Takes no more recipients, domains and messages than its LIMITS say (RFC 9422).
  case keepsToLimits
  /// Takes waiting connections out of the backlog this often only (catalogue D8).
  case acceptsEvery(Microseconds)
}

/// The words for them, among the settings.
let habitPhrases: [Phrase<Habit>] = [
  Phrase("look for line ends in each read by itself") { _ in .lineEndsInOneRead },
  Phrase("keep replies while pausing") { _ in .keepsRepliesWhilePausing },
  Phrase("hold the replies to a group until more comes") { _ in .holdsGroupReplies },
  Phrase("write before reading on") { _ in .writesBeforeReading },
  Phrase("take a refused chunk for commands") { _ in .takesRefusedChunksForCommands },
  Phrase("wait for the client's first bytes") { _ in .waitsForClient },
  Phrase("expect a PROXY header") { _ in .expectsProxyHeader },
  Phrase("expect no PROXY header") { _ in .expectsNoProxyHeader },
  Phrase("speak LMTP") { _ in .speaksLMTP },
  Phrase("keep to its LIMITS") { _ in .keepsToLimits },
  Phrase("accept every T") { .acceptsEvery(max(1000, $0.times[0])) },
]

extension ServerScript {
  /// Whether it greets only once the client has said something.
  var awaitsFirstBytes: Bool { habits.contains(.waitsForClient) || expectsProxyHeader }

  /// Whether that has to be a header of the PROXY protocol; what is said last counts.
  var expectsProxyHeader: Bool {
    habits.last { $0 == .expectsProxyHeader || $0 == .expectsNoProxyHeader } == .expectsProxyHeader
  }

  /// Time between two looks at the backlog; `nil` when connections are accepted as they come.
  var acceptInterval: Microseconds? {
    for case .acceptsEvery(let interval) in habits { return interval }
    return nil
  }
}
