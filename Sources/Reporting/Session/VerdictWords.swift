import Diagnosis
import SessionTrace

extension Custody {
  /// What the word means in this session, in one plain sentence (manual, "Reading a report").
  func reading(in trace: Trace) -> String {
    trace.target.isUnixSocket ? readingOnSocket(trace.finalFacts?.readByPeer) : meaning
  }

  /// On a UNIX socket, where what is written is in the peer's own queue, and the kernel knows whether
  /// all of it was read.
  private func readingOnSocket(_ wasRead: Bool?) -> String {
    switch self {
    case .acknowledgedUnanswered:
      switch wasRead {
      case true?: "the server's program has read every byte, and has not answered"
      case false?: "the server's socket has every byte; its program has not read all of it"
      case nil: "the server's socket has every byte; its program has not answered"
      }
    case .windowClosed: "the server's socket takes no more: its program does not read"
    case .heldLocally: "bytes were not handed over yet: we ourselves held them"
    case .peerSilent, .unacknowledged, .replyCutShort: meaning
    }
  }

  /// What the word means on a path of TCP.
  var meaning: String {
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
  /// That nobody of the envelope is who they seem.
  var pseudonymsInWords: String? {
    guard hasFlag("anonymize_envelope") else { return nil }
    let message = option("data").map(\.isUnset) == false ? "; the message is sent as it is" : ""
    return "sender and recipients have pseudonyms of the same length (--anonymize-envelope)"
      + message
  }

  /// Whether a message was sent, and how much of it.
  var messageInWords: String {
    guard let content else { return "none was sent; nothing was delivered" }
    if isMessageAccepted || messagesTaken > 0 {
      return "\(count(content.taken, "byte")) of content, accepted by the server"
    }
    if content.isComplete, let end = content.endOfData, ledger.sent >= end {
      return "\(count(content.taken, "byte")) of content and the end of data"
    }
    // Bytes of our stream: what was read from the file beyond that never left.
    let sent = max(0, min(ledger.sent, content.endOfData ?? .max) - content.start)
    return "\(count(sent, "byte")) of content sent\(tls == nil ? "" : ", encrypted"),"
      + " without the end of data"
  }
}
