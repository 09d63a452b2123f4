import Diagnosis
import SessionTrace

extension SessionReport {
  /// What a reader might take from this session and must not.
  package var limits: [String] {
    limitsOfEvidence
      + (verdict.status == .ok || saysItsCause
        ? [] : ["The cause: that takes a second session in which one thing is changed."])
  }

  /// What stays open however often the session is repeated.
  var limitsOfEvidence: [String] {
    var limits: [String] = []
    if let custody = verdict.custody { limits.append(limit(of: custody)) }
    if verdict.pending.commands > 1, verdict.pending.answered == 0 {
      limits.append(
        "That the first command is the trouble: a server may keep the replies to a whole flight"
          + " back until it has read all of it.")
    }
    if trace.hasFlag("anonymize_envelope"),
      verdict.status == .rejected || verdict.status == .deferred
    {
      limits.append("Whether the people themselves are refused: pseudonyms were sent.")
    }
    if trace.content == nil, verdict.status == .ok {
      limits.append("Whether a message would be accepted: none was sent.")
    }
    if trace.tls != nil {
      limits.append("Offsets of the clear text: under TLS the ledger counts ciphertext.")
    }
    if let hello = trace.helloSize, trace.tls != nil, verdict.status == .ok, hello < 1_400 {
      limits.append(
        "Whether a larger ClientHello arrives: this one had \(hello) bytes, and a current OpenSSL's"
          + " has about 1,780, in two segments. Test --clienthello-size 1780.")
    }
    if trace.fastOpenOutcome == .requested {
      limits.append("Whether a Fast Open cookie was used: the client's kernel keeps no proof.")
    }
    return limits
  }

  /// What the custody leaves open; whom the ACKs come from may have been found out.
  private func limit(of custody: Custody) -> String {
    if trace.target.isUnixSocket, custody == .acknowledgedUnanswered || custody == .windowClosed {
      return "Why the program behind the socket does not go on."
    }
    guard custody == .acknowledgedUnanswered, let hops = trace.hops else { return custody.limit }
    switch hops.reading {
    case .inFront:
      return
        "What the device that acknowledged did with the bytes. Its distance is that of TCP, the"
        + " address's that of UDP: networks may send the two different ways."
    case .notFound:
      return "Who acknowledged, for certain: a device with the server's own address, or in the last"
        + " hop, looks like the server itself."
    case .unknown: return custody.limit
    }
  }

  /// Whether nothing more is to be found out: the domain itself says that it takes no mail (RFC 7505), or whom it
  /// takes for none of its exchangers (RFC 8461).
  private var saysItsCause: Bool {
    if trace.isOutsideOfPolicy { return true }
    return if case .unreachable(let failure?) = trace.ending { failure.name == "NULL_MX" } else {
      false
    }
  }

  /// What was observed, in sentences that stand by themselves.
  package var observations: [String] {
    let handedOver = trace.commandCount { $0.written != nil }
    let arrived =
      trace.target.isUnixSocket
      ? "" : " \(count(verdict.ledger.acknowledged, "byte")) acknowledged;"
    var observations = [
      "\(count(handedOver, "command")) in \(count(verdict.ledger.written, "byte")) written;"
        + "\(arrived) every reply is there up to byte \(verdict.ledger.answered)."
    ]
    observations.append(
      "\(count(trace.replies.count &+ trace.leftOut(.replies), "reply", "replies")) in \(verdict.ledger.received) bytes"
        + " received.")
    if let custody = verdict.custody {
      observations.append("Custody: \(custody.reading(in: trace)).")
    }
    if let again = trace.finalFacts?.totalRetransmits {
      observations.append("\(count(again, "segment")) retransmitted, by the kernel's count.")
    }
    observations.append("Message: \(trace.messageInWords).")
    return observations
  }
}

extension Custody {
  /// What the observation does not tell.
  fileprivate var limit: String {
    switch self {
    case .peerSilent: "Whether the server's program is slow, busy or stopped."
    case .heldLocally: "Which of Nagle's algorithm, a cork or the congestion window held the bytes."
    case .windowClosed: "Why the peer does not read."
    case .unacknowledged:
      "Whether the bytes or their acknowledgements were lost, or where on the path."
    case .acknowledgedUnanswered:
      "Who acknowledged: the server's own TCP, or a device in front of it. A stopped server and a"
        + " swallowing proxy look the same from here."
    case .replyCutShort: "Whether the server stopped writing, or the rest was lost on the way."
    }
  }
}
