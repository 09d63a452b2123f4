import SMTPDialogue
import SessionTrace

/// What a session shows of its envelope.
extension Control {
  /// Whether the last EHLO offered the keyword.
  func offers(_ keyword: String) -> Bool { trace.offers(keyword) }

  /// Whether the envelope left in one flight although EHLO did not offer that.
  var pipelinesUninvited: Bool { isPipelined && !offers("PIPELINING") }

  /// Whether it failed behind an envelope that left in one flight.
  var failsBehindGroup: Bool {
    (isUnanswered || isBrokenOff || isOutOfStep) && isPipelined && group > .envelope
  }

  /// Whether a reply came that its command cannot have.
  var isOutOfStep: Bool {
    status == .protocolError
      && trace.violations.contains { $0.kind == .unexpectedCode && $0.isFatal }
  }

  /// Whether the connection ends at a MAIL that is longer than every server has to take (RFC 5321 section
  /// 4.5.3.1.4).
  var breaksOffAtLongMail: Bool {
    isBrokenOff && stage == .mail && !trace.senderInForce.isEmpty
      && trace.commands.contains { $0.stage == .mail && $0.end &- $0.start > 512 }
  }

  /// How many recipients the server says that a message may have (RFC 9422 section 4.2); `nil` where it does not
  /// say so, and where this session has not named more.
  var announcedRecipients: Int? {
    Capabilities(assumed: trace.capabilities).limit("RCPTMAX").flatMap {
      $0 < recipients ? $0 : nil
    }
  }

  /// RCPT commands of the envelope.
  var recipients: Int { trace.envelope?.recipientCommands ?? 0 }

  /// Whether there is nothing to leave out of the envelope.
  var isBareEnvelope: Bool { trace.envelope.map { $0.padding == 0 } == true && recipients <= 1 }
}

extension Trace {
  /// RCPT commands that were accepted.
  var acceptedRecipients: Int {
    allReplies.count { $0.stage == .rcpt && (200..<300).contains($0.code) }
  }

  /// Whether the server refused and was gone before it could answer QUIT.
  var endsAtRefusal: Bool {
    decisiveRefusal(in: self) != nil && !replies.contains { $0.stage == .quit }
  }
}
