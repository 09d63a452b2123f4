import SessionTrace

extension CauseID {
  package static let tcpTimestampsPaws = CauseID(rawValue: "tcp-timestamps-paws")
}

extension Cause {
  static let tcpTimestampsPaws = Cause(
    id: .tcpTimestampsPaws, code: "P10",
    alsoCalled: ["TCP timestamps", "tcp_tw_recycle"],
    title: "Segments are discarded for timestamps that ran backwards",
    mechanism: """
      A NAT mixes several hosts' clocks behind one address, or a device rewrites timestamps; the \
      receiver's protection against wrapped sequence numbers (PAWS) throws the segments away.
      """,
    symptoms: """
      A SYN unanswered when a port is used again, or custody unacknowledged; the host's counter \
      PAWSEstab grows.
      """,
    experiment: "net.ipv4.tcp_timestamps = 0 on the sender, for a test; it takes root.",
    remedies: Remedies(
      kernel: [
        .setting("net.ipv4.tcp_timestamps = 0", "For the whole host.")
      ],
      receiver: [
        .advice("Let the NAT leave the option alone, or rewrite it for each connection.")
      ]),
    sources: [
      "RFC 7323 section 5"
    ],
    twins: [.sackSeqrandMismatch],
    rules: [.oldTimestamps])
}

extension CauseRule {
  /// Never confirmed: whoever throws our segments away as old answers each with an ACK (RFC 7323 section
  /// 5.3), and the client sees those ACKs and not the reason.
  fileprivate static let oldTimestamps = CauseRule(
    fits: { $0.isUnacknowledged && $0.usesTimestamps && $0.repeatsAreAnswered },
    requires: [
      .seen(
        "an ACK came behind what was last sent again, and acknowledged nothing new: it arrives"
          + " somewhere, and is not taken", not: ""
      ) { $0.repeatsAreAnswered },
      .stays { $0.sendsMessage ? .plainMessage : nil }, .stays { .segmentSize($0.smallSegment) },
    ],
    decider:
      "a capture: timestamps (TSval) that step back; or one try with net.ipv4.tcp_timestamps=0,"
      + " which needs root")
}

extension Control {
  fileprivate var usesTimestamps: Bool { facts?.options?.contains("timestamps") == true }

  /// Whether an ACK came behind the last of several repeats, though it acknowledged nothing new.
  ///
  /// Both times are of jiffies, hence the few milliseconds; repeats are 400 ms apart or more.
  fileprivate var repeatsAreAnswered: Bool {
    guard let facts, facts.backoff ?? 0 >= 2, let sent = facts.sinceDataSent,
      let answered = facts.sinceAcknowledgement
    else { return false }
    return answered <= sent + .milliseconds(5)
  }
}
