import SessionTrace

/// Questions to a silence in the place of the greeting, or of any reply.
extension Criterion {
  /// What a longer wait came to, where that tells something.
  static func waiting(_ read: @escaping @Sendable ([WaitEnd]) -> Answer?) -> Criterion {
    Criterion(variations: { [.patience($0.control.longPatience)] }) { evidence in
      guard let experiment = evidence.experiments[.patience(evidence.control.longPatience)],
        experiment.effect != nil
      else { return .unknown }
      return read(experiment.waits) ?? .idle
    }
  }

  /// A server that ends the connection without a greeting owes none: it waited for something itself.
  static let notGivenUp = waiting { ends in
    ends.text(of: .gaveUp).map { .no("the server gives up \($0), without a greeting") }
  }

  /// A tarpit shuts its window.
  static let windowIsOpen = seen(
    "the server's window is open", not: "the server's window is shut"
  ) { $0.facts?.peerWindow != 0 }

  /// It is no silence that only early talkers meet.
  static let notForEarlyTalk = stays { $0.talksEarly ? .noPregreet : nil }

  /// Small segments do not bring the greeting.
  static let noSmallSegments = stays { .segmentSize($0.smallSegment) }

  /// A command behind the end of the data is answered, so that the end was read: what is a command and what
  /// content follows from it.
  static let dotIsRead = nudged { reading, text in
    switch reading {
    case .ownReply:
      .yes(
        "a NOOP behind the end of the data was answered: the end was read, its reply is missing, and"
          + " to send the message again may deliver it twice")
    case .released, .releasedSome, .silence, .unacknowledged, .ended, .unclear: .idle
    }
  }
}

extension Criterion {
  /// Nothing that another cause would be cured by takes the failure away.
  static let noCureHelps = nothingHelps { $0.cures }

  /// Nothing whatever that was tried for any reason takes it away.
  static let nothingTriedHelps = Criterion(variations: { _ in [] }) { evidence in
    evidence.cure.map { .no(evidence.sentence(on: $0)) } ?? .idle
  }
}

extension CauseRule {
  /// At the server, where a program that hangs can be seen.
  static let atTheServer =
    "at the server, by who runs it, while a session hangs: whether our bytes wait in its Recv-Q"
    + " (ss -tn), and what its program waits for (its log, strace)"

  /// What tells the reasons of a late greeting apart.
  static let loadDecider =
    "the server: its load and its resolver's log while it is silent; several connections at once"
}
