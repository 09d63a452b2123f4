import SMTPDialogue
import SessionTrace

/// Who has the bytes, where nothing that can be varied changes anything.
///
/// A program that answers no more and a device that takes its bytes away look the same from the client:
/// both are reported, each with what would decide, and who can look.
extension Signatures {
  static let custody = [hungServer, missingReply, missingEnd, termination]

  /// Whether the entry only says that nothing else was found: it leaves room for whatever a session shows
  /// by itself.
  static func isLastResort(_ id: String) -> Bool { [hungServer.id, termination.id].contains(id) }

  private static let nothingHelps = Criterion.nothingHelps { $0.cures }

  private static let hungServer = Signature(
    id: "hung-server",
    fits: { $0.isUnanswered && [.hello, .envelope].contains($0.group) && $0.stage != .data },
    requires: [
      nothingHelps,
      .nudged { reading, text in
        switch reading {
        case .silence: .yes(text)
        case .released, .releasedSome, .ownReply, .unclear, .unacknowledged, .ended: .no(text)
        }
      },
    ],
    tells: [.noneInFront],
    decider: atTheServer + "; from here a longer --timeout tells slow from hung")

  /// At the server, where a program that hangs can be seen.
  static let atTheServer =
    "at the server, by who runs it, while a session hangs: whether our bytes wait in its Recv-Q"
    + " (ss -tn), and what its program waits for (its log, strace)"

  private static let missingReply = Signature(
    id: "reply-count-mismatch",
    fits: { control in
      control.isUnanswered && [.hello, .envelope].contains(control.group)
        && !control.trace.violations.contains { $0.kind == .unsolicitedReply }
    },
    requires: [
      nothingHelps,
      .nudged { reading, text in
        switch reading {
        case .ownReply, .unclear: .yes(text)
        case .released, .releasedSome, .silence, .unacknowledged, .ended: .no(text)
        }
      }.needed,
    ],
    decider:
      "the server's log, by who runs it: a command that stands there got no reply, one that does"
      + " not was lost in front of the server")

  /// The same behind the end of the data, which a server that answers the next command has read.
  private static let missingEnd = Signature(
    id: "reply-count-mismatch",
    fits: { $0.isUnanswered && $0.stage == .dot && $0.sendsMessage },
    requires: [nothingHelps, Criterion.dotIsRead.needed],
    decider:
      "the server's log, by who runs it: whether the message was taken, before it is sent again")

  private static let termination = Signature(
    id: "generic-tcp-termination",
    fits: { $0.isUnanswered && [.hello, .envelope, .message].contains($0.group) },
    // It explains other causes as well: what cures one of them does not speak against it. Where one
    // of them stands, it is not looked for on its own account.
    requires: [
      nothingHelps.neverAgainst, Criterion.somethingInFront.neverAgainst.inPassing,
      bytesAreHeld.inPassing.onlyAgainst.idle(where: .somethingInFront),
    ],
    tells: [
      Criterion.somethingInFront.asked(where: nothingHelps),
      bytesAreHeld.asked(where: nothingHelps),
    ],
    decider:
      "a capture at the server, by who runs its network, while a session hangs: bytes that we have"
      + " acknowledged and that never come there were taken by something in front, and what does come"
      + " there is lost by the server itself")
}

extension Criterion {
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

extension Signatures {
  /// A device that acknowledges goes on doing so, and may pass on what comes later.
  private static let bytesAreHeld = Criterion.nudged { reading, text in
    switch reading {
    case .ownReply, .releasedSome: .yes(text)
    case .unacknowledged, .ended: .no(text)
    case .released, .silence, .unclear: .idle
    }
  }
}

extension Control {
  /// Experiments each of which would take away what another cause does; whoever has the bytes and
  /// gives no answer is known by none of them doing so.
  var cures: [Variation] {
    var variations: [Variation] = []
    if group >= .envelope, isPipelined { variations.append(.pipeliningOff) }
    variations += [.segmentSize(smallSegment), .patience(longPatience)]
    if usesFastOpen { variations.append(.fastOpenOff) }
    if isCut { variations.append(.uncut) }
    if isUnderTLS { variations.append(.tlsOff) }
    if group == .message, subject.message?.isPlain == false { variations.append(.plainMessage) }
    if group == .message, let smallMessage { variations.append(smallMessage) }
    return variations
  }
}
