package import SessionTrace

/// Where the bytes are, from the ledger and the kernel's last word; `nil` where nobody has any that
/// somebody else waits for.
///
/// The order of the questions matters. A reply that has begun proves that the peer has our bytes. Bytes
/// in flight that are being retransmitted, or should have been acknowledged long ago, are lost, and then
/// loss is what holds the rest back, however full the window is of them. Only where the connection
/// stood to the end can our own host be what held bytes back: where the peer ended it, the end did, and
/// nothing is said of bytes that were on their way or of commands that were never handed over.
package func custody(in trace: Trace) -> Custody? {
  if trace.partialReply != nil { return .replyCutShort }
  let ledger = trace.ledger
  let facts = trace.finalFacts
  let isByPeer = trace.ending.isByPeer
  let inFlight = max(0, ledger.sent - ledger.acknowledged)
  if ledger.unsent > 0, facts?.peerWindow == 0 { return .windowClosed }
  if inFlight > 0, isLost(in: trace) || ledger.unsent == 0 && !isByPeer { return .unacknowledged }
  if ledger.unsent > 0 {
    let isShut = facts?.peerWindow.map { windowIsFull($0, inFlight: inFlight, trace: trace) }
    if isShut == true { return .windowClosed }
    if !isByPeer { return .heldLocally }
  }
  guard let owed = trace.commands.first(where: { !$0.isAnswered }) else {
    return isByPeer && trace.wasGreeted ? nil : .peerSilent
  }
  guard isHandedOver(owed, in: trace) else {
    // A socket that takes no more, since nobody reads it: a UNIX socket has no other window.
    if !isByPeer, trace.finalFacts?.readByPeer == false { return .windowClosed }
    return isByPeer ? nil : .heldLocally
  }
  return owed.end <= ledger.acknowledged ? .acknowledgedUnanswered : nil
}

/// Whether the kernel has all of a command; before that, no reply to it can be owed.
///
/// Pieces that are paced are still ours, and so is content whose end has not been reached: until then
/// the command has no length.
func isHandedOver(_ command: CommandRecord, in trace: Trace) -> Bool {
  command.end > command.start && command.end <= trace.ledger.written
}

extension Trace {
  /// Whether the server has said its first word, complete.
  fileprivate var wasGreeted: Bool { replies.contains { $0.stage == .banner && $0.wasDue } }
}

/// Whether bytes in flight are missing rather than on their way.
private func isLost(in trace: Trace) -> Bool {
  let facts = trace.finalFacts
  return (facts?.retransmits ?? 0) > 0 || (facts?.lostSegments ?? 0) > 0 || isOverdue(in: trace)
}

/// Whether the bytes in flight have gone without an ACK for longer than any ACK takes.
///
/// The kernel may not have sent them again yet: without a measured round trip it waits a second (RFC
/// 6298 section 2), and three where our SYN was lost. An ACK may be delayed by half a second (RFC 1122
/// section 4.2.3.2), and its way is a round trip.
private func isOverdue(in trace: Trace) -> Bool {
  guard let facts = trace.finalFacts, let sinceSent = facts.sinceDataSent else { return false }
  let sinceProgress = trace.lastAcknowledgement.map { trace.duration &- $0 } ?? sinceSent
  let roundTrip = facts.roundTrip ?? facts.leastRoundTrip ?? .milliseconds(250)
  let patience = max(.milliseconds(500), 4 * min(max(roundTrip, 0), .seconds(60)))
  return min(sinceSent, sinceProgress) >= patience
}

/// Whether the peer's window keeps the next bytes back.
///
/// Linux does not send a piece smaller than a segment into a window that has room for less
/// (`tcp_snd_wnd_test` in `net/ipv4/tcp_output.c`), so "full" is any window too small for the next.
private func windowIsFull(_ window: Int, inFlight: Int, trace: Trace) -> Bool {
  let segment = trace.finalFacts?.sendMSS ?? 1
  return window - inFlight < min(segment, trace.ledger.unsent)
}
