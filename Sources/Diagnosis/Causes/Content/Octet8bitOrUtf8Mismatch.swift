import SessionOptions
import SessionTrace

extension CauseID {
  package static let octet8bitOrUtf8Mismatch = CauseID(rawValue: "8bit-or-utf8-mismatch")
}

extension Cause {
  static let octet8bitOrUtf8Mismatch = Cause(
    id: .octet8bitOrUtf8Mismatch, code: "F10",
    title: "Eight-bit text or UTF-8 addresses to a server that cannot take them",
    mechanism: """
      A message with bytes over 127 needs 8BITMIME, addresses beyond ASCII need SMTPUTF8. A \
      server without them refuses, drops the connection, or mangles the text in silence.
      """,
    symptoms: """
      5xx 5.6.7 or words about eight bits; a drop; it is a refusal, not a stall. In the other \
      direction, replies with bytes over 127.
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
    rules: [.eightBit, .address])
}

extension CauseRule {
  /// Whoever answers an address has read it; what an experiment would add is whom else it takes.
  fileprivate static let address = CauseRule(
    fits: { $0.isRefused && $0.refusesBeyondASCII },
    requires: [
      .seen("the address that is refused is not in ASCII", not: "") { $0.refusesBeyondASCII },
      .seen("the server does not offer SMTPUTF8", not: "the server offers SMTPUTF8") {
        !$0.offers("SMTPUTF8")
      },
      Criterion.goes { $0.stage == .rcpt ? $0.otherRecipient : $0.otherSender }.inPassing,
    ],
    decider: "the same mailbox by an address in ASCII")
}

extension Control {
  /// Whether the command that was refused names a mailbox with bytes over 127.
  fileprivate var refusesBeyondASCII: Bool {
    guard [.mail, .rcpt].contains(stage), let command = refusal?.command else { return false }
    return unescapedText(command).utf8.contains { $0 > 127 }
  }
}

extension CauseRule {
  fileprivate static let eightBit = CauseRule(
    fits: { $0.failsOnMessage && $0.mends(.eightBit) != nil },
    requires: [.goes { $0.mends(.eightBit) }, .goes(with: .plainMessage)],
    confirms: .staysWithout(allBut: .eightBit),
    best: .confirmed)
}
