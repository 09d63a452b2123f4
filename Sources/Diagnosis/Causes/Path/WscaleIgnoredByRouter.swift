import SessionTrace

extension CauseID {
  package static let wscaleIgnoredByRouter = CauseID(rawValue: "wscale-ignored-by-router")
}

extension Cause {
  static let wscaleIgnoredByRouter = Cause(
    id: .wscaleIgnoredByRouter, code: "P7",
    title: "A router takes the scaled window for a plain one and drops what lies beyond",
    mechanism: """
      Window scaling multiplies the advertised number. A router that follows connections and does \
      not know the option takes 5800 for 5800 where 23,200 was meant, and discards every segment \
      beyond. The rest of a flight is lost each time.
      """,
    symptoms: """
      Custody unacknowledged a few kilobytes into the content, from the first or second flight \
      on; each timeout lets a little pass, so it crawls. Window scaling is among the negotiated \
      options.
      """,
    experiment: """
      Less in flight than the unscaled window passes (--sndbuf with a small value); a smaller \
      segment size alone does not.
      """,
    remedies: Remedies(
      postfix: [
        .setting("tcp_windowsize = 65535", "For all of Postfix; it keeps scaling out.")
      ],
      kernel: [
        .setting(
          "ip route add <address> via GATEWAY window 65535",
          "For one host; net.ipv4.tcp_window_scaling = 0 is for all.")
      ],
      receiver: [
        .advice("Replace or update the router.")
      ]),
    sources: [
      "Wietse Venema, postfix-users message 20259; Postfix HISTORY 20090109",
      "LWN 92727; LKML 2006-09-06, per-route window scaling",
    ],
    twins: [.tfoConntrackWscaleReset, .pmtuBlackholeForward],
    rules: [.rawWindow])
}

extension CauseRule {
  fileprivate static let rawWindow = CauseRule(
    fits: {
      $0.isUnacknowledged && $0.group >= .envelope && ($0.facts?.windowScale?.first ?? 0) > 0
    },
    requires: [
      .goes { .stopAndWait($0.rawWindow) }, .stays { .segmentSize($0.smallSegment) },
      .stays { $0.usesFastOpen ? .fastOpenOff : nil },
      .stays { $0.sendsMessage ? .plainMessage : nil },
    ],
    // The same pace with more at a time: only a limit of the window minds.
    confirms: [.stays { $0.beyondRawWindow }],
    best: .confirmed)
}

extension Control {
  /// The peer's window as a device reads it that knows nothing of scaling (RFC 7323), bytes; a segment
  /// at most.
  var rawWindow: Int {
    guard let window = facts?.peerWindow, let shift = facts?.windowScale?.first,
      (0...14).contains(shift)
    else { return segmentSize }
    return min(segmentSize, max(88, window >> shift))
  }

  /// Clearly more than that at a time, a segment at most.
  fileprivate var beyondRawWindow: Variation? {
    let size = min(segmentSize, 4 * rawWindow)
    return size >= 2 * rawWindow ? .stopAndWait(size) : nil
  }
}
