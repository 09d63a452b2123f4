import Diagnosis
import SessionTrace

extension TextLayout {
  /// The answer first: what happened where, who has the bytes, and the ledger.
  mutating func verdict(of report: SessionReport) {
    let verdict = report.verdict
    paragraph(
      "\(verdict.title): \(verdict.summary)", indent: 0, hanging: 2,
      tone: verdict.status == .ok ? .good : .bad)
    target(report.trace.target)
    if let custody = verdict.custody {
      field("custody", "\(custody.rawValue) - \(custody.reading)")
    }
    let ledger = verdict.ledger
    field(
      "ledger",
      "written \(ledger.written), sent \(ledger.sent), acknowledged \(ledger.acknowledged),"
        + " answered \(ledger.answered), unsent \(ledger.unsent); received \(ledger.received)")
    if let open = verdict.pending.firstUnanswered {
      field(
        "pending",
        "\(verdict.pending.answered) of \(count(verdict.pending.commands, "command")) answered;"
          + " the first without a reply: \(open)")
    }
    if verdict.waited > 0 { field("waited", durationText(verdict.waited)) }
    if let partial = verdict.partialReply {
      field("partial", "\(count(partial.length, "byte")) of a reply: \(partial.bytes)")
    }
    if let error = verdict.error { field("error", error) }
    if let nudge = report.trace.nudge { field("nudge", nudge.inWords) }
    if let hops = report.trace.hops { field("hops", hops.inWords) }
    field("message", report.trace.messageInWords)
    field("exit status", String(verdict.exitCode))
  }

  /// Whom we meant, and whom we reached.
  mutating func target(_ target: TargetRecord) {
    var text = target.given
    if let address = target.address {
      text += " at \(address)"
      if let port = target.port { text += " port \(port)" }
      if let preference = target.mxPreference { text += ", MX preference \(preference)" }
    }
    field("target", text)
  }
}

extension Verdict {
  /// `STALLED at mail`: our own words alone.
  var title: String {
    let word = status.rawValue.uppercased().map { $0 == "_" ? " " : $0 }
    return String(word) + (status == .ok ? "" : " at \(stage.rawValue)")
  }
}

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
    guard content.isComplete, (content.endOfData ?? 0) <= ledger.written else {
      return "\(taken) of content taken, without the end of data"
    }
    return commands.contains { $0.stage == .dot && isAccepted($0) }
      ? "\(taken) of content, accepted by the server" : "\(taken) of content and the end of data"
  }

  private func isAccepted(_ command: CommandRecord) -> Bool {
    guard let reply = command.reply, replies.indices.contains(reply) else { return false }
    return (200..<300).contains(replies[reply].code)
  }
}
