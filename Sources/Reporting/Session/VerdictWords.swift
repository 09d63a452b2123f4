import Diagnosis
import SessionTrace

extension Custody {
  /// What the word means, in one plain sentence (README, "Reading a report").
  var reading: String {
    switch self {
    case .peerSilent: "nothing of ours is outstanding; the peer's program has not spoken"
    case .heldLocally:
      "the peer has room, yet bytes were never sent: our own host holds them"
    case .windowClosed: "the peer's window is shut: it does not read"
    case .unacknowledged:
      "sent and not acknowledged: lost on the path, or dropped by a filter at either end"
    case .acknowledgedUnanswered:
      "a TCP stack at or in front of the server has every byte; the program behind it has not answered"
    case .replyCutShort: "a reply began and did not end"
    }
  }
}

extension Trace {
  /// Whether a message was sent, and how much of it.
  var messageInWords: String {
    guard let content else { return "none was sent; nothing was delivered" }
    let taken = count(content.taken, "byte")
    guard content.isComplete else { return "\(taken) of content taken, without the end of data" }
    return commands.contains { $0.stage == .dot && isAccepted($0) }
      ? "\(taken) of content, accepted by the server" : "\(taken) of content and the end of data"
  }

  private func isAccepted(_ command: CommandRecord) -> Bool {
    guard let reply = command.reply, replies.indices.contains(reply) else { return false }
    return (200..<300).contains(replies[reply].code)
  }
}
