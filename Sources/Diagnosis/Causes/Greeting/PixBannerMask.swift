import SessionTrace

extension CauseID {
  package static let pixBannerMask = CauseID(rawValue: "pix-banner-mask")
}

extension Cause {
  static let pixBannerMask = Cause(
    id: .pixBannerMask, code: "D1",
    alsoCalled: [
      "Cisco ASA", "ASA", "Cisco PIX", "Cisco Firepower", "ESMTP inspection", "inspect esmtp",
      "fixup protocol smtp",
    ],
    title: "The greeting is overwritten with asterisks",
    mechanism: """
      The SMTP fixup of a Cisco PIX (5.1 and later) and the mask-banner parameter of an ASA \
      overwrite the greeting, all but 2, 0 and spaces, to hide what software answers. The mask \
      itself harms nobody. It is the mark of a device that inspects SMTP, and such devices also \
      mask EHLO keywords, judge commands segment by segment, and in old versions swallow an end \
      of data that is cut.
      """,
    symptoms: """
      A greeting of nothing but 2, 0, space and asterisk. Of one with several lines the codes behind the \
      first are written over as well: it never ends, or is no reply.
      """,
    experiment: """
      None is needed for the mask. Then look for what comes with it: --split 1 \
      (inspection-needs-whole-command), --split dot:1 to dot:4 (eod-split-mailguard), and the \
      EHLO keywords (esmtp-capability-mask).
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_esmtp = <host>", "Where the device stumbles over EHLO as well.")
      ],
      postfix: [
        .setting(
          "smtp_pix_workarounds = disable_esmtp, delay_dotcrlf",
          "The default; smtp_pix_workaround_maps sets it for one address.")
      ],
      receiver: [
        .setting("no fixup protocol smtp 25", "On an ASA: no inspect esmtp.")
      ]),
    sources: [
      "Exim FAQ Q0053, Q0078",
      "Cisco ASA CLI guide, ESMTP inspection",
      "gordano.com knowledge base: why do other servers quit immediately",
    ],
    rules: [.codesWrittenOver])
}

extension CauseRule {
  fileprivate static let codesWrittenOver = CauseRule(
    fits: { $0.hasMaskedGreeting },
    requires: [
      .seen(
        "a line of the greeting is stars from its first character on, its code included", not: "",
        \.hasMaskedGreeting)
    ],
    decider: "the firewall's owner: whether it inspects SMTP; a greeting of one line gets past it")
}

extension Control {
  /// A line of stars stands in the greeting where its code should.
  var hasMaskedGreeting: Bool {
    guard status == .protocolError, stage == .banner,
      let line = trace.violations.last(where: { $0.isFatal && $0.kind == .malformedReply })?.bytes
    else { return false }
    let start = line.prefix(8)
    return start.count == 8 && start.contains("*") && start.allSatisfy { "*20 ".contains($0) }
  }
}
