import SessionOptions
import SessionTrace
import SMTPDialogue

/// Families B and P: the sending host, and the path.
extension Signatures {
  static let path = [
    nagle, fastOpenConntrack, fastOpenDropped, forwardBlackHole, reverseBlackHole, rawWindow,
    strippedWindow, oldTimestamps, contentLoss, zeroWindow, forgetfulNAT,
  ]

  private static let nagle = Signature(
    id: "nagle-delayed-ack",
    fits: {
      $0.status == .stalled && $0.custody == .heldLocally
        && $0.trace.options["nodelay"] == .flag(false)
    },
    requires: [.goes(with: .noDelay)], best: .confirmed)

  private static let fastOpenConntrack = Signature(
    id: "tfo-conntrack-wscale-reset",
    fits: { $0.isUnacknowledged && $0.usesFastOpen && $0.group >= .envelope },
    requires: [.goes(with: .fastOpenOff), .stays { .segmentSize($0.smallSegment) }],
    confirms: [
      .seen(
        "the acknowledgements stop just past 64 KiB",
        not: "the acknowledgements do not stop just past 64 KiB"
      ) { (55_000...75_000).contains($0.trace.ledger.acknowledged) },
      .seen(
        "this host's kernel is older than 5.18 and tracks connections",
        not: "this host's kernel is 5.18 or newer, or does not track connections: if it is this"
          + " bug, it is in a firewall on the way"
      ) { $0.trace.environment.hasConntrackBug },
    ],
    best: .confirmed,
    decider: "the packet filter of every Linux host on the way: nf_conntrack_log_invalid=6 prints"
      + " \"SEQ is over the upper bound\"")

  private static let fastOpenDropped = Signature(
    id: "tfo-syn-dropped",
    fits: { $0.usesFastOpen && ($0.group == .connection || $0.isSilentGreeting) },
    requires: [
      .goes(with: .fastOpenOff),
      // Where a connection came about, the server itself may mind early talkers.
      .stays { $0.talksEarly && $0.group != .connection ? .noPregreet : nil },
    ],
    best: .confirmed)

  private static let forwardBlackHole = Signature(
    id: "pmtu-blackhole-forward",
    fits: { $0.isUnacknowledged && $0.firstLostSegment > $0.smallSegment },
    requires: [
      .goes { .segmentSize($0.smallSegment) }, .stays { $0.usesFastOpen ? .fastOpenOff : nil },
      .stays { $0.sendsMessage ? .plainMessage : nil },
    ],
    // What is too large for a path stays so when it grows; a rule on some lengths has an end. Routers
    // cut packets of IPv4 only (RFC 8200 section 5).
    confirms: [
      .stays(with: \.largerEnvelope), .goes(with: .fragmentation).idleUnless { !$0.usesIPv6 },
    ],
    best: .confirmed)

  private static let reverseBlackHole = Signature(
    id: "pmtu-blackhole-reverse",
    // The reply to a message is a line, and no path is too small for that.
    fits: {
      $0.status == .stalled && $0.group < .message
        && [.acknowledgedUnanswered, .peerSilent, .replyCutShort].contains($0.custody)
    },
    requires: [
      .goes { .segmentSize($0.smallSegment) }, .stays { .cutAt($0.smallSegment - 12) },
      .stays { .patience($0.longPatience) },
    ],
    best: .confirmed)

