import SessionTrace

/// TCP options that the host asks for, or does without.
extension HostSuspicion {
  /// P7 and P8 need window scaling.
  var noWindowScaling: EnvironmentFinding? {
    guard losesBytes || verdict.custody == .windowClosed, setting("tcp_window_scaling") == 0 else {
      return nil
    }
    return EnvironmentFinding(
      id: "window-scaling-off",
      text: "this host asks for no window scaling (net.ipv4.tcp_window_scaling is 0): nobody on the"
        + " way can have misread a scaled window, and no window is larger than 65535 bytes",
      cause: losesBytes ? .wscaleIgnoredByRouter : .wscaleStrippedFromSynack,
      bearing: .rulesOut,
      remedies: [.setting("net.ipv4.tcp_window_scaling = 1", "The default.")])
  }

  /// P11: we ask for ECN, and nobody answers, or with a reset.
  var explicitCongestion: EnvironmentFinding? {
    // 1, 3 and 4 ask for it; 0, 2 and 5 do not (Documentation/networking/ip-sysctl.rst).
    guard verdict.status == .unreachable, let mode = setting("tcp_ecn"), [1, 3, 4].contains(mode),
      isUnanswered || trace.attempts.contains(where: { $0.failureOrigin == "rst" })
    else { return nil }
    return EnvironmentFinding(
      id: "ecn-asked-for",
      text:
        "this host asks for ECN in each SYN (net.ipv4.tcp_ecn is \(mode)), which old firewalls drop"
        + " or reset",
      cause: .ecnBlackhole,
      remedies: [.setting("net.ipv4.tcp_ecn = 2", "The default: take it, do not ask for it.")])
  }

  /// P9 needs selective acknowledgements.
  var noSelectiveAcknowledgement: EnvironmentFinding? {
    guard losesBytes, setting("tcp_sack") == 0 else { return nil }
    return EnvironmentFinding(
      id: "sack-off",
      text:
        "this host asks for no selective acknowledgements (net.ipv4.tcp_sack is 0): nobody on the"
        + " way can have damaged them, and several losses at once take a round trip or a timeout each",
      cause: .sackSeqrandMismatch, bearing: .rulesOut,
      remedies: [.setting("net.ipv4.tcp_sack = 1", "The default.")])
  }

  /// P10: timestamps that ran backwards, by the counters of this host; or none at all.
  var timestamps: EnvironmentFinding? {
    guard losesBytes || isUnanswered || verdict.status == .stalled else { return nil }
    let discarded = growth("TcpExtPAWSEstab") + growth("TcpExtPAWSActive")
    if discarded > 0 {
      return EnvironmentFinding(
        id: "paws-discards",
        text: "this host threw away \(count(discarded, "segment")) for their timestamps while the"
          + " session ran (a count of the whole host)",
        cause: .tcpTimestampsPaws,
        remedies: [.setting("net.ipv4.tcp_timestamps = 0", "For a test; it is for all.")])
    }
    guard losesBytes, setting("tcp_timestamps") == 0 else { return nil }
    return EnvironmentFinding(
      id: "timestamps-off",
      text: "this host asks for no TCP timestamps (net.ipv4.tcp_timestamps is 0): none can have run"
        + " backwards",
      cause: .tcpTimestampsPaws, bearing: .rulesOut)
  }

  /// The host gives up before the path has had time.
  ///
  /// RFC 1122 section 4.2.3.5 asks for 100 seconds at least on a connection, which are eight
  /// retransmissions; and for three minutes on a SYN.
  var shortPatience: EnvironmentFinding? {
    let gaveUp: String
    if case .failed(let failure) = trace.ending, failure.name == "ETIMEDOUT",
      let retries = setting("tcp_retries2"), retries < 8
    {
      gaveUp = "a connection after \(retries) retransmissions (net.ipv4.tcp_retries2)"
    } else if verdict.status == .unreachable,
      trace.attempts.contains(where: { $0.failureOrigin == "timeout" }),
      let retries = setting("tcp_syn_retries"), retries < 4
    {
      gaveUp = "a SYN after \(retries) retransmissions (net.ipv4.tcp_syn_retries)"
    } else {
      return nil
    }
    return EnvironmentFinding(
      id: "short-patience",
      text: "the kernel of this host gave up, and it is set to give up early: \(gaveUp)",
      cause: nil,
      remedies: [
        .setting("net.ipv4.tcp_retries2 = 15", "The default."),
        .setting("net.ipv4.tcp_syn_retries = 6", "The default."),
      ])
  }
}
