import SessionOptions
import SessionTrace

extension CauseID {
  package static let octet8bitOrUtf8Mismatch = CauseID(rawValue: "8bit-or-utf8-mismatch")
}

extension Cause {
  static let octet8bitOrUtf8Mismatch = Cause(
    id: .octet8bitOrUtf8Mismatch, code: "F10",
    alsoCalled: ["8BITMIME", "SMTPUTF8", "EAI", "umlaut", "emoji"],
    title: "Eight-bit text or UTF-8 addresses to a server that cannot take them",
    mechanism: """
      A message with bytes over 127 may go only to a server that offers 8BITMIME, and an address \
      with characters outside ASCII only to one that offers SMTPUTF8. A server that does not offer \
      them, or a second one behind it that cannot take them, refuses the mail, drops the \
      connection, or changes the text without a word.
      """,
    symptoms: """
      Mostly a refusal: 553 or 550 with status 5.6.7, or words about eight bits. Some servers drop \
      the connection, and some never answer the command with the address. A server that puts \
      bytes over 127 into its own replies makes the same mistake in the other direction.
      """,
    experiment: "A seven-bit body and ASCII addresses pass.",
    remedies: Remedies(
      exim: [
        .setting(
          "utf8_downconvert = -1",
          "In the smtp transport: addresses in ASCII form where the server lacks SMTPUTF8.")
      ],
      postfix: [
        .setting(
          "smtputf8_enable = yes",
          "And leave disable_mime_output_conversion at no: it converts eight-bit bodies.")
      ],
      receiver: [
        .advice("Offer 8BITMIME and SMTPUTF8.")
      ]),
    sources: [
      "RFC 6152; RFC 6531",
      "Exim ChangeLog 4.94 JH/42; Postfix SMTPUTF8_README",
    ],
    twins: [.commandSyntaxOrOptionChoke, .nulByteDrop],
    rules: [.eightBit, .address, .silentAddress])
}

extension CauseRule {
  /// Whoever answers an address has read it; what an experiment would add is whom else it takes.
  fileprivate static let address = CauseRule(
    fits: { $0.isRefused && $0.refusesBeyondASCII },
    requires: [
      .seen("the address that is refused is not in ASCII", not: "") { $0.refusesBeyondASCII },
      .wantsASCII, Criterion.goes { $0.otherParty }.inPassing,
    ],
    decider: "the same mailbox by an address in ASCII")

  /// Silence says nothing of the address: somebody else has to be answered.
  fileprivate static let silentAddress = CauseRule(
    fits: { $0.isUnanswered && $0.awaitsBeyondASCII },
    requires: [
      .seen("the address that is not answered is not in ASCII", not: "") { $0.awaitsBeyondASCII },
      .goes { $0.otherParty }, .stays { $0.isPipelined ? .pipeliningOff : nil },
      .stays { .patience($0.longPatience) },
    ],
    decider: "the same mailbox by an address in ASCII")
}

extension Criterion {
  /// Whether the server takes no such address from anybody: it does not offer to, or its status says that
  /// (X.6.7, RFC 6531 section 3.5).
  fileprivate static let wantsASCII = Criterion(variations: { _ in [] }) { evidence in
    let control = evidence.control
    guard control.offers("SMTPUTF8") else { return .yes("the server does not offer SMTPUTF8") }
    guard let refusal = control.refusal, refusal.enhanced?.hasSuffix(".6.7") == true else {
      return .no("the server offers SMTPUTF8")
    }
    return .yes("the server offers SMTPUTF8, and its status says that it takes ASCII alone")
  }
}

extension Control {
  /// Whether the command that was refused names a mailbox with bytes over 127.
  fileprivate var refusesBeyondASCII: Bool {
    namesBeyondASCII(refusal?.command)
  }

  /// Whether the first command that was not answered names one.
  fileprivate var awaitsBeyondASCII: Bool { namesBeyondASCII(verdict.pending.firstUnanswered) }

  private func namesBeyondASCII(_ command: String?) -> Bool {
    guard [.mail, .rcpt].contains(stage), let command else { return false }
    return unescapedText(command).utf8.contains { $0 > 127 }
  }

  /// Somebody else in the place of the one who fails.
  fileprivate var otherParty: Variation? { stage == .rcpt ? otherRecipient : otherSender }
}

extension CauseRule {
  fileprivate static let eightBit = CauseRule(
    fits: { $0.failsOnMessage && $0.mends(.eightBit) != nil },
    requires: [.goes { $0.mends(.eightBit) }, .goes(with: .plainMessage)],
    confirms: .staysWithout(allBut: .eightBit),
    best: .confirmed)
}
