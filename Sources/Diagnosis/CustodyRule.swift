package import SessionTrace

/// Where the bytes are, from the ledger and the kernel's last word.
///
/// The order of the questions matters. A reply that has begun proves that the peer has our bytes.
/// Bytes that never left explain more than bytes in flight, unless those are being retransmitted
/// into an open window: then loss is what holds the rest back, however full the window is of them.
package func custody(in trace: Trace) -> Custody {
  if trace.partialReply != nil { return .replyCutShort }
  let ledger = trace.ledger
  let inFlight = max(0, ledger.sent - ledger.acknowledged)
  let facts = trace.finalFacts
  if ledger.unsent > 0 {
    if facts?.peerWindow == 0 { return .windowClosed }
    let isRetransmitting = (facts?.retransmits ?? 0) > 0 || (facts?.lostSegments ?? 0) > 0
    if inFlight > 0 && isRetransmitting { return .unacknowledged }
    let isShut = facts?.peerWindow.map { windowIsFull($0, inFlight: inFlight, trace: trace) }
    return isShut == true ? .windowClosed : .heldLocally
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

/// Whether the peer's window keeps the next bytes back.
///
/// Linux does not send a piece smaller than a segment into a window that has room for less
/// (`tcp_snd_wnd_test` in `net/ipv4/tcp_output.c`), so "full" is any window too small for the next.
private func windowIsFull(_ window: Int, inFlight: Int, trace: Trace) -> Bool {
  let segment = trace.finalFacts?.sendMSS ?? 1
  return window - inFlight < min(segment, trace.ledger.unsent)
}
