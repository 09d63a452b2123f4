extension Catalogue {
  /// The entries whose remedies on the sending side do what a variation did, by the name of its knob.
  ///
  /// A variation that takes a failure away is itself the workaround, whatever the cause is; what a mail
  /// server's configuration has for it stands in the catalogue already.
  private static let workarounds = [
    "pipelining": "pipelining-advertised-broken",
    "chunking": "bdat-broken",
    "fast_open": "tfo-syn-dropped",
    "mss": "pmtu-blackhole-forward",
    "pmtu_discovery": "pmtu-blackhole-forward",
    "family": "ipv6-broken-path",
    "tls": "tls-garbage-after-220",
    "tls_priority": "tls-legacy-intolerance",
    "clienthello_size": "clienthello-multisegment",
    "ignore_keyword": "command-syntax-or-option-choke",
    "keepalive": "nat-idle-timeout",
    "nodelay": "nagle-delayed-ack",
    "recipients": "rcpt-limit",
    "message_size": "size-drop-no-5xx",
    "pregreet": "greet-pause-pregreet",
    "timeout": "tarpit-error-delay",
  ]

  /// What a sending mail server has that does what turning `knob` does; empty where it has nothing.
  ///
  /// Nothing for the receiver: what it should mend is not known.
  package static func workaround(by knob: String) -> Remedies {
    guard let entry = workarounds[knob].flatMap(entry(id:)) else { return Remedies() }
    return Remedies(
      exim: entry.remedies.exim, postfix: entry.remedies.postfix, kernel: entry.remedies.kernel)
  }
}
