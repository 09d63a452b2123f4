package import SessionTrace

/// The reply that decided a session: which one, and what it makes of the delivery.
package struct Refusal: Sendable, Equatable {
  package var stage: Stage
  package var code: Int
  /// Index into the trace's replies.
  package var reply: Int
  /// Whether trying again later may help: 4xx, or any recipient refused with 4xx.
  package var isTemporary: Bool
}

/// The refusal that decided `trace`, or `nil` when nothing refused the delivery.
///
/// Not every 4xx or 5xx decides: EHLO refused and HELO accepted, STARTTLS refused and gone on in
/// clear, some recipients refused and others accepted are all deliveries that went on. A reply that
/// nothing waited for answers nothing, unless it is the 421 of a server that leaves.
package func decisiveRefusal(in trace: Trace) -> Refusal? {
  for (index, reply) in trace.replies.enumerated() where reply.code >= 400 {
    if decides(reply, at: index, in: trace) {
      var isTemporary = reply.code < 500
      if reply.stage == .rcpt && reply.code != 421 {
        isTemporary = trace.replies.contains { $0.stage == .rcpt && (400..<500).contains($0.code) }
      }
      return Refusal(
        stage: reply.stage, code: reply.code, reply: index, isTemporary: isTemporary)
    }
  }
  return nil
}

private func decides(_ reply: ReplyRecord, at index: Int, in trace: Trace) -> Bool {
  // RFC 5321 section 3.8: 421 announces that the server is leaving, whatever was asked.
  if reply.code == 421 { return true }
  guard reply.wasDue else { return false }
  let later = trace.replies[(index + 1)...]
  switch reply.stage {
  case .resolve, .connect, .tls, .quit: return false
  case .banner, .mail, .data, .body, .dot, .auth: return true
  case .ehlo: return !later.contains { $0.stage == .ehlo }
  case .starttls: return !later.contains { $0.stage > .tls && $0.stage != .quit }
  case .rcpt:
    let recipients = trace.commands.filter { $0.stage == .rcpt }
    return recipients.allSatisfy { command in
      guard let answer = command.reply, trace.replies.indices.contains(answer) else {
        return false
      }
      return trace.replies[answer].code >= 400
    }
  }
}
