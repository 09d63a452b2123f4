/// The texts with which providers and mail servers refuse, and what each of them means.
///
/// The code does not tell: 421 and 451 are used for all of it. The first row whose words all stand in a reply
/// decides, so the more special ones come first. Words are in lower case and begin where a word of the
/// reply does; addresses that the reply repeats are left out.
struct RefusalWords: Sendable {
  /// All of these stand in the text.
  var words: [String]
  var reason: RefusalReason
  /// Who says so.
  var source: String

  private init(_ words: String..., means reason: RefusalReason, _ source: String) {
    self.words = words
    self.reason = reason
    self.source = source
  }

  static let table: [RefusalWords] =
    greylisting + providers + timeouts + mailboxes + limits + names + troubles + addresses

  private static let greylisting = [
    RefusalWords("greylist", means: .greylisting, "postgrey, sqlgrey, milter-greylist; RFC 6647"),
    RefusalWords("graylist", means: .greylisting, "other spelling, e.g. of MDaemon"),
    RefusalWords("grey-list", means: .greylisting, "other spelling"),
    RefusalWords("grey listed", means: .greylisting, "other spelling"),
    RefusalWords(
      "temporary failure, please try again later", means: .greylisting, "OpenBSD spamd(8)"),
    RefusalWords(
      "4.3.2 service currently unavailable", means: .greylisting, "Postfix postscreen(8)"),
  ]

  private static let providers = [
    RefusalWords("tss", "deferred", means: .reputation, "Yahoo, AOL: 421 4.7.0 [TSS04]"),
    RefusalWords("ts0", "deferred", means: .reputation, "Yahoo, AOL: [TS01] to [TS03]"),
    RefusalWords("user complaints", means: .reputation, "Yahoo, AOL"),
    RefusalWords("unexpected volume", means: .reputation, "Yahoo, AOL"),
    RefusalWords("4.7.28", means: .reputation, "Gmail: unusual rate of unsolicited mail"),
    RefusalWords("unusual rate of", means: .reputation, "Gmail"),
    RefusalWords("unsolicited mail", means: .reputation, "Gmail"),
    RefusalWords("4.2.1", "receiving mail", means: .mailbox, "Gmail: 450 4.2.1"),
    RefusalWords("ip not in whitelist", means: .reputation, "Gmail: 421 4.7.0"),
    RefusalWords("server busy", "(s777", means: .reputation, "Exchange Online: S77714, S77719"),
    RefusalWords("server busy", "(as", means: .reputation, "Exchange Online: AS codes"),
    RefusalWords("access denied", "(as", means: .reputation, "Exchange Online: AS112201"),
    RefusalWords("4.7.500", means: .reputation, "Exchange Online, anti-spam"),
    RefusalWords("4.7.650", means: .reputation, "Exchange Online: rate limited, IP reputation"),
    RefusalWords("4.7.651", means: .reputation, "Exchange Online: rate limited, IP reputation"),
    RefusalWords("banned sending ip", means: .reputation, "Exchange Online: 5.7.606 to 5.7.649"),
    RefusalWords("5.7.1", "unsolicited", means: .reputation, "several: taken for spam"),
    RefusalWords(
      "internal resource", "temporarily unavailable", means: .greylisting,
      "Mimecast: 451 Internal resource is temporarily unavailable"),
    RefusalWords("rp-00", means: .reputation, "Outlook.com: RP-001 to RP-003"),
    RefusalWords("rate limited", means: .reputation, "Outlook.com, Gmail"),
    RefusalWords("cs01", means: .reputation, "iCloud: 421 4.7.1 [CS01]"),
    RefusalWords("rl00000", means: .connections, "Comcast: RL000001 to RL000003"),
  ]

  private static let timeouts = [
    // What timed out was asked of another server.
    RefusalWords("unverified address", means: .lookup, "Postfix verify(8)"),
    RefusalWords("lookup", "time", means: .lookup, "several: name servers that are slow"),
    RefusalWords("dns", "time", means: .lookup, "several: name servers that are slow"),
    RefusalWords("callout", means: .lookup, "Exim: could not complete sender verify callout"),
    RefusalWords("timeout", means: .timeout, "Postfix, Exim, Sendmail, qmail, Exchange, Gmail"),
    RefusalWords("timed out", means: .timeout, "Exchange: 421 4.4.1 Connection timed out"),
    RefusalWords("time out", means: .timeout, "other spelling"),
    RefusalWords("time-out", means: .timeout, "other spelling"),
    RefusalWords("time limit", means: .timeout, "several: a limit of the whole session's time"),
    RefusalWords("idle too long", means: .timeout, "several"),
    RefusalWords("4.4.2", "idle", means: .timeout, "several"),
  ]

