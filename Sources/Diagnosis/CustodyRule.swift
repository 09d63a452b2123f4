package import SessionTrace

/// Where the bytes are, from the ledger and the kernel's last word.
///
/// The order of the questions matters. A reply that has begun proves that the peer has our bytes.
/// Bytes that never left explain more than bytes in flight, unless those are being retransmitted
/// into an open window, or should have been acknowledged long ago: then loss is what holds the rest
/// back, however full the window is of them. Where the peer ended the connection, nothing held the
/// unsent bytes back but the end itself, and what it had by then is told.
package func custody(in trace: Trace) -> Custody {
  if trace.partialReply != nil { return .replyCutShort }
  let ledger = trace.ledger
  let inFlight = max(0, ledger.sent - ledger.acknowledged)
  let facts = trace.finalFacts
  if ledger.unsent > 0 {
    if facts?.peerWindow == 0 { return .windowClosed }
    let isRetransmitting = (facts?.retransmits ?? 0) > 0 || (facts?.lostSegments ?? 0) > 0
    let isLost = isRetransmitting || isOverdue(in: trace) || trace.ending.isByPeer
    if inFlight > 0 && isLost { return .unacknowledged }
    let isShut = facts?.peerWindow.map { windowIsFull($0, inFlight: inFlight, trace: trace) }
    if isShut == true { return .windowClosed }
    let owed = trace.commands.first { !$0.isAnswered }
    let isTaken = owed.map { $0.end <= ledger.acknowledged && isHandedOver($0, in: trace) }
    return trace.ending.isByPeer && isTaken == true ? .acknowledgedUnanswered : .heldLocally
  }
  if inFlight > 0 { return .unacknowledged }
  guard let owed = trace.commands.first(where: { !$0.isAnswered }) else { return .peerSilent }
  return isHandedOver(owed, in: trace) ? .acknowledgedUnanswered : .heldLocally
}

/// Whether the kernel has all of a command; before that, no reply to it can be owed.
///
/// Pieces that are paced are still ours, and so is content whose end has not been reached: until then
/// the command has no length.
func isHandedOver(_ command: CommandRecord, in trace: Trace) -> Bool {
  command.end > command.start && command.end <= trace.ledger.written
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
