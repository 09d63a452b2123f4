extension Catalogue {
  /// The fixtures of the lab that show an entry, or look like it on purpose, by its id.
  ///
  /// A table and not a part of each entry, because the two halves of the program do not know each other: a
  /// test holds it against the `Source:` of every fixture, and says which line is missing.
  static let fixtures: [String: [String]] = [
    "reseg-boundary-loss": [
      "reseg-513", "reseg-513-hung-server", "silent-at-mail", "two-faults",
    ],
    "reply-fragment-naive-reader": [
      "greet-pause-teaser", "greeting-in-two", "half-reply-at-banner", "half-reply-at-ehlo",
      "half-reply-at-mail", "reply-fragment-naive-reader-before-crlf",
      "reply-fragment-naive-reader-between-lines",
      "reply-fragment-naive-reader-inside-a-line", "reply-fragment-naive-reader-inside-code",
      "reply-fragment-naive-reader-inside-crlf", "reply-fragment-naive-reader-line-by-line",
      "reply-fragment-naive-reader-teaser", "reply-fragment-path", "reply-split-in-crlf",
    ],
    "nodelay-pregreet-stall": ["early-talker-nagle", "early-talker-nodelay"],
    "eod-split-mailguard": [
      "asa-inspection", "eod-split-mailguard-any-cut", "eod-split-mailguard-dot-crlf",
      "eod-unanswered-server",
    ],
    "inspection-needs-whole-command": ["asa-inspection", "inspection-needs-whole-command"],
    "crlf-split-server": ["crlf-split-server", "reply-split-in-crlf"],
    "reply-count-mismatch": [
      "endless-reply", "malformed-reply", "mixed-codes", "reply-count-mismatch-none-for-quit",
      "reply-count-mismatch-one-for-two", "reply-count-mismatch-put-off-to-ehlo",
      "reply-count-mismatch-refusal-to-ehlo", "reply-count-mismatch-surplus-to-dot",
      "reply-count-mismatch-surplus-to-ehlo", "unsolicited-reply",
    ],
    "nagle-delayed-ack": ["nagle-delayed-ack"],
    "server-side-nagle": ["server-side-nagle"],
    "tfo-conntrack-wscale-reset": ["fast-open-conntrack"],
    "tfo-syn-dropped": ["fast-open-syn-dropped"],
    "tfo-cookie-unstable": ["fast-open-cookie-refused", "fast-open-not-offered"],
    "tfo-late-connect-error": ["fast-open-connect-refused"],
    "pmtu-blackhole-forward": ["ipv6-pmtu", "pmtu-forward"],
    "pmtu-blackhole-reverse": ["pmtu-reverse", "pmtu-reverse-tls"],
    "wscale-ignored-by-router": ["raw-window-router", "raw-window-router-slow"],
    "wscale-stripped-from-synack": ["window-scaling-stripped"],
    "sack-seqrand-mismatch": ["sack-shifted"],
    "tcp-timestamps-paws": ["timestamps-set-back", "timestamps-stripped"],
    "ecn-blackhole": ["ecn-syn-dropped", "ecn-syn-reset"],
    "ct-port-reuse-challenge": ["port-reuse-challenge"],
    "content-triggered-loss": ["content-dropped"],
    "zero-window-tarpit": [
      "silent-at-body", "slow-reader", "stops-reading", "tarpit-silent", "zero-window-tarpit",
    ],
    "nat-idle-timeout": ["nat-forgets-before-dot", "nat-forgets-reset", "nat-forgets-silent"],
    "generic-tcp-termination": [
      "reseg-513-hung-server", "silent-at-data", "silent-at-dot", "silent-at-ehlo",
      "silent-at-mail", "silent-at-rcpt", "transparent-proxy", "transparent-proxy-silent",
    ],
    "syn-filtered": [
      "icmp-mid-session-no-host", "icmp-mid-session-prohibited", "syn-ack-lost",
      "syn-filtered-dropped", "syn-filtered-no-host", "syn-filtered-prohibited",
      "syn-filtered-reset",
    ],
    "pix-banner-mask": ["asa-inspection", "pix-banner"],
    "esmtp-capability-mask": [
      "asa-inspection", "bdat-unknown-to-box", "capabilities-masked",
      "esmtp-capability-mask-chunking",
      "esmtp-capability-mask-ehlo", "esmtp-capability-mask-starttls", "esmtp-command-limit",
    ],
    "starttls-stripped": [
      "starttls-not-offered", "starttls-refused-by-proxy-proxy",
      "starttls-refused-by-proxy-server", "starttls-stripped", "tls-required-not-offered",
    ],
    "av-proxy-store-and-forward": ["av-proxy-store-and-forward"],
    "ips-injected-reply": [
      "early-reply-during-data-closes", "early-reply-during-data-hangs-up",
      "early-reply-during-data-resets", "ips-injected-reply-box", "ips-injected-reply-server",
      "reset-from-the-middle", "rst-at-body", "rst-at-dot", "tls-broken-record",
    ],
    "banner-delay": ["banner-delay", "silent-at-banner"],
    "greet-pause-pregreet": [
      "early-talker-refused", "greet-pause-pregreet-defers", "greet-pause-pregreet-drops",
      "greet-pause-pregreet-exim", "greet-pause-pregreet-opensmtpd",
      "greet-pause-pregreet-resets", "greet-pause-pregreet-sendmail", "greet-pause-teaser",
    ],
    "backlog-no-banner": ["backlog-no-banner", "silent-at-banner"],
    "connection-limit-421": [
      "connection-limit-421-at-the-greeting", "connection-limit-421-to-ehlo",
      "connection-limit-421-to-mail", "connection-limit-421-to-mail-with-reset",
      "connection-limit-421-to-second-rcpt", "leaves-with-421", "rst-eats-final-reply-kept",
      "rst-eats-final-reply-lost",
    ],
    "banner-5xx-or-drop": [
      "banner-5xx-or-drop-421", "banner-5xx-or-drop-521", "banner-5xx-or-drop-554",
      "banner-5xx-or-drop-554-and-reset", "banner-5xx-or-drop-half-a-line",
      "banner-5xx-or-drop-mixed", "banner-5xx-or-drop-nothing", "banner-5xx-or-drop-nothing-reset",
      "fin-at-banner", "greeting-refuses", "mixed-codes", "rst-at-banner",
    ],
    "tarpit-stutter": [
      "drip-fed-reply", "tarpit-stutter-blacklisted", "tarpit-stutter-greylisted",
      "tarpit-stutter-spam",
    ],
    "greylisting": [
      "greylisting-after-data", "greylisting-postscreen", "greylisting-sender",
      "greylisting-spamd",
    ],
    "tarpit-error-delay": [
      "tarpit-error-delay-all-at-once", "tarpit-error-delay-each-by-each",
      "tarpit-unknown-recipient",
    ],
    "rcpt-callout-late-replies": [
      "rcpt-callout-flushed", "rcpt-callout-late-replies", "silent-at-mail",
    ],
    "pipelining-advertised-broken": [
      "drops-queued-input", "pipelining-advertised-broken-drops-at-data",
      "pipelining-advertised-broken-flushes-after-mail",
      "pipelining-advertised-broken-holds-replies",
      "pipelining-advertised-broken-resets-at-data",
      "pipelining-advertised-broken-silent-to-a-group",
    ],
    "pipelining-not-offered": [
      "healthy-nopipelining", "pipelining-not-offered-exim",
      "pipelining-not-offered-opensmtpd", "pipelining-not-offered-postfix",
      "pipelining-not-offered-postscreen",
    ],
    "pipelining-window-deadlock": ["pipelining-window-deadlock"],
    "rcpt-limit": [
      "rcpt-limit-421", "rcpt-limit-452", "rcpt-limit-552", "rcpt-limit-drop",
      "rcpt-limit-reset",
    ],
    "multi-recipient-policy": ["multi-recipient-policy"],
    "data-354-delayed": ["data-354-delayed", "silent-at-data"],
    "hung-server": [
      "reseg-513-hung-server", "silent-at-ehlo", "silent-at-mail", "silent-at-rcpt",
      "transparent-proxy-silent",
    ],
    "command-syntax-or-option-choke": [
      "command-syntax-or-option-choke-ehlo-drop",
      "command-syntax-or-option-choke-null-sender", "command-syntax-or-option-choke-size-501",
      "command-syntax-or-option-choke-size-555", "command-syntax-or-option-choke-size-drop",
    ],
    "nul-byte-drop": [
      "nul-byte-drop", "nul-byte-loss-reset", "nul-byte-loss-silent", "reset-from-the-middle",
      "two-faults",
    ],
    "size-drop-no-5xx": [
      "size-limit-552", "size-limit-declared", "size-limit-drop", "size-limit-fin",
      "size-limit-silent",
    ],
    "long-line-drop": [
      "line-limit-at-1024", "line-limit-at-2048", "line-limit-at-4096", "line-limit-at-998",
      "long-line-drop",
    ],
    "bare-lf": [
      "bare-lf", "bare-lf-content-exchange", "bare-lf-content-postfix",
      "bare-lf-content-qmail", "bare-lf-content-waits", "dot-transparency-error-bare-lf",
      "dot-transparency-error-half-bare", "dot-transparency-error-stuffed",
    ],
    "dot-transparency-error": [
      "dot-transparency-error-bare-lf", "dot-transparency-error-half-bare",
      "dot-transparency-error-stuffed",
    ],
    "bdat-broken": ["bdat-refused-not-discarded", "bdat-unknown-to-box", "bdat-waits-for-more"],
    "bdat-under-tarpit": ["bdat-under-tarpit"],
    "eod-slow-or-duplicate": [
      "eod-slow-or-duplicate-by-size", "eod-slow-or-duplicate-constant",
      "eod-unanswered-server", "silent-at-dot",
    ],
    "early-reply-during-data": [
      "early-refusal", "early-reply-during-data-closes", "early-reply-during-data-hangs-up",
      "early-reply-during-data-resets",
    ],
    "8bit-or-utf8-mismatch": [
      "eight-bit-mismatch-dropped", "eight-bit-mismatch-refused", "eight-bit-mismatch-silent",
      "nul-in-reply", "utf8-address-refused",
    ],
    "quit-ignored": [
      "fin-at-quit", "half-reply-at-quit", "quit-ignored", "reply-count-mismatch-none-for-quit",
      "rst-at-quit", "silent-at-quit",
    ],
    "rst-eats-final-reply": [
      "connection-limit-421-at-the-greeting", "connection-limit-421-to-ehlo",
      "connection-limit-421-to-mail", "connection-limit-421-to-mail-with-reset",
      "connection-limit-421-to-second-rcpt", "early-reply-during-data-closes",
      "early-reply-during-data-hangs-up", "early-reply-during-data-resets", "rst-at-dot",
      "rst-eats-final-reply-kept", "rst-eats-final-reply-lost", "size-limit-552",
    ],
    "half-close-intolerance": [
      "half-close-intolerance-tcp", "half-close-intolerance-tls",
      "tls-ends-under-way-with-fin", "tls-ends-under-way-without-fin",
    ],
    "dot-quit-pipelining": ["dot-quit-pipelining"],
    "reuse-or-rset-failure": [
      "reuse-or-rset-failure-421", "reuse-or-rset-failure-fin", "reuse-or-rset-failure-rset",
    ],
    "clienthello-multisegment": [
      "clienthello-multisegment-alert", "clienthello-multisegment-reset",
      "clienthello-multisegment-silence", "starttls-silence",
    ],
    "clienthello-256-511": ["clienthello-256-511", "starttls-silence"],
    "starttls-leftover-input": ["starttls-clear-text", "starttls-leftover-input"],
    "tls-garbage-after-220": [
      "fin-at-starttls", "fin-at-tls", "half-reply-at-starttls", "half-reply-at-tls",
      "pmtu-reverse-tls", "rst-at-starttls", "rst-at-tls", "silent-at-starttls", "silent-at-tls",
      "starttls-refused", "starttls-silence", "tls-broken-record", "tls-garbage-http",
      "tls-garbage-implicit", "tls-garbage-noise", "tls-garbage-smtp", "tls-garbage-too-late",
    ],
    "tls-no-close-notify": [
      "tls-ends-under-way-with-fin", "tls-ends-under-way-without-fin",
      "tls-no-close-notify-body", "tls-no-close-notify-dot", "tls-no-close-notify-mail",
      "tls-no-close-notify-quit", "tls-no-close-notify-with",
    ],
    "tls13-late-client-cert-error": ["tls13-late-client-cert-error"],
    "tls-legacy-intolerance": [
      "certificate-expired", "certificate-not-yet-valid", "certificate-wrong-name", "tls-alert",
      "tls-legacy-intolerance-cipher", "tls-legacy-intolerance-dh-size",
      "tls-legacy-intolerance-group", "tls-legacy-intolerance-version", "tls-name-refused-alert",
      "tls-name-refused-reset", "tls-name-refused-silence", "tls-old-version-10",
      "tls-old-version-11",
    ],
    "tls-buffering-loss": ["tls-buffering-loss"],
    "tls-record-size-or-early-secret": [
      "tls-finished-with-ehlo-reset", "tls-finished-with-ehlo-silence", "tls-record-size-reset",
      "tls-record-size-silence",
    ],
    "ipv6-broken-path": ["ipv6-broken", "ipv6-pmtu", "ipv6-preferred"],
    "mx-cname": [
      "mx-cname-circle", "mx-cname-dangles", "mx-cname-told", "mx-cname-works", "mx-loop",
      "mx-no-address-other", "mx-no-address-unknown", "name-server-fails-domain-fails",
      "name-server-fails-domain-silent", "name-server-fails-exchanger-fails",
      "name-server-fails-exchanger-silent",
    ],
    "null-mx": ["null-mx"],
    "rdns-or-reputation-reject": [
      "rdns-or-reputation-reject-content", "rdns-or-reputation-reject-dnsbl",
      "rdns-or-reputation-reject-no-ptr", "rdns-or-reputation-reject-spf",
    ],
    "dane-failure": ["certificate-wrong-name", "tls-required-not-offered"],
    "mta-sts-enforce": ["certificate-wrong-name", "tls-required-not-offered"],
    "multi-mx-partial": [
      "by-chance-meets", "by-chance-skips", "multi-mx-partial-421", "multi-mx-partial-no-address",
      "multi-mx-partial-refuses", "multi-mx-partial-silent",
    ],
  ]
}
