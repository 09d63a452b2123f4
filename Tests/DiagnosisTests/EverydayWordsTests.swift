import Diagnosis
import Testing

@Suite("A word that postmasters use")
struct EverydayWordsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var words: String
    /// The ids that have to stand first, in this order.
    var ids: [String]
    var testDescription: String { words }

    init(_ words: String, _ ids: String...) {
      self.words = words
      self.ids = ids
    }
  }

  @Test("leads to the entry that it belongs to", arguments: lists + errors + products + networks)
  func leads(row: Row) {
    let found = Catalogue.search(row.words).map(\.id.rawValue)
    #expect(Array(found.prefix(row.ids.count)) == row.ids)
  }

  @Test("is forgiven a slip of the finger", arguments: [("spamhouse", "rdns-or-reputation-reject")])
  func suggests(typed: String, id: String) {
    #expect(Catalogue.suggestions(for: typed).first?.id.rawValue == id)
  }

  /// Lists, large providers, and what they ask for.
  private static let lists = [
    Row("spamhaus", "rdns-or-reputation-reject"), Row("spamcop", "rdns-or-reputation-reject"),
    Row("barracuda", "rdns-or-reputation-reject"), Row("blacklist", "rdns-or-reputation-reject"),
    Row("black list", "rdns-or-reputation-reject"), Row("rbl", "rdns-or-reputation-reject"),
    Row("dnsbl", "rdns-or-reputation-reject"), Row("ptr", "rdns-or-reputation-reject"),
    Row("reverse dns", "rdns-or-reputation-reject"), Row("rdns", "rdns-or-reputation-reject"),
    Row("proofpoint", "rdns-or-reputation-reject"), Row("mimecast", "rdns-or-reputation-reject"),
    Row("gmail", "provider-deferral"), Row("yahoo", "provider-deferral"),
    Row("outlook", "provider-deferral"), Row("hotmail", "provider-deferral"),
    Row("office 365", "provider-deferral"), Row("office365", "provider-deferral"),
    Row("o365", "provider-deferral"), Row("microsoft 365", "provider-deferral"),
    Row("exchange online", "provider-deferral"), Row("dkim", "provider-deferral"),
    Row("dmarc", "provider-deferral"), Row("spf", "provider-deferral"),
    Row("sendgrid", "port25-policy"), Row("mailgun", "port25-policy"),
    Row("amazon ses", "port25-policy"), Row("smarthost", "port25-policy"),
    Row("aws", "port25-policy"), Row("azure", "port25-policy"), Row("hetzner", "port25-policy"),
    Row("port 25 blocked", "syn-filtered", "port25-policy"),
    Row("oauth", "submission-port"), Row("oauth2", "submission-port"),
    Row("password", "submission-port"), Row("port 587", "submission-port"),
  ]

  /// What a log or a colleague calls it.
  private static let errors = [
    Row("greylist", "greylisting"), Row("graylisting", "greylisting"),
    Row("grey listing", "greylisting"), Row("too many connections", "connection-limit-421"),
    Row("rate limit", "connection-limit-421"), Row("throttling", "connection-limit-421"),
    Row("reputation 421", "rdns-or-reputation-reject"),
    Row("too many recipients", "rcpt-limit"), Row("helo", "ehlo-name-refused"),
    Row("callout", "rcpt-callout-late-replies"),
    Row("address verification", "rcpt-callout-late-replies"),
    Row("attachment", "message-too-large", "size-drop-no-5xx"),
    Row("message too big", "message-too-large", "size-drop-no-5xx"),
    Row("duplicates", "eod-slow-or-duplicate"), Row("bounce", "bounce-to-many"),
    Row("mail loop", "mx-cname"), Row("cname", "mx-cname"), Row("backup mx", "multi-mx-partial"),
    Row("smuggling", "smtp-smuggling-hardening"),
    Row("line too long", "long-line-drop"), Row("smtputf8", "8bit-or-utf8-mismatch"),
    Row("early talker", "greet-pause-pregreet"), Row("pregreet", "greet-pause-pregreet"),
    Row("synchronization error", "pipelining-not-offered"),
    Row("ssl", "implicit-tls-port"), Row("smtps", "implicit-tls-port"),
    Row("implicit tls", "implicit-tls-port"), Row("handshake failure", "tls-legacy-intolerance"),
    Row("client certificate", "tls13-late-client-cert-error"),
    Row("self signed certificate", "mta-sts-enforce"),
    Row("letsencrypt", "dane-failure", "mta-sts-enforce"), Row("dane", "dane-failure"),
    Row("mta sts", "mta-sts-enforce"), Row("lmtp", "speaks-lmtp"), Row("imap", "not-smtp"),
    Row("throughput", "slow-progress"), Row("tarpit", "tarpit-error-delay"),
  ]

  private static let products = [
    Row("proxy protocol", "proxy-header-expected", "proxy-header-unwanted"),
    Row("proxyprotocol", "proxy-header-expected", "proxy-header-unwanted"),
    Row("haproxy", "proxy-header-expected", "proxy-header-unwanted"),
    Row("ha proxy", "proxy-header-expected", "proxy-header-unwanted"),
    Row("load balancer", "proxy-header-expected", "proxy-header-unwanted"),
    Row("istio", "waits-for-client-first"), Row("kubernetes", "waits-for-client-first"),
    Row("postscreen", "greet-pause-pregreet"), Row("postgrey", "greylisting"),
    Row("amavis", "eod-slow-or-duplicate", "av-proxy-store-and-forward"),
    Row("rspamd", "eod-slow-or-duplicate"), Row("spamassassin", "eod-slow-or-duplicate"),
    Row("milter", "eod-slow-or-duplicate"), Row("antivirus", "av-proxy-store-and-forward"),
    Row("fortigate", "av-proxy-store-and-forward"), Row("sophos", "av-proxy-store-and-forward"),
    Row("cisco asa", "pix-banner-mask", "esmtp-capability-mask"),
    Row("fail2ban", "syn-filtered"), Row("dovecot", "speaks-lmtp"),
  ]

  private static let networks = [
    Row("mtu", "pmtu-blackhole-forward", "pmtu-blackhole-reverse", "pmtu-overlay"),
    Row("mss", "pmtu-blackhole-forward", "pmtu-blackhole-reverse"),
    Row("blackhole", "pmtu-blackhole-forward"), Row("vpn", "pmtu-overlay"),
    Row("docker", "pmtu-overlay"), Row("wireguard", "pmtu-overlay"),
    Row("ipv6", "ipv6-broken-path"), Row("conntrack", "tfo-conntrack-wscale-reset"),
    Row("iptables", "tfo-conntrack-wscale-reset", "syn-filtered"),
    Row("nat", "nat-idle-timeout"), Row("idle timeout", "nat-idle-timeout", "cloud-idle-timeout"),
    Row("keepalive", "nat-idle-timeout"), Row("post quantum", "pq-hello-default"),
  ]
}
