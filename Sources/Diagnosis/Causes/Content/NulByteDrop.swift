import SessionOptions

extension CauseID {
  package static let nulByteDrop = CauseID(rawValue: "nul-byte-drop")
}

extension Cause {
  static let nulByteDrop = Cause(
    id: .nulByteDrop, code: "F1",
    alsoCalled: ["NUL", "null byte"],
    title: "A zero byte in the message ends the session",
    mechanism: """
      There are firewalls and servers, written in C, that fall over on a binary zero in mail: the \
      connection is closed without a word, or the packet that carries the zero never arrives. RFC \
      5321 does not allow NUL in a message, but broken attachments hold them.
      """,
    symptoms: """
      Closed or reset, or sent and not acknowledged, at the offset of a 0x00 in the content.
      """,
    experiment: """
      The same message without the NUL, or with its body in base64, passes (--data FILE).
      """,
    remedies: Remedies(
      exim: [
        .advice(
          """
          Refuse or strip such mail in the DATA ACL; the variable body_zerocount counts the \
          zeros.
          """)
      ],
      postfix: [
        .setting("message_strip_characters = \\0", "Or message_reject_characters = \\0.")
      ],
      receiver: [
        .advice("Let the firewall pass what it does not understand.")
      ]),
    sources: [
      "seed 004 (Exim FAQ Q0017, item 1)",
      "RFC 5321 section 4.5.2; RFC 5322 section 2.3",
    ],
    twins: [.contentTriggeredLoss, .ipsInjectedReply],
    rules: [.zeroBytes])
}

extension CauseRule {
  fileprivate static let zeroBytes = CauseRule(
    fits: { $0.failsOnMessage && $0.mends(.zeros) != nil },
    requires: [.goes { $0.mends(.zeros) }, .goes(with: .plainMessage)],
    confirms: .staysWithout(allBut: .zeros),
    best: .confirmed)
}
