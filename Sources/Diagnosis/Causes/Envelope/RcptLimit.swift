import SessionTrace

extension CauseID {
  package static let rcptLimit = CauseID(rawValue: "rcpt-limit")
}

extension Cause {
  static let rcptLimit = Cause(
    id: .rcptLimit, code: "E5",
    alsoCalled: ["too many recipients", "mailing list"],
    title: "Too many recipients",
    mechanism: """
      A server takes a bounded number of recipients a message, at least 100 by RFC 5321, and \
      answers the rest with 452; some say 552 or 421, or drop the connection. A Cisco ASA drops \
      it above 100.
      """,
    symptoms: """
      452 4.5.3 (or a closed connection) at a certain RCPT, whatever the size of the commands.
      """,
    experiment: """
      Vary the number of recipients at the same envelope size: it fails by count. A boundary \
      fails by size.
      """,
    remedies: Remedies(
      exim: [
        .setting("max_rcpt = <recipients>", "In the smtp transport: as many as the peer takes.")
      ],
      postfix: [
        .setting("smtp_destination_recipient_limit = <recipients>")
      ],
      receiver: [
        .advice("Answer 452 and keep the session; announce LIMITS RCPTMAX.")
      ]),
    sources: [
      "RFC 5321 sections 4.5.3.1.8 and 4.5.3.1.10; RFC 9422",
      "Exim ChangeLog 4.95 JH/42, 4.94 JH/15",
    ],
    twins: [.resegBoundaryLoss],
    rules: [.recipientLimit, .countedRecipients])
}

extension CauseRule {
  /// Confirmed only in the server's own words: without them, a limit of bytes looks the same.
  fileprivate static let recipientLimit = CauseRule(
    fits: { $0.isStoppedAtRecipients },
    requires: [
      .flips(on: { $0.accepted.map(Variation.recipients) }),
      .keeps(on: { $0.accepted.map { .recipients($0 + 1) } }),
      .flips(on: { evidence in evidence.accepted.map { .recipientAlone($0 + 1) } })
        .idleUnless(\.hasManyRecipients),
      .stays { $0.isPipelined ? .pipeliningOff : nil },
      .stays { $0.status == .stalled ? .patience($0.longPatience) : nil },
      .notAsAnnounced, .notByTime,
    ],
    confirms: [
      .seen(
        "the server says that there are too many recipients",
        not: "the server does not say what there is too much of, recipients or bytes"
      ) { control in
        control.trace.replies.contains {
          $0.stage == .rcpt
            && ($0.reason == .recipients || $0.code == 452 && $0.reason == nil)
        }
      }
    ],
    best: .confirmed,
    decider: "the server's log and its limits: of recipients, of commands, of bytes")
}

extension CauseRule {
  /// The same where no reply says how many were taken: all of them are kept back, or the failure comes later.
  /// Fewer recipients tell, and the number is searched for.
  fileprivate static let countedRecipients = CauseRule(
    fits: {
      ($0.isUnanswered || $0.isBrokenOff) && $0.group >= .envelope && $0.group <= .message
        && $0.hasManyRecipients && $0.recipients > Control.fewest && !$0.isStoppedAtRecipients
    },
    requires: [
      .goes(with: .recipients(1)), .boundaryOfRecipients,
      .flips(on: { evidence in
        evidence.recipientBoundary.flatMap { $0.isFound ? .recipientAlone($0.fails) : nil }
      }),
      .stays { $0.isPipelined ? .pipeliningOff : nil },
      .stays { $0.isUnanswered ? .patience($0.longPatience) : nil },
      .notByTime,
    ],
    decider: "the server's log and its limits: of recipients, of commands, of bytes")
}

extension Criterion {
  /// A limit that was announced is another matter (D20).
  fileprivate static let notAsAnnounced = Criterion(variations: { _ in [] }) { evidence in
    guard let most = evidence.control.announcedRecipients, evidence.accepted == most else {
      return .idle
    }
    return .no("it is the number that the server announces, RCPTMAX=\(most)")
  }

  /// So many recipients pass, and one more fails.
  fileprivate static let boundaryOfRecipients = Criterion(
    variations: { evidence in
      evidence.recipientBoundary.map { $0.between.map(Variation.recipients) } ?? []
    },
    answer: { evidence in
      guard let boundary = evidence.recipientBoundary, boundary.isFound else { return .unknown }
      let text = "\(count(boundary.passes, "recipient")) pass, and \(boundary.fails) fail"
      return boundary.passes < Control.fewest ? .no(text) : .yes(text)
    })
}

/// Numbers of recipients between which a failure begins.
struct RecipientBoundary {
  var passes: Int
  var fails: Int

  var isFound: Bool { fails == passes + 1 }

  /// Numbers that cut what is open into four, or are all of it.
  var between: [Int] {
    let open = fails - passes - 1
    guard open > 3 else { return open > 0 ? Array(passes + 1..<fails) : [] }
    return (1...3).map { passes + (fails - passes) * $0 / 4 }
  }
}

extension Evidence {
  /// Where fewer recipients pass: the most that do, and the fewest that fail; `nil` where none do.
  fileprivate var recipientBoundary: RecipientBoundary? {
    func numbers(_ wanted: Experiment.Effect) -> [Int] {
      experiments.keys.filter { effect(of: $0) == wanted }.compactMap(\.recipientCount)
    }
    guard let passes = numbers(.gone).max() else { return nil }
    let fails = (numbers(.same) + [control.recipients]).filter { $0 > passes }.min()
    return fails.map { RecipientBoundary(passes: passes, fails: $0) }
  }
}

extension Control {
  /// A limit of one is a policy of its own (E6).
  fileprivate static let fewest = 2

  /// Whether it failed over one of many recipients, by what came of it; a reset may have eaten replies.
  var isStoppedAtRecipients: Bool {
    guard status != .unreachable, recipients > Self.fewest else { return false }
    let accepted = trace.acceptedRecipients
    if stage == .rcpt, accepted >= Self.fewest { return accepted < recipients }
    return status == .reset && group == .envelope && isPipelined
  }

  /// Whether they name more than one.
  fileprivate var hasManyRecipients: Bool { (trace.envelope?.recipients ?? 0) > 1 }
}

extension Evidence {
  /// RCPT commands that are accepted before the failure; `nil` while not known, or too few for a limit.
  ///
  /// Where a reset ate replies, the session with one command at a time tells.
  var accepted: Int? {
    let trace = control.status == .reset ? trace(with: .pipeliningOff) : control.trace
    // Behind the first that was put off others may be accepted again.
    let before = trace?.placePutOff.map { $0 - 1 }
    guard let accepted = before ?? trace?.acceptedRecipients else { return nil }
    return accepted >= Control.fewest && accepted < control.recipients ? accepted : nil
  }
}
