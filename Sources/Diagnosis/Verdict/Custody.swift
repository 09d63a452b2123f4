/// Where the bytes are when a session stops; a session that stopped while nobody had any of the other's
/// has none of these.
package enum Custody: String, CaseIterable, Codable, Sendable {
  /// Nothing of ours is outstanding, and the peer owes bytes: its program has not spoken.
  case peerSilent = "peer_silent"
  /// Unsent bytes, and the peer's window is open: our own host holds them.
  case heldLocally = "held_locally"
  /// Unsent bytes, and the peer's window is shut: the peer does not read.
  case windowClosed = "window_closed"
  /// Sent, not acknowledged: lost on the path, or dropped by a filter at either end.
  case unacknowledged
  /// All acknowledged, replies missing: a TCP stack at or in front of the server has the bytes.
  case acknowledgedUnanswered = "acknowledged_unanswered"
  /// A reply began and did not end.
  case replyCutShort = "reply_cut_short"
}
