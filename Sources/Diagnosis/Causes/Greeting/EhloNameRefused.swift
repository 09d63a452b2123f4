import SessionTrace

extension CauseID {
  package static let ehloNameRefused = CauseID(rawValue: "ehlo-name-refused")
}

extension Cause {
  static let ehloNameRefused = Cause(
    id: .ehloNameRefused, code: "D22",
    alsoCalled: ["HELO", "invalid HELO", "fully-qualified host name", "FQDN"],
    title: "The name that the client calls itself in EHLO is not taken",
    mechanism: """
      Servers look at the name behind EHLO: whether it is a full name with a dot, whether it has \
      characters that no host name has, whether the DNS knows it, whether it is the server's own. \
      Many say so only behind RCPT, so that the refusal seems to be about the recipient \
      (smtpd_delay_reject in Postfix); some hang up at EHLO.
      """,
    symptoms: """
      501, 504 or 550 at EHLO, or behind MAIL or RCPT for every recipient, often with the words \
      Helo command rejected, or argument invalid.
      """,
    experiment: """
      --ehlo with the sending address in brackets, such as [192.0.2.7]: it needs no name server, \
      and is never too short. Another recipient changes nothing.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "helo_data = $primary_hostname",
          "The default of the smtp transport; primary_hostname must be a full name that the DNS knows."
        )
      ],
      postfix: [
        .setting(
          "smtp_helo_name = $myhostname", "The default; myhostname must be a full name with a dot.")
      ],
      receiver: [
        .advice("Take any client whose name is well formed (RFC 5321 section 4.1.4).")
      ]),
    sources: [
      "RFC 5321 sections 4.1.1.1 and 4.1.4",
      "Postfix postconf(5), smtpd_helo_restrictions and smtpd_delay_reject",
      "github.com/chatmail/core issue 1847; github.com/PHPMailer/PHPMailer issue 1258",
    ],
    twins: [.rdnsOrReputationReject, .commandSyntaxOrOptionChoke],
    rules: [.nameRefused, .namePutOff, .nameInPassing])
}

extension CauseRule {
  fileprivate static let nameRefused = CauseRule(
    fits: { ($0.isRefused && $0.status == .rejected || $0.isBrokenOff) && $0.refusalOfName != nil },
    requires: [
      .nameIsMinded, .goes { $0.otherName }, .stays { $0.isPipelined ? .pipeliningOff : nil },
    ],
    best: .confirmed)

  /// Who puts a client off is not asked again; what he says is all there is.
  fileprivate static let namePutOff = CauseRule(
    fits: { $0.isRefused && $0.status == .deferred && $0.refusalOfName != nil },
    requires: [.nameIsMinded],
    decider: "--ehlo with our address in brackets, when the server has had its time")

  /// The same where no words say so, and another name was tried for want of anything better.
  fileprivate static let nameInPassing = CauseRule(
    fits: {
      ($0.isRefused || $0.isBrokenOff) && [.hello, .envelope].contains($0.group)
        && $0.refusalOfName == nil && $0.otherName != nil
    },
    requires: [
      Criterion.goes { $0.otherName }.inPassing,
      Criterion.stays { $0.otherRecipient }.inPassing.onlyAgainst, .notPipelining,
    ],
    decider: "the server's log, which says what it minds of the name")
}

extension Criterion {
  fileprivate static let nameIsMinded = Criterion(variations: { _ in [] }) { evidence in
    guard let refusal = evidence.control.refusalOfName else { return .unknown }
    return .yes("the server says that the name in EHLO is minded: \(refusal.quoted)")
  }
}

extension Control {
  /// The reply whose words are about the name in EHLO.
  ///
  /// 503 says that EHLO or HELO has to come first, 500 and 502 that the verb is not known: neither is about
  /// a name. Nor is a server that has waited for EHLO long enough.
  fileprivate var refusalOfName: ReplyRecord? {
    guard stage < .body else { return nil }
    let said = refusal ?? trace.replies.last { $0.stage == .ehlo && $0.code >= 400 }
    guard let said, ![500, 502, 503].contains(said.code), said.reason != .timeout else {
      return nil
    }
    let words = wordsOf(said.lines)
    return holds(words, "helo") || holds(words, "ehlo") ? said : nil
  }
}