  private static let mailboxes = [
    RefusalWords("mailbox full", means: .mailbox, "RFC 3463 section 3.3 (X.2.2)"),
    RefusalWords("mailbox is full", means: .mailbox, "Courier, Zimbra"),
    RefusalWords("mailbox for user is full", means: .mailbox, "Dovecot"),
    RefusalWords("over quota", means: .mailbox, "Gmail, Cyrus, iCloud: 452 4.2.2"),
    RefusalWords("overquota", means: .mailbox, "other spelling"),
    RefusalWords("quota exceeded", means: .mailbox, "Dovecot"),
    RefusalWords("exceeded", "quota", means: .mailbox, "several"),
    RefusalWords("out of storage", means: .mailbox, "Gmail: 452 4.2.2"),
    RefusalWords("4.2.2", means: .mailbox, "RFC 3463 section 3.3"),
    RefusalWords("5.2.2", means: .mailbox, "RFC 3463 section 3.3"),
  ]

  private static let limits = [
    RefusalWords("too many recipients", means: .recipients, "Postfix, Exim, Sendmail"),
    RefusalWords("multi-recipient bounce", means: .recipients, "Postfix"),
    RefusalWords("bounce", "one recipient", means: .recipients, "rules of Exim's access lists"),
    RefusalWords("4.5.3", means: .recipients, "RFC 3463 section 3.6"),
    RefusalWords("5.5.3", means: .recipients, "RFC 3463 section 3.6"),
    RefusalWords("4.3.4", means: .size, "RFC 3463 section 3.4"),
    RefusalWords("5.3.4", means: .size, "RFC 3463 section 3.4"),
    RefusalWords("5.2.3", means: .size, "RFC 3463 section 3.3, Gmail"),
    RefusalWords("message size exceeds", means: .size, "Postfix, Exim"),
    RefusalWords("exceeds", "message size", means: .size, "Sendmail"),
    RefusalWords("message too large", means: .size, "several"),
    RefusalWords("message too big", means: .size, "several; qmail says it in other words"),
    RefusalWords("message file too big", means: .size, "Postfix"),
    RefusalWords("too many", "connection", means: .connections, "Postfix, Exim, Sendmail"),
    RefusalWords("too many", "session", means: .connections, "Comcast, Cyrus"),
    RefusalWords("too many", "concurrent", means: .connections, "Exim"),
    RefusalWords("too many messages", means: .connections, "Exim, Yahoo"),
    RefusalWords("too much mail", means: .connections, "Postfix anvil(8)"),
    RefusalWords("no more messages", means: .connections, "Exim"),
    RefusalWords("max message per connection", means: .connections, "Yahoo"),
    RefusalWords("connection rate", means: .connections, "Sendmail"),
    RefusalWords("connection limit", means: .connections, "several"),
    RefusalWords("concurrent connections", means: .connections, "Exchange: 421 4.3.2"),
    RefusalWords("number of connections", means: .connections, "Exchange Online: 4.7.652"),
    RefusalWords("allowable connection", means: .connections, "Cisco ESA"),
    RefusalWords("trop de connexions", means: .connections, "Orange"),
    RefusalWords("rate limit", means: .connections, "several"),
    RefusalWords("rate exceeded", means: .connections, "several"),
    RefusalWords("throttl", means: .connections, "several"),
  ]

  private static let names = [
    RefusalWords(
      "5.3.2 service currently unavailable", means: .reputation,
      "Postfix postscreen(8), the client is on a list that denies it"),
    RefusalWords("blocked using", means: .reputation, "Postfix reject_rbl_client"),
    RefusalWords("dnsbl", means: .reputation, "lists in the DNS"),
    RefusalWords("rbl", means: .reputation, "lists in the DNS"),
    RefusalWords("blacklist", means: .reputation, "several"),
    RefusalWords("blocklist", means: .reputation, "several"),
    RefusalWords("block list", means: .reputation, "several"),
    RefusalWords("spamhaus", means: .reputation, "lists in the DNS"),
    RefusalWords("4.7.25", means: .reputation, "RFC 7372: no reverse DNS"),
    RefusalWords("5.7.25", means: .reputation, "RFC 7372: no reverse DNS"),
    RefusalWords("4.7.23", means: .reputation, "RFC 7372: SPF"),
    RefusalWords("5.7.23", means: .reputation, "RFC 7372: SPF"),
    RefusalWords("reverse dns", means: .reputation, "several"),
    RefusalWords("reverse hostname", means: .reputation, "Postfix reject_unknown_client"),
    RefusalWords("cannot find your", means: .reputation, "Postfix reject_unknown_client"),
    RefusalWords("ptr record", means: .reputation, "several"),
    RefusalWords("ptr", means: .reputation, "several"),
    RefusalWords("spf", means: .reputation, "several"),
    RefusalWords("dmarc", means: .reputation, "several"),
    RefusalWords("reputation", means: .reputation, "several"),
    RefusalWords("not authorized to send", means: .reputation, "several"),
  ]

