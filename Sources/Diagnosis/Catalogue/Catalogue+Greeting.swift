/// Family D, second part: the greeting and what a server holds against a client.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let greeting = [
    bannerDelay, greetPausePregreet, backlogNoBanner, connectionLimit421, banner5xxOrDrop,
    tarpitStutter, greylisting, tarpitErrorDelay,
  ]

  private static let bannerDelay = CatalogueEntry(
    id: "banner-delay", code: "D6",
    title: "The greeting waits for reverse DNS, ident or a block list",
    mechanism: """
      Before it greets, the server looks the client up: its name in the DNS, a block list, or its \
      user by ident (RFC 1413). If the lookup meets a resolver that does not answer, or an ident \
      port whose packets are dropped and not refused, the client waits for that timeout first.
      """,
    signature: """
      Connected at once, then silence with custody peer_silent; the greeting comes after a round \
      number of seconds (5, 10, 15, 30), which are the timeouts of resolvers and ident.
      """,
    experiment: """
      Wait five minutes (--timeout 5m). Repeat at once: if it is fast now, a resolver's cache has \
      been warmed. If refusing port 113 instead of dropping it makes the greeting fast, it is \
      ident.
      """,
    remedies: Remedies(
      exim: [
        .setting("rfc1413_query_timeout = 0s", "On the receiving side; the default since 4.86.")
      ],
      postfix: [
        .setting("smtpd_peername_lookup = no", "On the receiving side.")
      ],
      kernel: [
        .setting(
          "iptables -A INPUT -p tcp --dport 113 -j REJECT --reject-with tcp-reset",
          "On the sender: refuse ident, do not drop it.")
      ],
      receiver: [
        .advice("Mend the resolver. The sender should have a PTR record that answers.")
      ]),
    sources: [
      "Exim FAQ Q0020; Exim ChangeLog 4.86 JH/07",
      "RFC 5321 section 4.5.3.2.1",
    ],
    twins: [
      "pmtu-blackhole-reverse", "zero-window-tarpit", "greet-pause-pregreet",
      "backlog-no-banner",
    ])

  private static let greetPausePregreet = CatalogueEntry(
    id: "greet-pause-pregreet", code: "D7",
    title: "The server waits before it greets, and turns away who talks first",
    mechanism: """
      Spam programs do not wait for the greeting. Sendmail's greet_pause, Postfix's postscreen, \
      Exim's smtp_enforce_sync and others pause on purpose and refuse or drop a client that \
      speaks in that time. Fast Open with data and early pipelining are early talkers by \
      construction.
      """,
    signature: """
      A greeting that is late by a constant few seconds; with --pregreet or --fast-open data a \
      554 or a closed connection.
      """,
    experiment: "Without --pregreet the same session passes.",
    remedies: Remedies(
      exim: [
        .advice("Leave <host> out of hosts_pipe_connect, which turns early pipelining on.")
      ],
      receiver: [
        .advice("Allow-list clients that are known, or shorten the pause.")
      ]),
    sources: [
      "RFC 5321 section 4.3.1",
      "Postfix POSTSCREEN_README; sendmail FEATURE(greet_pause)",
      "Exim smtp_in.c, smtp_enforce_sync",
    ],
    twins: [
      "nodelay-pregreet-stall", "banner-delay", "backlog-no-banner", "pipelining-not-offered",
    ])

  private static let backlogNoBanner = CatalogueEntry(
    id: "backlog-no-banner", code: "D8",
    title: "The kernel accepts the connection while every server process is busy",
    mechanism: """
      The kernel completes the handshake from its backlog before any program has called accept. \
      When all SMTP processes are taken, the client is connected and waits for a process to \
      become free; what it writes meanwhile is acknowledged by the kernel.
      """,
    signature: """
      Connected at once, no greeting for seconds or minutes (custody peer_silent), then a normal \
      session. It depends on load and on the hour, not on who asks.
      """,
    experiment: """
      Several connections at the same time: some are greeted at once, others queue. Repeat at \
      another hour. One quiet session cannot tell it from banner-delay.
      """,
    remedies: Remedies(
      postfix: [
        .setting(
          "default_process_limit = 200",
          "On the receiving side, or maxproc of smtpd in master.cf.")
      ],
      receiver: [
        .advice(
          """
          More processes, or shorter sessions under load; beware of stress settings that drop \
          slow clients.
          """)
      ]),
    sources: [
      "Postfix STRESS_README"
    ],
    twins: [
      "pmtu-blackhole-reverse", "zero-window-tarpit", "banner-delay", "greet-pause-pregreet",
    ])

  private static let connectionLimit421 = CatalogueEntry(
    id: "connection-limit-421", code: "D9",
    title: "Too many connections, too many messages: 421 and goodbye",
    mechanism: """
      The server bounds how many sessions a client has at once, how often it comes, or how many \
      messages one session carries, and says 421 when the bound is passed: in the greeting, after \
      EHLO, or at a later MAIL. Then it closes, and with pipelined commands unread its kernel \
      sends a reset that may overtake the words.
      """,
    signature: """
      A 421, often 4.7.0 with words about too many connections; or, with pipelining, a reset \
      behind it.
      """,
    experiment: "One session by itself after ten minutes passes.",
    remedies: Remedies(
      exim: [
        .setting(
          "serialize_hosts = <host>",
          "Also remote_max_parallel and connection_max_messages.")
      ],
      postfix: [
        .setting(
          "smtp_destination_concurrency_limit = 2",
          "Also smtp_connection_reuse_time_limit.")
      ],
      receiver: [
        .advice("Raise the limit for this client.")
      ]),
    sources: [
      "RFC 5321 section 3.8",
      "Exim specification, smtp_accept_max_per_connection",
    ],
    twins: [
      "banner-5xx-or-drop", "greylisting", "rst-eats-final-reply", "reuse-or-rset-failure",
    ])

  private static let banner5xxOrDrop = CatalogueEntry(
    id: "banner-5xx-or-drop", code: "D10",
    title: "Refused in the greeting, or accepted and dropped without a word",
    mechanism: """
      A server that wants no mail from a client may say 554 in its greeting and wait for QUIT \
      (RFC 5321 section 3.1). Others accept the connection and close it at once: TCP wrappers, a \
      block list, a load balancer without a server behind it.
      """,
    signature: "Rejected or closed at banner, before any command of ours.",
    experiment: "Another source address, or another exchanger of the domain.",
    remedies: Remedies(
      postfix: [
        .setting("smtp_skip_5xx_greeting = yes", "The default: the next exchanger is tried.")
      ],
      receiver: [
        .advice("Take the client off the list, or repair the service behind the balancer.")
      ]),
    sources: [
      "RFC 5321 section 3.1",
      "Postfix postconf(5), smtp_skip_5xx_greeting",
    ],
    twins: [
      "connection-limit-421", "rdns-or-reputation-reject",
    ])

  private static let tarpitStutter = CatalogueEntry(
    id: "tarpit-stutter", code: "D11",
    title: "Replies come one byte at a time",
    mechanism: """
      A tarpit such as OpenBSD's spamd answers a listed client one byte a second, with a tiny \
      receive window, for as long as the client stays. A greylisted one is treated so for its \
      first ten seconds. There is always something to read, so a timeout on each read never \
      strikes.
      """,
    signature: """
      Replies in very many reads of one or a few bytes, evenly spaced; the peer's window is very \
      small.
      """,
    experiment: """
      Another source address is answered at once. Stutter that stops after ten seconds is \
      greylisting.
      """,
    remedies: Remedies(
      exim: [
        .advice("Exim since 4.93 times the whole reply.")
      ],
      postfix: [
        .setting(
          "smtp_per_request_deadline = yes",
          "Since 3.7; smtp_per_record_deadline before that.")
      ],
      receiver: [
        .advice("Take the client off the list.")
      ]),
    sources: [
      "OpenBSD spamd(8)",
      "Exim ChangeLog 4.93 JH/28",
    ],
    twins: [
      "reply-fragment-naive-reader", "greylisting", "tarpit-error-delay",
    ])

  private static let greylisting = CatalogueEntry(
    id: "greylisting", code: "D12",
    title: "Come back later",
    mechanism: """
      The server refuses the first contact of a client, sender and recipient it has not seen with \
      a temporary code, and takes a retry after some minutes. Programs that never retry are \
      filtered out. The deep tests of postscreen always end a first contact so.
      """,
    signature: """
      A prompt 450 or 451 at RCPT or after the message; the same again after some minutes passes.
      """,
    experiment: """
      Do not hammer. One retry after the time that the server names, from the same address.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Allow-list senders that are known. The sender needs ordinary retries and a stable \
          source address.
          """)
      ]),
    sources: [
      "OpenBSD spamd(8); Postfix POSTSCREEN_README",
      "RFC 6647",
    ],
    twins: [
      "connection-limit-421", "tarpit-stutter", "multi-recipient-policy",
      "rdns-or-reputation-reject",
    ])

  private static let tarpitErrorDelay = CatalogueEntry(
    id: "tarpit-error-delay", code: "D13",
    title: "A fixed pause before replies, often after errors",
    mechanism: """
      Servers slow down clients that make mistakes or have a poor reputation. Exchange waits \
      TarpitInterval (5 s) before a 5xx, or before every reply to an address it distrusts, and up \
      to MaxAcknowledgementDelay (30 s) after a message; Postfix sleeps smtpd_error_sleep_time (1 \
      s) after an error, and after each reply once there were too many. In a pipelined group the \
      pauses add up until the client's patience ends.
      """,
    signature: """
      Waits that are constant to the millisecond (1.0 s, 5.0 s), as many as there are errors, \
      recipients or chunks. If the client gives up first it looks like late replies.
      """,
    experiment: """
      One valid recipient: no pause. Several: that many times the pause (--to repeated, \
      --pipelining off).
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "command_timeout = 10m",
          "In the smtp transport; and fewer recipients a message with max_rcpt.")
      ],
      postfix: [
        .setting(
          "smtp_destination_recipient_limit = 10",
          "So that the pauses of one group do not outlast the timeout.")
      ],
      receiver: [
        .advice(
          """
          Exchange: Set-ReceiveConnector -TarpitInterval 0 -MaxAcknowledgementDelay 0. Postfix: \
          smtpd_error_sleep_time.
          """)
      ]),
    sources: [
      "Microsoft TechNet blog on TarpitInterval and DelayedAck",
      "Postfix postconf(5), smtpd_error_sleep_time, smtpd_soft_error_limit",
    ],
    twins: [
      "reseg-boundary-loss", "eod-split-mailguard", "nagle-delayed-ack", "server-side-nagle",
      "tarpit-stutter", "rcpt-callout-late-replies", "bdat-under-tarpit",
      "eod-slow-or-duplicate",
    ])
}
