import SessionTrace

/// A text by which a provider or a mail server says one thing and no other.
///
/// The code does not tell, and the texts are fixed: the first row decides whose words all stand in a
/// refusal. Words are in lower case.
struct KnownText: Sendable {
  var words: [String]
  /// The cause that it is a sign of.
  var cause: CauseID
  /// What it says, behind "the server says that".
  var meaning: String
  /// Who says so, and where it is written.
  var source: String

  private init(
    _ words: String..., shows cause: CauseID, _ meaning: String, _ source: String
  ) {
    self.words = words
    self.cause = cause
    self.meaning = meaning
    self.source = source
  }

  static let table = providers + others

  private static let gmail = "support.google.com/mail/answer/3726730"
  private static let yahoo = "Yahoo Sender Hub, SMTP error codes"
  private static let microsoft = "learn.microsoft.com, NDRs in Exchange Online"

  private static let providers = [
    KnownText(
      "gsmtp", "4.2.1", shows: .providerDeferral, "the recipient gets mail too quickly", gmail),
    KnownText(
      "gsmtp", "4.7.28", shows: .providerDeferral,
      "the rate of mail from this address or domain is unusual", gmail),
    KnownText(
      "gsmtp", "4.7.27", shows: .providerDeferral, "SPF does not pass", gmail),
    KnownText("gsmtp", "4.7.30", shows: .providerDeferral, "DKIM does not pass", gmail),
    KnownText(
      "gsmtp", "4.7.32", shows: .providerDeferral, "the From: address agrees with neither", gmail),
    KnownText(
      "gsmtp", "5.7.26", shows: .providerDeferral,
      "the mail is not authenticated by SPF or DKIM, or its DMARC policy says no", gmail),
    KnownText(
      "gsmtp", "4.7.0", shows: .providerDeferral, "this sender is held off for a while", gmail),
    KnownText(
      "[tss04]", shows: .providerDeferral, "mail from this address is put off", yahoo),
    KnownText("[ts01]", shows: .providerDeferral, "mail from this address is put off", yahoo),
    KnownText("[ts02]", shows: .providerDeferral, "mail from this address is put off", yahoo),
    KnownText("[ts03]", shows: .providerDeferral, "mail from this address is refused", yahoo),
    KnownText(
      "4.7.500", "server busy", shows: .providerDeferral, "this sender is held off", microsoft),
    KnownText("(s777", shows: .providerDeferral, "this sender is held off", microsoft),
    KnownText(
      "4.7.650", shows: .providerDeferral, "this address is limited by its reputation", microsoft),
    KnownText(
      "4.7.651", shows: .providerDeferral, "this address is limited by its reputation", microsoft),
    KnownText(
      "(rp-00", shows: .providerDeferral, "this address is limited by its reputation", microsoft),
  ]

  private static let others = [
    KnownText(
      "bare <lf>", shows: .smtpSmugglingHardening, "a line ended in LF alone",
      "Postfix smtpd.c, smtpd_forbid_bare_newline"),
    KnownText(
      "bare lf", shows: .smtpSmugglingHardening, "a line ended in LF alone", "Sendmail, others"),
    KnownText(
      "smtplf", shows: .smtpSmugglingHardening, "a line ended in LF alone",
      "qmail, 451 See https://cr.yp.to/docs/smtplf.html"),
    KnownText(
      "5.7.30", shows: .requiretls, "REQUIRETLS cannot be had", "RFC 8689 section 5"),
    KnownText(
      "requiretls", shows: .requiretls, "REQUIRETLS cannot be had", "RFC 8689 section 5"),
  ]
}

extension ReplyRecord {
  /// The row of the table that it is; `nil` where it is no refusal, or in no known words.
  var knownText: KnownText? {
    guard code >= 400 else { return nil }
    let text = ([enhanced ?? ""] + lines).joined(separator: " ").lowercased()
    return KnownText.table.first { row in row.words.allSatisfy(text.contains) }
  }
}

extension Criterion {
  /// What the refusal says, where its words are known.
  static let knownText = Criterion(variations: { _ in [] }) { evidence in
    guard let refusal = evidence.control.refusal, let known = refusal.knownText else {
      return .unknown
    }
    return .yes(
      "the server says that \(known.meaning): \(refusal.quoted) (known from: \(known.source))")
  }
}