  private static let troubles = [
    RefusalWords("domain not found", means: .lookup, "Postfix reject_unknown_sender_domain"),
    RefusalWords("does not resolve", means: .lookup, "Sendmail"),
    RefusalWords("verify", means: .lookup, "Exim callouts"),
    RefusalWords("lookup", means: .lookup, "Postfix: temporary lookup failure"),
    RefusalWords("4.1.8", means: .lookup, "RFC 3463 section 3.2"),
    RefusalWords("storage", means: .trouble, "Postfix, RFC 5321: insufficient system storage"),
    RefusalWords("disk", means: .trouble, "Sendmail: insufficient disk space"),
    RefusalWords("space shortage", means: .trouble, "Exim"),
    RefusalWords("local problem", means: .trouble, "Exim"),
    RefusalWords("configuration", means: .trouble, "Postfix: server configuration error"),
    RefusalWords("resource", means: .trouble, "Exchange, Yahoo, Mimecast"),
    RefusalWords("system problem", means: .trouble, "Gmail: 421 4.3.0"),
    RefusalWords("temporary problem", means: .trouble, "qmail: 451 qq temporary problem"),
    RefusalWords("server busy", means: .trouble, "Gmail: 421 4.4.5"),
    RefusalWords("server error", means: .trouble, "Exchange: 451 4.7.0 temporary server error"),
    RefusalWords("write error", means: .trouble, "Postfix cleanup(8): queue file write error"),
    RefusalWords("internal error", means: .trouble, "Dovecot, Yahoo"),
    RefusalWords("error in processing", means: .trouble, "amavis: 451 4.5.0"),
    RefusalWords("service unavailable", means: .trouble, "Postfix: 451 4.7.1, a milter fails"),
    RefusalWords("service not available", means: .trouble, "RFC 5321, Exchange"),
    RefusalWords("shutting down", means: .trouble, "RFC 5321 section 3.8"),
    RefusalWords("load", means: .trouble, "Sendmail, Exim: load average"),
    RefusalWords("smtplf", means: .trouble, "qmail: a bare LF, and not a matter of time"),
    // What is left names a time to come back, and no trouble.
    RefusalWords("try again in", means: .greylisting, "policy servers: RFC 6647 section 5"),
    RefusalWords("come back in", means: .greylisting, "milter-greylist, policyd"),
  ]

  /// Behind all others: an address is named by the way in refusals of many kinds.
  private static let addresses = [
    RefusalWords("must issue a starttls", means: .encryption, "RFC 3207 section 4; Postfix"),
    RefusalWords("starttls is required", means: .encryption, "Exchange: 451 5.7.3"),
    RefusalWords("encryption is required", means: .encryption, "Postfix: 5.7.1, 5.7.10"),
    RefusalWords("encryption required", means: .encryption, "several: 538 5.7.11, 554 5.7.1"),
    RefusalWords("relay access denied", means: .relay, "Postfix reject_unauth_destination"),
    RefusalWords("relay not permitted", means: .relay, "Exim"),
    RefusalWords("not permitted to relay", means: .relay, "Exim's example of an access list"),
    RefusalWords("relaying denied", means: .relay, "Sendmail"),
    RefusalWords("relaying not allowed", means: .relay, "several"),
    RefusalWords("unable to relay", means: .relay, "Exchange: 550 5.7.1, 5.7.54"),
    RefusalWords("sender address rejected", means: .sender, "Postfix smtpd_sender_restrictions"),
    RefusalWords("sender denied", means: .sender, "Exchange: 5.1.0, 5.7.1"),
    RefusalWords("user unknown", means: .recipient, "Postfix, Sendmail"),
    RefusalWords("unknown user", means: .recipient, "Exim, others"),
    RefusalWords("no such user", means: .recipient, "RFC 5321 appendix D; Gmail"),
    RefusalWords("user not found", means: .recipient, "several"),
    RefusalWords("user doesn't exist", means: .recipient, "Dovecot, over LMTP"),
    RefusalWords("mailbox not found", means: .recipient, "several"),
    RefusalWords(
      "recipient address rejected: access denied", means: .recipient,
      "Exchange Online: 5.4.1, no such recipient in the directory"),
    RefusalWords("unrouteable address", means: .recipient, "Exim"),
  ]
}