  private static let rawWindow = Signature(
    id: "wscale-ignored-by-router",
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

  private static let strippedWindow = Signature(
    id: "wscale-stripped-from-synack",
    fits: {
      $0.status == .stalled && $0.group >= .envelope
        && $0.facts?.options?.contains("wscale") == false
        && $0.facts?.peerWindow.map { $0 < 4_096 } == true
    },
    requires: [.stays { .segmentSize($0.smallSegment) }],
    decider: "a capture at the server: whether its SYN-ACK had the window scale option")

  /// Never confirmed: whoever throws our segments away as old answers each with an ACK (RFC 7323 section
  /// 5.3), and the client sees those ACKs and not the reason.
  private static let oldTimestamps = Signature(
    id: "tcp-timestamps-paws",
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

  private static let contentLoss = Signature(
    id: "content-triggered-loss",
    fits: { ($0.isUnacknowledged) && $0.sendsMessage && $0.group == .message },
    requires: [
      .goes(with: .plainMessage), .stays { .segmentSize($0.smallSegment) },
      .stays { $0.mends(.zeros) }, .stays { $0.mends(.eightBit) }, .stays { $0.mends(.longLines) },
      .stays { $0.mends(.lineEnds) },
    ],
    best: .confirmed)

  private static let zeroWindow = Signature(
    id: "zero-window-tarpit",
    fits: { $0.status == .stalled && $0.custody == .windowClosed && $0.facts?.peerWindow == 0 },
    requires: [.stays { .segmentSize($0.smallSegment) }],
    decider: "another source address: a tarpit holds one sender, a server that is overloaded all")

  private static let forgetfulNAT = Signature(
    id: "nat-idle-timeout",
    fits: { control in
      if control.isUnanswered {
        // Keepalives come once a second at the most.
        return (.envelope...(.message)).contains(control.group)
          && control.subject.patience >= .seconds(2)
      }
      return (control.isUnacknowledged || control.isBrokenOff) && control.group >= .envelope
        && control.longestGap > 0
    },
    requires: [
      .lossFollowsSilence, .keepaliveHelps, Criterion.pathForgot.inPassing,
      .stays { .segmentSize($0.smallSegment) },
      .stays { $0.isUnanswered ? .patience($0.longPatience) : nil },
    ],
    confirms: [.goes(with: .keepalive)],
    tells: [.pathForgot],
    best: .confirmed,
    decider: "the device's table of connections, and how long it keeps one that is silent")
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

  /// Bytes of the first segment that nobody acknowledged.
  var firstLostSegment: Int {
    let acknowledged = trace.ledger.acknowledged
    let lost = trace.segments.kept.first { $0.offset + $0.length > acknowledged }
    return min(lost?.length ?? 0, segmentSize)
  }

  /// The peer's window as a device reads it that knows nothing of scaling (RFC 7323), bytes; a segment
  /// at most.
  var rawWindow: Int {
    guard let window = facts?.peerWindow, let shift = facts?.windowScale?.first,
      (0...14).contains(shift)
    else { return segmentSize }
    return min(segmentSize, max(88, window >> shift))
  }

  /// Clearly more than that at a time, a segment at most.
  var beyondRawWindow: Variation? {
    let size = min(segmentSize, 4 * rawWindow)
    return size >= 2 * rawWindow ? .stopAndWait(size) : nil
  }

  /// A larger envelope in one segment, where one is lost that was not full.
  var largerEnvelope: Variation? {
    let size = min(segmentSize, 1_400)
    return group == .envelope && firstLostSegment + 64 <= size ? .largerEnvelope(size) : nil
  }

  var sendsMessage: Bool { subject.message != nil }

  /// The variation that mends a trait which the message has.
  func mends(_ mend: MessageMend) -> Variation? {
    guard let message = subject.message else { return nil }
    let has =
      switch mend {
      case .zeros: message.hasZeros
      case .eightBit: message.hasEightBit
      case .longLines: message.longestLine > 78
      case .lineEnds: message.hasBareLineEnds
      }
    return has ? .mended(mend) : nil
  }

  /// The longest silence of a second or more before the failing bytes; 0 when there was none.
  var longestGap: Microseconds {
    let longest = trace.replies.map(\.wait).max() ?? 0
    return longest >= .seconds(1) ? longest : 0
  }
}

extension Trace {
  /// The silence of a second or more behind which nothing that was sent was answered, nor acknowledged
  /// where the connection did not end: a reset may acknowledge what it refuses.
  fileprivate var silenceBeforeLoss: Microseconds? {
    replies.first { reply in
      let behind = segments.kept.filter { $0.written >= reply.at }
      guard reply.wait >= .seconds(1), let first = behind.first?.written else { return false }
      return replies.allSatisfy { $0.at <= first }
        && (ending.isByPeer
          || behind.allSatisfy { $0.offset + $0.length > ledger.acknowledged })
    }?.wait
  }
}

extension Criterion {
  /// What was sent behind a long silence is what is lost, all of it.
  fileprivate static let lossFollowsSilence = Criterion(variations: { _ in [] }) { evidence in
    guard let silence = evidence.control.trace.silenceBeforeLoss else {
      return .no("bytes behind the longest silence were acknowledged")
    }
    return .yes("all that is lost was sent behind a silence of \(durationText(silence))")
  }.idleUnless { !$0.isUnanswered }

  /// With keepalives it is gone; where it is not, they may come too seldom for a silence that short, or
  /// for a device that has forgotten the connection all the same.
  fileprivate static let keepaliveHelps = Criterion(variations: { _ in [.keepalive] }) { evidence in
    let answer = goes(with: .keepalive).answer(evidence)
    if pathForgot.answer(evidence).isYes, !answer.isYes { return .idle }
    guard answer.isNo, let silence = evidence.control.trace.silenceBeforeLoss,
      silence <= .seconds(4)
    else { return answer }
    return .idle
  }
}

extension EnvironmentRecord {
  /// Whether this host's kernel is in the range of the conntrack bug of seed 003, and has conntrack.
  var hasConntrackBug: Bool {
    let parts = kernel.split(separator: ".").prefix(2).compactMap {
      Int($0.prefix(while: \.isNumber))
    }
    guard parts.count == 2 else { return false }
    return (parts[0], parts[1]) < (5, 18)
      && sysctl["net.netfilter.nf_conntrack_tcp_be_liberal"] == "0"
  }
}
