import SMTPDialogue
import SessionTrace

extension CauseID {
  package static let pmtuBlackholeForward = CauseID(rawValue: "pmtu-blackhole-forward")
}

extension Cause {
  static let pmtuBlackholeForward = Cause(
    id: .pmtuBlackholeForward, code: "P5",
    alsoCalled: ["MTU", "path MTU", "MSS", "MSS clamping", "black hole", "fragmentation needed"],
    title: "Our large segments vanish, and so does the message that they are too large",
    mechanism: """
      A link on the way takes smaller packets than ours (a tunnel, PPPoE). Its router drops \
      packets that must not be fragmented and says so by ICMP; a filter drops that message, so \
      the sender never learns and sends the same packet again until it gives up. Commands fit any \
      link, so the envelope passes and the content hangs; a pipelined envelope larger than a \
      segment hangs too.
      """,
    symptoms: """
      Stalled with custody unacknowledged at the first full segment: acknowledgements stop, the \
      backoff grows, the path MTU is still that of the interface.
      """,
    experiment: """
      --mss 1000 passes, and so does --pmtu-discovery dont, where routers may fragment. Where they \
      do not, whatever is as large is lost, and be it EHLO with a long name. Bisecting --mss gives \
      the path's size.
      """,
    remedies: Remedies(
      exim: [
        .advice("Nothing in the transport: it is the host's matter.")
      ],
      kernel: [
        .setting(
          "net.ipv4.tcp_mtu_probing = 1",
          "The kernel finds a size that passes after a few timeouts."),
        .setting(
          "ip route add <address> via GATEWAY mtu 1400",
          """
          Or clamp: nft add rule ... tcp option maxseg size set rt mtu. net.ipv4.ip_no_pmtu_disc \
          = 1 stops discovery.
          """),
      ],
      receiver: [
        .advice(
          """
          Let ICMP type 3 code 4 and ICMPv6 type 2 through; clamp the segment size at the narrow \
          link.
          """)
      ]),
    sources: [
      "seed 004 (Exim FAQ Q0017, item 3); Exim FAQ Q0014, Q0069",
      "RFC 2923 section 2.1; RFC 4821",
    ],
    twins: [.eodSplitMailguard, .tfoConntrackWscaleReset],
    rules: [.forwardBlackHole])
}

extension CauseRule {
  fileprivate static let forwardBlackHole = CauseRule(
    fits: { $0.isUnacknowledged && $0.firstLostSegment > $0.smallSegment },
    requires: [
      .goes { .segmentSize($0.smallSegment) }, .stays { $0.usesFastOpen ? .fastOpenOff : nil },
      .stays { $0.sendsMessage ? .plainMessage : nil },
    ],
    // What is too large for a path stays so when it grows; a rule on some lengths has an end, and a reader
    // of one command minds no other. Routers cut packets of IPv4 only (RFC 8200 section 5).
    confirms: [
      .stays(with: \.largerEnvelope),
      Criterion.goes(with: .fragmentation).idleUnless { !$0.usesIPv6 }.neverAgainst,
      Criterion.stays { .cutAt($0.firstLostSegment - 3) }.whereNothingCuts,
      Criterion.largeGreetingIsLost.whereNothingCuts,
    ],
    best: .confirmed)
}

extension Control {
  /// Bytes of the first segment that nobody acknowledged.
  fileprivate var firstLostSegment: Int {
    let acknowledged = trace.ledger.acknowledged
    let lost = trace.segments.kept.first { $0.offset + $0.length > acknowledged }
    return min(lost?.length ?? 0, segmentSize)
  }

  /// A larger envelope in one segment, where one is lost that was not full.
  fileprivate var largerEnvelope: Variation? {
    let size = min(segmentSize, 1_400)
    return group == .envelope && firstLostSegment + 64 <= size ? .largerEnvelope(size) : nil
  }

  /// EHLO in the largest segment that can be sent, as far as a name can fill one.
  ///
  /// It comes first in every session, and carries nothing of what is lost. Whether anything larger gets
  /// through only the largest can tell: a rule on some lengths may end short of it.
  fileprivate var largeGreeting: Variation {
    .ehloSize(max(firstLostSegment, min(segmentSize, Envelope.longestName)))
  }
}

extension Criterion {
  /// A segment as large with nothing but EHLO in it is not acknowledged either.
  fileprivate static let largeGreetingIsLost = shown(with: { $0.largeGreeting }) {
    evidence, trace in
    let variation = evidence.control.largeGreeting
    let greeting = trace.commands.first { $0.stage == .ehlo }
    if greeting.map({ $0.end <= trace.ledger.acknowledged }) == true {
      return .no("\(variation.phrase) that segment is acknowledged: what it carries matters")
    }
    let isLost = evidence.experiments[variation]?.outcomes.allSatisfy {
      $0.status == .stalled && $0.stage == .ehlo && $0.custody == .unacknowledged
    }
    return isLost == true ? .yes("\(variation.phrase) that segment is lost as well") : .unknown
  }

  /// The criterion where large packets are not cut on the way, with the don't-fragment bit or without: no
  /// question where they are.
  fileprivate var whereNothingCuts: Criterion {
    Criterion(variations: { $0.isCutOnTheWay == false ? variations($0) : [] }) { evidence in
      switch evidence.isCutOnTheWay {
      case true?: .idle
      case false?: answer(evidence)
      case nil: .unknown
      }
    }
  }
}

extension Evidence {
  /// Whether routers cut what is too large for their next link; `nil` while not known.
  fileprivate var isCutOnTheWay: Bool? {
    if control.usesIPv6 { return false }
    return switch effect(of: .fragmentation) {
    case .gone: true
    case .same: false
    case .other, .unclear, .impossible, .observed, nil: nil
    }
  }
}
