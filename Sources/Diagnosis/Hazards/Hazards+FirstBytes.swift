import SessionTrace

/// Hazards in the first bytes of a connection.
extension Trace {
  /// `syn-retransmitted`: the connection came about, and only after a SYN was sent again.
  ///
  /// The kernel counts what it sent again over the whole life of a connection; what it counted when the
  /// connection was made was its SYN. With Fast Open that has a rule of its own.
  var repeatedSYN: Hazard? {
    guard let facts = snapshots.first(where: { $0.stage == .connect })?.facts,
      let again = facts.totalRetransmits, again > 0, fastOpenFallback == nil,
      let attempt = attempts.last, attempt.failure == nil
    else { return nil }
    return Hazard(
      id: .synRetransmitted,
      text: "connecting took \(durationText(attempt.duration)): the SYN was sent"
        + " \(again == 1 ? "twice" : "\(again + 1) times") before it was answered; a SYN or its"
        + " answer was lost or dropped, and a client that waits less than that finds nobody there")
  }

  /// P2 `tfo-syn-dropped` and P3 `tfo-cookie-unstable`: Fast Open was refused on the way, or by a server
  /// that does not know its own cookie.
  ///
  /// The kernel falls back by itself, so that a session only shows it by the time it took. Reasons are
  /// those of `tcpi_fastopen_client_fail` in `include/uapi/linux/tcp.h`; no cookie (1) is what every
  /// first connection meets, and no hazard.
  var fastOpenFallback: Hazard? {
    guard fastOpenOutcome == .failed, !replies.isEmpty else { return nil }
    switch finalFacts?.fastOpenFailure {
    case 2:
      return Hazard(
        id: .tfoCookieUnstable,
        text: "data in the SYN was not taken although the server had given us a cookie, and was"
          + " sent again; servers behind one address that do not share a key do so")
    case 3:
      return Hazard(
        id: .tfoSynDropped,
        text:
          "the SYN with Fast Open was lost, and a plain one went through a second later or more;"
          + " filters that do not know the option drop it, and every delivery pays for it")
    default: return nil
    }
  }
}
