import SMTPDialogue
package import SessionTrace

/// The mail transactions of a session: of one message or several, or of one in parts.
extension Trace {
  /// The commands of each that was begun, from MAIL up to the next.
  var transactions: [Range<Int>] {
    var starts = commands.indices.filter { commands[$0].stage == .mail }
    starts.append(commands.endIndex)
    return zip(starts, starts.dropFirst()).map { $0..<$1 }
  }

  /// Whether its sender was not refused, and every recipient was that it names; a server that leaves (421) says
  /// nothing of a recipient.
  func isForNobody(_ transaction: Range<Int>) -> Bool {
    let recipients = commands[transaction].filter { $0.stage == .rcpt }
    let sender = commands[transaction].first.flatMap { answer(to: $0) }
    return !recipients.isEmpty && sender.map { $0.code < 400 } ?? true
      && recipients.allSatisfy { answer(to: $0).map { $0.code >= 400 && $0.code != 421 } ?? false }
  }

  /// How many transactions a message has.
  private var transactionsOfMessage: Int { max(1, envelope?.parts?.recipients.count ?? 1) }

  /// The first reply, by its index, of the message that was sent last, where that is for nobody at all; what was
  /// sent before it was taken.
  var firstReplyForNobody: Int? {
    let all = transactions
    let last = all[(max(0, all.count - 1) / transactionsOfMessage * transactionsOfMessage)...]
    guard let first = last.first, last.allSatisfy(isForNobody) else { return nil }
    return firstReply(of: first)
  }

  private func firstReply(of transaction: Range<Int>) -> Int? {
    commands[transaction].lazy.compactMap(\.reply).first
  }

  /// Replies, by their index, of transactions whose recipients were refused: what is said there of the message
  /// is about none. Beyond the last that has an answer there is no end of them.
  var repliesForNobody: [Range<Int>] {
    let all = transactions
    return all.indices.compactMap { index in
      guard isForNobody(all[index]), let first = firstReply(of: all[index]) else { return nil }
      let next = index + 1 < all.count ? firstReply(of: all[index + 1]) : nil
      return first..<max(first, next ?? .max)
    }
  }

  /// How many transactions were to be had: as many as were asked for, and as the server takes over one connection.
  var transactionsWanted: Int {
    let messages = if case .number(let number)? = option("messages") { number } else { 1 }
    guard messages > 1 || transactionsOfMessage > 1 else { return 1 }
    let (wanted, isOver) = messages.multipliedReportingOverflow(by: transactionsOfMessage)
    return min(isOver ? .max : wanted, announcedLimit("MAILMAX") ?? .max)
  }

  /// A limit that the server announces by LIMITS (RFC 9422), where that was not to be passed over.
  func announcedLimit(_ name: String) -> Int? {
    let ignored = option("ignore_keyword")?.text.uppercased().split(separator: ",") ?? []
    if ignored.contains(where: { $0.filter { $0 != " " } == "LIMITS" }) { return nil }
    return Capabilities(assumed: capabilities).limit(name)
  }
}

/// What became of one part of an envelope.
package struct PartOutcome: Sendable, Equatable {
  /// Addresses, escaped, as far as the trace has them.
  package var recipients: [String]
  /// How many there are.
  package var number: Int
  /// Where its commands and its message are in our stream; `nil` for one that was not begun.
  package var bytes: Range<Int>?
  /// The reply that decided it, or what there is in its place. Escaped.
  package var outcome: String
  package var isTaken: Bool
}

extension Trace {
  /// What became of each part of an envelope that was put into parts; empty where it went whole.
  package var partOutcomes: [PartOutcome] {
    guard let parts = envelope?.parts else { return [] }
    let all = transactions
    let sizes = parts.recipients
    let begun = all.enumerated().map { index, transaction in
      // A report from elsewhere may say anything.
      outcome(of: transaction, number: sizes.isEmpty ? 0 : sizes[index % sizes.count])
    }
    let missing = parts.recipients.dropFirst(all.count).map {
      PartOutcome(recipients: [], number: $0, bytes: nil, outcome: "not begun", isTaken: false)
    }
    guard parts.leftOver > 0 else { return begun + missing }
    return begun + missing + [
      PartOutcome(
        recipients: parts.leftOverRecipients, number: parts.leftOver, bytes: nil,
        outcome: "left over for another connection", isTaken: false)
    ]
  }

  private func outcome(of transaction: Range<Int>, number: Int) -> PartOutcome {
    let own = commands[transaction].filter { $0.stage >= .mail && $0.stage <= .dot }
    let recipients = own.filter { $0.stage == .rcpt }.map { mailbox(ofCommand: $0.text) }
    var part = PartOutcome(
      recipients: recipients, number: max(number, recipients.count),
      bytes: own.first.map { $0.start..<max($0.start, own.last?.end ?? $0.end) },
      outcome: "no reply", isTaken: false)
    let answered = own.compactMap { answer(to: $0) }
    let refused = answered.filter { $0.code >= 400 }
    if isForNobody(transaction), let first = refused.first {
      part.outcome = "refused: \(first.lastLineAsSent)"
    } else if let last = answered.last, last.stage == .dot {
      part.isTaken = last.code < 300
      part.outcome = (part.isTaken ? "taken: " : "refused: ") + last.lastLineAsSent
      let others = refused.count { $0.stage == .rcpt }
      if part.isTaken, others > 0 { part.outcome += " (\(others) refused before)" }
    } else if let first = refused.first(where: { $0.stage != .rcpt }) {
      part.outcome = "refused: \(first.lastLineAsSent)"
    }
    return part
  }
}
