import SMTPDialogue
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
  let refused = RefusedRecipients(in: trace)
  for (index, reply) in trace.replies.enumerated() where (400..<600).contains(reply.code) {
    if decides(reply, at: index, in: trace, refused) {
      var isTemporary = reply.code < 500
      if reply.stage == .rcpt || reply.recipient != nil, reply.code != 421 {
        isTemporary = trace.replies[(refused.ofLastMessage ?? 0)...].contains {
          $0.stage == reply.stage && (400..<500).contains($0.code)
        }
      }
      return Refusal(
        stage: trace.endNeverLeft(before: reply) ? .body : reply.stage, code: reply.code,
        reply: index, isTemporary: isTemporary)
    }
  }
  return nil
}

/// What a session says of recipients that were all refused.
private struct RefusedRecipients {
  /// The first reply of the message that was sent last, where nobody is to have that.
  let ofLastMessage: Int?
  /// The replies of all transactions that are for nobody.
  let replies: [Range<Int>]

  init(in trace: Trace) {
    ofLastMessage = trace.firstReplyForNobody
    replies = trace.repliesForNobody
  }
}

private func decides(
  _ reply: ReplyRecord, at index: Int, in trace: Trace, _ refused: RefusedRecipients
) -> Bool {
  // RFC 5321 section 3.8: 421 announces that the server is leaving, whatever was asked. Where the
  // message was accepted, or nothing but leave-taking was asked, no delivery ends by it.
  if reply.code == 421 {
    return reply.stage == .quit
      ? trace.lacksMessages(by: index) : !trace.hasTakenAll(by: index)
  }
  guard reply.wasDue else { return false }
  // A delivery gets over these: HELO, clear text or another recipient come next. A rule that was broken
  // when nothing was to come any more would not have ended the session.
  if trace.ending == .protocolError, [.ehlo, .starttls, .auth, .rcpt].contains(reply.stage) {
    return false
  }
  switch reply.stage {
  case .resolve, .connect, .tls: return false
  // RSET between two messages; behind the last, leave-taking refuses nothing.
  case .quit: return trace.lacksMessages(by: index)
  // Behind a message that somebody gets, one recipient's refusal is that recipient's.
  case .dot where reply.recipient != nil: return trace.isRefusedForAll
  case .banner, .mail, .body: return true
  // There was nobody left to send it to, while another part of the recipients has it, or may have it yet.
  case .data, .dot:
    return refused.ofLastMessage != nil || !refused.replies.contains { $0.contains(index) }
  // What we said next shows that the delivery went on, answered or not.
  case .ehlo: return !commands(after: index, in: trace).contains { $0.stage == .ehlo }
  case .starttls:
    return !commands(after: index, in: trace).contains { $0.stage > .tls && $0.stage != .quit }
  case .auth:
    return !commands(after: index, in: trace).contains { $0.stage > .auth && $0.stage != .quit }
  case .rcpt: return refused.ofLastMessage.map { $0 <= index } ?? false
  }
}

extension Trace {
  /// The peer took the message, or all of them: each end was answered with a 2xx.
  package var isMessageAccepted: Bool { hasTakenAll(by: replies.count) }

  /// How many messages of one connection the peer took, or how many parts of one.
  package var messagesTaken: Int {
    repliesThatTake(by: replies.count).count { $0.recipient == nil }
  }

  /// Whether more were to come when that reply did, of several.
  fileprivate func lacksMessages(by index: Int) -> Bool {
    transactionsWanted > 1 && messagesTaken > 0 && !hasTakenAll(by: index)
  }

  /// Whether the peer had taken all messages when that reply came. A part whose recipients were all refused is
  /// not missed where others of its message were taken; a message is.
  fileprivate func hasTakenAll(by index: Int) -> Bool {
    let taking = repliesThatTake(by: index)
    let wanted = transactionsWanted
    guard wanted > 1 || hasReplyForTheWhole else { return !taking.isEmpty }
    let mayMiss = envelope?.parts != nil && !taking.isEmpty && firstReplyForNobody == nil
    let missed = mayMiss ? repliesForNobody.count : 0
    return taking.count { $0.recipient == nil } >= wanted - missed
  }

  /// The replies that take messages, of those before that one. What is taken for nobody is not delivered: a chunk
  /// that left with the envelope may find that every recipient was refused, after which no message follows.
  private func repliesThatTake(by index: Int) -> [ReplyRecord] {
    let forNobody = repliesForNobody
    return replies[..<index].indices.compactMap { place in
      let reply = replies[place]
      return accepts(reply) && !forNobody.contains { $0.contains(place) } ? reply : nil
    }
  }

  /// Whether a reply for the message as a whole is due behind those for its recipients, as 353 announces
  /// (draft-hall-prdr-00 section 3): without that nobody has it.
  private var hasReplyForTheWhole: Bool { replies.contains { $0.stage == .dot && $0.code == 353 } }

  /// Whether the reply cannot be to the end of data, though the kernel had that: it never left.
  fileprivate func endNeverLeft(before reply: ReplyRecord) -> Bool {
    guard reply.stage == .dot, let end = content?.endOfData else { return false }
    return ledger.sent < end
  }

  /// Whether the reply is the one that takes the message.
  private func accepts(_ reply: ReplyRecord) -> Bool {
    content != nil && reply.stage == .dot && reply.wasDue && (200..<300).contains(reply.code)
  }
}

/// The commands that a reply answers later than the one at `index`, or none does.
private func commands(after index: Int, in trace: Trace) -> [CommandRecord] {
  trace.commands.filter { ($0.reply ?? .max) > index }
}
