import SessionTrace

extension CauseID {
  package static let esmtpCapabilityMask = CauseID(rawValue: "esmtp-capability-mask")
}

extension Cause {
  static let esmtpCapabilityMask = Cause(
    id: .esmtpCapabilityMask, code: "D2",
    alsoCalled: ["Cisco ASA", "ASA", "ESMTP inspection", "inspect esmtp", "XXXXXXXA"],
    title: "EHLO keywords are overwritten, or EHLO is refused by a device in between",
    mechanism: """
      An inspecting firewall overwrites verbs and EHLO keywords that it does not know with X, at \
      their old length: STARTTLS, CHUNKING and private ones first. An ASA also drops, by default, \
      commands over 512 bytes, more than 100 recipients, and header lines over 998 characters.
      """,
    symptoms: """
      An EHLO reply with runs of X or asterisks where a keyword should stand, or a 500 or 502 to \
      EHLO that quotes XXXX. A device that takes whole lines out may take the last one, the only one \
      without a hyphen: the reply never ends.
      """,
    experiment: """
      HELO works where EHLO fails; the masked keyword is there on port 587 or from another \
      network.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_esmtp = <host>", "In the smtp transport.")
      ],
      postfix: [
        .setting(
          """
          smtp_discard_ehlo_keyword_address_maps = inline:{{<address>=starttls, pipelining, \
          chunking}}
          """,
          "Whatever the device garbles.")
      ],
      receiver: [
        .advice("Allow TLS in the policy map (allow-tls), or take the inspection off.")
      ]),
    sources: [
      "Cisco documents 117801 and 113423; Cisco ASA CLI guide, ESMTP inspection"
    ],
    twins: [.inspectionNeedsWholeCommand, .pixBannerMask],
    rules: [.longCommand, .lastLineTakenOut])
}

extension CauseRule {
  fileprivate static let longCommand = CauseRule(
    fits: { $0.breaksOffAtLongMail },
    requires: [
      .goes { $0.otherSender }, .stays { $0.isPipelined ? .pipeliningOff : nil },
      .stays { .segmentSize($0.smallSegment) }, .stays { $0.isCut ? .uncut : nil },
    ],
    decider: "--hops, and a capture at the server: whether what ends the session is the server")
}

extension CauseRule {
  fileprivate static let lastLineTakenOut = CauseRule(
    fits: { $0.lacksLastLine },
    requires: [
      .seen("the reply to EHLO stops behind a whole line, and wants another", not: "") {
        $0.lacksLastLine
      },
      .goes(with: .heloFirst), Criterion.stays { .patience($0.longPatience) },
      .stays { .segmentSize($0.smallSegment) },
    ],
    decider: "a capture at the server: whether it sent a last line")
}

extension Control {
  /// A reply to EHLO of whole lines, none of which is the last.
  fileprivate var lacksLastLine: Bool {
    guard status == .stalled, stage == .ehlo, custody == .replyCutShort,
      let part = trace.partialReply
    else { return false }
    return part.ciphertext == nil && part.bytes.hasSuffix("\\r\\n")
  }
}
