extension Catalogue {
  /// Of the fixtures that an entry names, those that only look like it, by the entry's id.
  ///
  /// Something else is at work in them, or the client cannot know: to confirm the entry there is wrong, and
  /// to call it consistent is as much as can be said. `lab check --diagnose` judges by it.
  package static let lookalikes: [String: [String]] = [
    "reseg-boundary-loss": ["reseg-513-hung-server", "silent-at-mail"],
    // The server stops; a naive reader would be the client.
    "reply-fragment-naive-reader": [
      "half-reply-at-banner", "half-reply-at-ehlo", "half-reply-at-mail",
    ],
    "eod-split-mailguard": ["eod-unanswered-server"],
    "zero-window-tarpit": ["slow-reader"],
    // The connection stands, and the filter comes later.
    "syn-filtered": ["icmp-mid-session-no-host", "icmp-mid-session-prohibited"],
    // A server that does not offer TLS, or does not know the verb it offers.
    "starttls-stripped": [
      "starttls-not-offered", "starttls-refused-by-proxy-server", "tls-required-not-offered",
    ],
    "ips-injected-reply": [
      "early-reply-during-data-closes", "early-reply-during-data-hangs-up",
      "early-reply-during-data-resets", "ips-injected-reply-server", "rst-at-body", "rst-at-dot",
      "tls-broken-record",
    ],
    "banner-delay": ["silent-at-banner"],
    "backlog-no-banner": ["silent-at-banner"],
    "connection-limit-421": ["leaves-with-421"],
    "rcpt-callout-late-replies": ["silent-at-mail"],
    "data-354-delayed": ["silent-at-data"],
    // The program hangs; a device that swallows looks like it.
    "generic-tcp-termination": [
      "reseg-513-hung-server", "silent-at-data", "silent-at-dot", "silent-at-ehlo",
      "silent-at-mail",
      "silent-at-rcpt",
    ],
    "nul-byte-drop": ["reset-from-the-middle"],
    // It says so at MAIL, and drops nothing.
    "size-drop-no-5xx": ["size-limit-declared"],
    "eod-slow-or-duplicate": ["eod-unanswered-server", "silent-at-dot"],
    "rst-eats-final-reply": [
      "connection-limit-421-at-the-greeting", "connection-limit-421-to-ehlo",
      "connection-limit-421-to-mail", "connection-limit-421-to-second-rcpt", "rst-at-dot",
    ],
    "clienthello-multisegment": ["starttls-silence"],
    "clienthello-256-511": ["starttls-silence"],
    // The reply to STARTTLS never comes, so that none of what follows a 220 can.
    "tls-garbage-after-220": [
      "fin-at-starttls", "half-reply-at-starttls", "pmtu-reverse-tls", "rst-at-starttls",
      "silent-at-starttls",
    ],
    // Whether a policy demands TLS or a certificate stands in the DNS.
    "dane-failure": ["certificate-wrong-name", "tls-required-not-offered"],
    "mta-sts-enforce": ["certificate-wrong-name", "tls-required-not-offered"],
    // One machine behind one address.
    "multi-mx-partial": ["by-chance-meets", "by-chance-skips"],
  ]
}
