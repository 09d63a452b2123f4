package import SessionTrace

/// Where the bytes are, from the ledger and the kernel's last word.
///
/// The order of the questions matters. A reply that has begun proves that the peer has our bytes.
/// Bytes that never left explain more than bytes in flight, unless those are being retransmitted
/// into an open window: then loss is what holds the rest back, through the congestion window.
package func custody(in trace: Trace) -> Custody {
  if trace.partialReply != nil { return .replyCutShort }
  let ledger = trace.ledger
  let inFlight = max(0, ledger.sent - ledger.acknowledged)
  let facts = trace.finalFacts
  if ledger.unsent > 0 {
    if let window = facts?.peerWindow, windowIsShut(window, inFlight: inFlight, trace: trace) {
      return .windowClosed
    }
    let isRetransmitting = (facts?.retransmits ?? 0) > 0 || (facts?.lostSegments ?? 0) > 0
    return inFlight > 0 && isRetransmitting ? .unacknowledged : .heldLocally
  }
  if inFlight > 0 { return .unacknowledged }
  let isOwed = trace.commands.contains { !$0.isAnswered }
  return isOwed && trace.endingStage != .banner ? .acknowledgedUnanswered : .peerSilent
}

/// Whether the peer's window keeps the next bytes back.
///
/// Linux does not send a piece smaller than a segment into a window that has room for less
/// (`tcp_snd_wnd_test` in `net/ipv4/tcp_output.c`), so "shut" is any window too small for the next.
private func windowIsShut(_ window: Int, inFlight: Int, trace: Trace) -> Bool {
  let segment = trace.finalFacts?.sendMSS ?? 1
  return window - inFlight < min(segment, trace.ledger.unsent)
}
