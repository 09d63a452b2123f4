/// Family E: the envelope and pipelining.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let envelopeStage = [
    rcptCalloutLateReplies, pipeliningAdvertisedBroken, pipeliningNotOffered,
    pipeliningWindowDeadlock, rcptLimit, multiRecipientPolicy, data354Delayed,
    commandSyntaxOrOptionChoke, hungServer,
  ]

  private static let rcptCalloutLateReplies = CatalogueEntry(
    id: "rcpt-callout-late-replies", code: "E1",
    title: "Recipients are verified one by one, and the replies come too late",
    mechanism: """
      The server checks each recipient with something slow (a callout to another server, a DNS \
      lookup) and keeps the replies to a pipelined group until the last check is done. The checks \
      add up; when the sum passes the client's timeout, the client has seen nothing at all. Exim \
      since 4.67 and Postfix since 2000 send what is ready before a slow check.
      """,
    signature: """
      Stalled with custody acknowledged_unanswered and nothing answered; with enough patience all \
      replies come in one read, after a time proportional to the number of recipients.
      """,
    experiment: """
      Wait longer (--timeout 5m): a late burst settles it, and excludes a lost boundary. Then \
      --pipelining off: each RCPT takes its share. One recipient is quick.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "max_rcpt = 10",
          "In the smtp transport; or a longer command_timeout, or hosts_avoid_pipelining = <host>.")
      ],
      postfix: [
        .setting("smtp_destination_recipient_limit = 10")
      ],
      receiver: [
        .advice(
          """
          Let the server flush before a callout (Exim: no no_callout_flush, no no_delay_flush), \
          and cache callouts.
          """)
      ]),
    sources: [
      "seed 001, first hypothesis (Tony Finch, dotat.at)",
      "Exim ChangeLog 4.67 PH/15, PH/18",
      "Postfix HISTORY 20000505, 20000513, 20020515",
    ],
    twins: [
      "reseg-boundary-loss", "tarpit-error-delay", "pipelining-advertised-broken",
      "data-354-delayed", "tls-buffering-loss", "hung-server",
    ])

  private static let pipeliningAdvertisedBroken = CatalogueEntry(
    id: "pipelining-advertised-broken", code: "E2",
    title: "PIPELINING is offered, and commands sent ahead are thrown away or never answered",
    mechanism: """
      A server announces PIPELINING and then breaks its rules: it empties its input when it \
      starts a filter or a child, or keeps replies buffered although its input is empty. Commands \
      that had come in the same segment are gone, or their replies sit in a buffer, and both \
      sides wait.
      """,
    signature: """
      Replies to the first commands, then a stall with custody acknowledged_unanswered. How many \
      are answered depends on which commands they are, and stays the same when they are padded to \
      other sizes; a lost boundary depends on sizes.
      """,
    experiment: """
      --pipelining off passes. One command a segment with pauses (--split command --split-delay \
      200ms) passes where input is emptied, and still fails where replies are kept; there, a \
      further command brings the replies out.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_pipelining = <host>", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}")
      ],
      receiver: [
        .advice("Do not offer PIPELINING until RFC 2920 section 3.2 is kept.")
      ]),
    sources: [
      "RFC 2920 section 3.2, rules 7 and 9",
      "Exim smtp.c, comment of July 2003; ChangeLog 4.31/81",
      "github.com/IndySockets/Indy issue 239",
    ],
    twins: [
      "reseg-boundary-loss", "crlf-split-server", "rcpt-callout-late-replies",
      "pipelining-not-offered", "data-354-delayed", "tls-buffering-loss",
    ])

  private static let pipeliningNotOffered = CatalogueEntry(
    id: "pipelining-not-offered", code: "E3",
    title: "Input sent ahead is refused by a server that did not offer it",
    mechanism: """
      A client that sends commands before their turn, although PIPELINING was not offered (or \
      before EHLO was answered), breaks the protocol, and strict servers end the session: \
      OpenSMTPD with 500, Postfix since 3.9 with 554 5.5.0, Exim with 554. Spam programs do it, \
      and so does a tool that is told to.
      """,
    signature: """
      A refusal or a closed connection that speaks of pipelining or synchronization; only when \
      commands were sent ahead.
      """,
    experiment: """
      --pipelining off, or auto, passes. With --pipelining on the fault is of our own making.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_avoid_pipelining = <host>",
          """
          Rarely needed: Exim pipelines only where it is offered, unless hosts_pipe_connect \
          matches.
          """)
      ],
      receiver: [
        .advice("Nothing to mend: the server keeps the rules, and the client must.")
      ]),
    sources: [
      "RFC 2920 section 3.1",
      "OpenSMTPD smtp_session.c; Postfix HISTORY 20240402",
    ],
    twins: [
      "greet-pause-pregreet", "pipelining-advertised-broken",
    ])

  private static let pipeliningWindowDeadlock = CatalogueEntry(
    id: "pipelining-window-deadlock", code: "E4",
    title: "Both sides write, and nobody reads",
    mechanism: """
      A client that writes a large group of commands without reading fills the server's receive \
      buffer, while the server blocks on replies that fill the client's. Neither reads, so \
      neither can write. RFC 2920 demands non-blocking input or groups that fit the window.
      """,
    signature: "The peer's window is shut while unread replies lie in our own receive queue.",
    experiment: """
      A client that reads while it writes, as smtpprobe does, passes; a deadlock seen here can \
      only be the server's half.
      """,
    remedies: Remedies(
      exim: [
        .advice("Exim since 4.94 reads replies about every hundred recipients.")
      ],
      postfix: [
        .advice("Nothing to set: groups are kept within PIPELINING_BUFSIZE.")
      ],
      receiver: [
        .advice("Read input while replies cannot be written.")
      ]),
    sources: [
      "RFC 2920 section 3.1",
      "Postfix HISTORY 20101222; smtp_proto.c",
    ],
    twins: [
      "zero-window-tarpit"
    ])

  private static let rcptLimit = CatalogueEntry(
    id: "rcpt-limit", code: "E5",
    title: "Too many recipients",
    mechanism: """
      A server takes a bounded number of recipients a message, at least 100 by RFC 5321, and \
      answers the rest with 452; some say 552 or 421, or drop the connection. A Cisco ASA drops \
      it above 100.
      """,
    signature: """
      452 4.5.3 (or a closed connection) at a certain RCPT, whatever the size of the commands.
      """,
    experiment: """
      Vary the number of recipients at the same envelope size: it fails by count. A boundary \
      fails by size.
      """,
    remedies: Remedies(
      exim: [
        .setting("max_rcpt = 50", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_destination_recipient_limit = 50")
      ],
      receiver: [
        .advice("Answer 452 and keep the session; announce LIMITS RCPTMAX.")
      ]),
    sources: [
      "RFC 5321 sections 4.5.3.1.8 and 4.5.3.1.10; RFC 9422",
      "Exim ChangeLog 4.95 JH/42, 4.94 JH/15",
    ],
    twins: [
      "reseg-boundary-loss", "multi-recipient-policy",
    ])

  private static let multiRecipientPolicy = CatalogueEntry(
    id: "multi-recipient-policy", code: "E6",
    title: "A policy engine cannot handle recipients that fall under different rules",
    mechanism: """
      A security server (FireWall-1 was one) matched only the first recipient of a message to a \
      rule and answered 450 when another needed a different one.
      """,
    signature: "450 only for some combinations of recipients; each of them alone is taken.",
    experiment: "One recipient a message passes.",
    remedies: Remedies(
      exim: [
        .setting("max_rcpt = 1", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_destination_recipient_limit = 1")
      ],
      receiver: [
        .advice("One rule for all recipients, or newer software.")
      ]),
    sources: [
      "Check Point, advanced technical reference guide 4.1"
    ],
    twins: [
      "greylisting", "rcpt-limit",
    ])

  private static let data354Delayed = CatalogueEntry(
    id: "data-354-delayed", code: "E7",
    title: "Silence after DATA",
    mechanism: """
      Between DATA and 354 the server creates a queue file, calls a milter, or connects to a \
      content filter or backend. Where one of them hangs, everything before has been answered and \
      the 354 does not come. RFC 5321 grants two minutes.
      """,
    signature: "Stalled at data, with every RCPT answered.",
    experiment: """
      --pipelining off isolates the command; wait longer. BDAT has no 354 and would show whether \
      the content filter is to blame.
      """,
    remedies: Remedies(
      exim: [
        .setting("command_timeout = 10m", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_data_init_timeout = 300s")
      ],
      receiver: [
        .advice("Find the filter or backend that hangs.")
      ]),
    sources: [
      "RFC 5321 section 4.5.3.2.4"
    ],
    twins: [
      "rcpt-callout-late-replies", "pipelining-advertised-broken", "generic-tcp-termination",
      "hung-server",
    ])

  private static let commandSyntaxOrOptionChoke = CatalogueEntry(
    id: "command-syntax-or-option-choke", code: "E8",
    title: "A server stumbles over a parameter, a lower-case verb or a long command",
    mechanism: """
      A server or gateway does not know SIZE=, BODY=, AUTH= or SMTPUTF8 behind MAIL although it \
      offered them, takes verbs in upper case only, or has a short command buffer; it answers 5xx \
      or drops the connection. Exim says HELO in capitals because of one such mailer.
      """,
    signature: "Rejected or closed at mail, at once.",
    experiment: "Leave the parameters away one at a time; HELO instead of EHLO offers none.",
    remedies: Remedies(
      exim: [
        .setting(
          "size_addition = -1",
          "Sends no SIZE; hosts_avoid_esmtp = <host> sends no parameters at all.")
      ],
      postfix: [
        .setting("smtp_discard_ehlo_keyword_address_maps = inline:{{<address>=size, 8bitmime}}")
      ],
      receiver: [
        .advice("Follow RFC 5321 section 4.1.1.11, or do not offer the extension.")
      ]),
    sources: [
      "Exim smtp.c, comment on upper-case HELO",
      "ZMailer ChangeLog 1999-12-12",
    ],
    twins: [
      "esmtp-capability-mask", "8bit-or-utf8-mismatch",
    ])

  private static let hungServer = CatalogueEntry(
    id: "hung-server", code: "E9",
    title: "The server's program answers no more, and its kernel still acknowledges",
    mechanism: """
      A process that is stopped, deadlocked, or waits without a limit for something else (a full \
      disk, a lock, a database, a milter, name servers) reads no further. TCP is the kernel's \
      business, so every byte is acknowledged as ever. From the client a device in front that \
      acknowledges and forwards nothing looks the same.
      """,
    signature: """
      Stalled at EHLO, MAIL or RCPT with custody acknowledged_unanswered, every time, whatever is \
      varied; a NOOP into the silence (--nudge) is not answered either.
      """,
    experiment: """
      None from the client. --hops finds a device that ends TCP nearer than the address is. Who \
      runs the server sees whether our bytes wait in its Recv-Q (ss -tn), and what the process \
      that should read them waits for (its log, strace); a longer --timeout tells slow from hung.
      """,
    remedies: Remedies(
      exim: [
        .advice(
          """
          Nothing to set: after command_timeout (5m, as RFC 5321 wants it) Exim goes on to the \
          next exchanger, and tries this one again later.
          """)
      ],
      postfix: [
        .advice(
          """
          Nothing to set: after smtp_mail_timeout or smtp_rcpt_timeout (300s) Postfix goes on to \
          the next exchanger, and tries this one again later.
          """)
      ],
      receiver: [
        .advice("Find what the process waits for, and put a limit on that wait.")
      ]),
    sources: [
      "seed 001, where the firewall looked like this",
      "RFC 5321 section 4.5.3.2",
    ],
    twins: [
      "generic-tcp-termination", "reseg-boundary-loss", "rcpt-callout-late-replies",
      "data-354-delayed",
    ])
}
