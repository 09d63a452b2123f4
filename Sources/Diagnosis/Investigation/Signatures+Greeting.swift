import SessionTrace

/// Family D: greeting and policy.
extension Signatures {
  static let greeting = [
    slowBanner, greetPause, fullBacklog, earlyTalker, refusedGreeting, connectionLimit,
    greylisting, strippedTLS, stutter, reputation,
  ]

  private static let loadDecider =
    "the server: its load and its resolver's log while it is silent; several connections at once"

  private static let slowBanner = Signature(
    id: "banner-delay", fits: { $0.isSilentGreeting },
    requires: [.windowIsOpen, .noSmallSegments, .notForEarlyTalk, .notGivenUp],
    decider: loadDecider)

  private static let greetPause = Signature(
    id: "greet-pause-pregreet", fits: { $0.isSilentGreeting && !$0.talksEarly },
    requires: [.windowIsOpen, .noSmallSegments, .goes { .patience($0.longPatience) }],
    decider: loadDecider)

  private static let fullBacklog = Signature(
    id: "backlog-no-banner", fits: { $0.isSilentGreeting },
    requires: [
      .windowIsOpen, .noSmallSegments, .notForEarlyTalk, .notGivenUp, .notAfterTheSamePause,
    ],
    decider: loadDecider)

  private static let earlyTalker = Signature(
    id: "greet-pause-pregreet",
    fits: { $0.group != .connection && $0.group <= .hello && $0.talksEarly },
    requires: [.goes(with: .noPregreet)], best: .confirmed)

  private static let refusedGreeting = Signature(
    id: "banner-5xx-or-drop",
    fits: {
      $0.stage == .banner && ($0.isRefused || $0.isBrokenOff) && !$0.talksEarly
        && $0.refusal?.reason != .connections
    },
    requires: [
      .seen("the server refused or left before any command", not: "") { $0.stage == .banner },
      .leavesAtOnce,
    ],
    decider: "another source address, and the receiver's block lists")

  private static let connectionLimit = Signature(
    id: "connection-limit-421",
    // A 421 may also punish who talks early, or pipelines uninvited, or names many recipients.
    fits: {
      $0.refusal?.reason == .connections && !$0.talksEarly && !$0.pipelinesUninvited
        && $0.trace.acceptedRecipients < 9
    },
    requires: [.said("there is too much from us now")],
    decider: "a single connection after ten minutes")

  private static let greylisting = Signature(
    id: "greylisting",
    fits: {
      $0.status == .deferred && [.envelope, .message].contains($0.group)
        && $0.refusal?.reason == .greylisting
    },
    requires: [.said("first contact is put off")],
    decider: "the same envelope from the same address after half an hour")

  private static let strippedTLS = Signature(
    id: "starttls-stripped",
    fits: {
      $0.tlsFailure?.name == "not_offered" && !$0.offers("STARTTLS")
        || $0.stage == .starttls && $0.isRefused
    },
    requires: [
      .seen("TLS is wanted, and STARTTLS is missing or refused", not: "") { _ in true }
    ],
    decider: "the same from another network: STARTTLS that is offered there is taken out on the way"
  )

  private static let stutter = Signature(
    id: "tarpit-stutter",
    fits: { control in
      control.drips || hazards(of: control.trace).contains { $0.id == "tarpit-stutter" }
    },
    requires: [
      .seen("replies come in single bytes with pauses", not: "") { _ in true }
    ],
    decider: "another source address")

  private static let reputation = Signature(
    id: "rdns-or-reputation-reject",
    fits: { $0.isRefused && $0.refusal?.reason == .reputation },
    requires: [.said("the sender's address, its name, its volume or its reputation is minded")],
    decider: "the receiver's postmaster, who knows the rule behind the text")
}

extension Control {
  /// A connection, and not a byte from the server.
  var isSilentGreeting: Bool {
    status == .stalled && stage == .banner && trace.partialReply == nil
  }

  /// Whether a reply was still on its way at the end, a byte now and then.
  var drips: Bool {
    guard status == .stalled, let reply = trace.partialReply, reply.length >= 3 else {
      return false
    }
    let time = reply.lastAt - reply.firstAt
    return time >= trace.waited / 2 && time / Int64(reply.length) >= .milliseconds(30)
  }

  var talksEarly: Bool {
    trace.hasOption("pregreet") || trace.options["fast_open"] == .text("data")
  }
}

extension Criterion {
  /// A server that ends the connection without a greeting owes none: it waited for something itself.
  fileprivate static let notGivenUp = waiting { ends in
    ends.text(of: .gaveUp).map { .no("the server gives up \($0), without a greeting") }
  }

  /// A queue takes now longer, now less long.
  fileprivate static let notAfterTheSamePause = waiting { ends in
    guard ends.count > 2, ends.isConstant else { return nil }
    return ends.text(of: .reply).map { .no("the greeting comes \($0), which no queue does") }
  }

  /// What a longer wait came to, where that tells something.
  static func waiting(_ read: @escaping @Sendable ([WaitEnd]) -> Answer?) -> Criterion {
    Criterion(variations: { [.patience($0.control.longPatience)] }) { evidence in
      guard let experiment = evidence.experiments[.patience(evidence.control.longPatience)],
        experiment.effect != nil
      else { return .unknown }
      return read(experiment.waits) ?? .idle
    }
  }

  /// Who refuses a host does not wait for it first; a limit of the server's own is over after so long.
  fileprivate static let leavesAtOnce = Criterion(variations: { _ in [] }) { evidence in
    let control = evidence.control
    guard control.isBrokenOff, control.trace.waited >= .seconds(2) else { return .idle }
    return .no(
      "the server gave up after \(durationText(control.trace.waited)) without a word: it waited for"
        + " something itself")
  }

  /// A tarpit shuts its window.
  fileprivate static let windowIsOpen = seen(
    "the server's window is open", not: "the server's window is shut"
  ) { $0.facts?.peerWindow != 0 }

  /// It is no silence that only early talkers meet.
  fileprivate static let notForEarlyTalk = stays { $0.talksEarly ? .noPregreet : nil }

  /// Small segments do not bring the greeting.
  fileprivate static let noSmallSegments = stays { .segmentSize($0.smallSegment) }
}
