/// Family F: the message itself.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let content = [
    nulByteDrop, sizeDropNo5xx, longLineDrop, bareLf, dotTransparencyError, bdatBroken,
    bdatUnderTarpit, eodSlowOrDuplicate, earlyReplyDuringData, octet8bitOrUtf8Mismatch,
  ]

  private static let nulByteDrop = CatalogueEntry(
    id: "nul-byte-drop", code: "F1",
    title: "A zero byte in the message ends the session",
    mechanism: """
      There are firewalls and servers, written in C, that fall over on a binary zero in mail: the \
      connection is closed without a word, or the packet that carries the zero never arrives. RFC \
      5321 does not allow NUL in a message, but broken attachments hold them.
      """,
    signature: """
      Closed or reset, or sent and not acknowledged, at the offset of a 0x00 in the content.
      """,
    experiment: """
      The same message without the NUL, or with its body in base64, passes (--data FILE).
      """,
    remedies: Remedies(
      exim: [
        .advice(
          """
          Refuse or strip such mail in the DATA ACL; the variable body_zerocount counts the \
          zeros.
          """)
      ],
      postfix: [
        .setting("message_strip_characters = \\0", "Or message_reject_characters = \\0.")
      ],
      receiver: [
        .advice("Let the firewall pass what it does not understand.")
      ]),
    sources: [
      "seed 004 (Exim FAQ Q0017, item 1)",
      "RFC 5321 section 4.5.2; RFC 5322 section 2.3",
    ],
    twins: [
      "content-triggered-loss", "ips-injected-reply", "size-drop-no-5xx", "long-line-drop",
      "8bit-or-utf8-mismatch",
    ])

  private static let sizeDropNo5xx = CatalogueEntry(
    id: "size-drop-no-5xx", code: "F2",
    title: "The message is too big, and the server drops the connection",
    mechanism: """
      A server that has had enough closes the connection in the middle of the content. If it said \
      552 first and closed with our bytes unread, its kernel sends a reset that may destroy the \
      reply in other stacks; on Linux the 552 is still in the receive queue after the write has \
      failed.
      """,
    signature: """
      Closed or reset in the content at a constant number of bytes, or a window that stays shut. \
      The EHLO reply may announce a smaller SIZE.
      """,
    experiment: """
      A small message passes; sizes between (--message-size) find a sharp limit that depends \
      neither on the segment size nor on the content. With SIZE declared in MAIL a good server \
      refuses early.
      """,
    remedies: Remedies(
      exim: [
        .setting("message_size_limit = 20M", "Refuse at home what the peer will not take.")
      ],
      postfix: [
        .setting("message_size_limit = 20480000")
      ],
      receiver: [
        .advice("Announce SIZE, say 552 at MAIL, and read the rest before closing.")
      ]),
    sources: [
      "seed 004 (Exim FAQ Q0017, item 2)",
      "RFC 1870 section 6",
    ],
    twins: [
      "ips-injected-reply", "nul-byte-drop", "long-line-drop", "early-reply-during-data",
      "rst-eats-final-reply", "tls-no-close-notify",
    ])

  private static let longLineDrop = CatalogueEntry(
    id: "long-line-drop", code: "F3",
    title: "A line that is too long ends the session",
    mechanism: """
      RFC 5321 allows lines of 1000 octets with their CRLF, and servers need not take more. Some \
      Novell servers running NIMS closed the connection on lines over 1024 characters; others \
      split them, and a Cisco ASA drops header lines over 998.
      """,
    signature: "Closed, reset or unanswered when a line passes 998, 1024, 2048 or 4096 characters.",
    experiment: """
      The same bytes in lines of 78 pass. Single lines around the limits (--line-length 990, 998, \
      999, 1022, 1026): everything above one fails. Isolated lengths that fail are a boundary \
      instead.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "message_linelength_limit = 998",
          "The default of the smtp transport: it bounces such mail instead of sending it.")
      ],
      postfix: [
        .setting("smtp_line_length_limit = 998", "The default: it folds.")
      ],
      receiver: [
        .advice("Take lines of any length, or answer 5xx.")
      ]),
    sources: [
      "seed 004 (Exim FAQ Q0017, item 2: Novell NIMS)",
      "RFC 5321 section 4.5.3.1.6",
      "Postfix HISTORY 20010611",
    ],
    twins: [
      "reseg-boundary-loss", "nul-byte-drop", "size-drop-no-5xx",
    ])

  private static let bareLf = CatalogueEntry(
    id: "bare-lf", code: "F4",
    title: "Bare line feeds: refused, or an end of data that is never recognised",
    mechanism: """
      Only CRLF ends a line in SMTP. Servers differ in what they do with LF alone: qmail and \
      Exchange Online refuse it, others normalise it, and since the smuggling attacks of December \
      2023 many no longer take an end of data that is not CR LF . CR LF. A sender whose dot \
      stands behind a bare LF then waits for a reply while the server waits for the end. A server \
      whose own replies end in LF alone makes strict clients wait in the same way.
      """,
    signature: """
      Stalled at dot with custody acknowledged_unanswered; or refused at the first bare LF (451 \
      with a pointer to smtplf.html, 550 5.6.11, 5.5.2). In replies: lines that end in LF alone.
      """,
    experiment: "The same message with every line end made CRLF passes.",
    remedies: Remedies(
      exim: [
        .advice("Exim sends CRLF; since 4.98 it refuses LF . on receipt.")
      ],
      postfix: [
        .setting(
          "cleanup_replace_stray_cr_lf = yes",
          "On the sending side, the default since 3.9.")
      ],
      receiver: [
        .setting(
          "smtpd_forbid_bare_newline_exclusions = $mynetworks",
          "Postfix since 3.9; it lists the clients that may.")
      ]),
    sources: [
      "RFC 5321 sections 2.3.8 and 4.1.1.4",
      "Postfix HISTORY 20231221 to 20240109; Exim ChangeLog 4.98 JH/12",
      "cr.yp.to/docs/smtplf.html; Microsoft Learn, BareLinefeedsAreIllegal",
      "sec-consult.com, SMTP smuggling, 2023",
    ],
    twins: [
      "eod-split-mailguard", "av-proxy-store-and-forward", "eod-slow-or-duplicate",
    ])

  private static let dotTransparencyError = CatalogueEntry(
    id: "dot-transparency-error", code: "F5",
    title: "A line that begins with a dot ends the message early",
    mechanism: """
      A client that does not double the dot at the beginning of a line ends the message where a \
      line is a dot alone; the rest of the message is taken for commands. With BDAT the opposite \
      is wrong: there dots must not be doubled.
      """,
    signature: "250 before the message was finished, then replies of 500 to lines of the content.",
    experiment: """
      A message with lines that begin with a dot, through a client that doubles them (as \
      smtpprobe does): it passes.
      """,
    remedies: Remedies(
      receiver: [
        .advice("Nothing to mend: the sending program must double the dots.")
      ]),
    sources: [
      "RFC 5321 section 4.5.2; RFC 3030 section 2",
      "ZMailer common-smtp-errors; github.com/eclipse-ee4j/angus-mail issue 209",
    ],
    twins: [
      "reply-count-mismatch"
    ])

  private static let bdatBroken = CatalogueEntry(
    id: "bdat-broken", code: "F6",
    title: "CHUNKING is offered, and BDAT stalls",
    mechanism: """
      A server waits for more after BDAT LAST, does not discard the chunk of a BDAT it refused, \
      or a device in between takes the chunk for commands. Exim 4.88 left out the last line end, \
      and the receiver waited for the byte that was counted and never sent.
      """,
    signature: """
      Stalled with custody acknowledged_unanswered after BDAT LAST, or a flood of 500 replies.
      """,
    experiment: """
      The same message with DATA passes; BDAT in one chunk and in several; with and without a \
      final CRLF.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_try_chunking = !<host>", "In the smtp transport.")
      ],
      postfix: [
        .setting(
          "smtpd_discard_ehlo_keywords = chunking",
          "On the receiving side; Postfix's client sends no BDAT.")
      ],
      receiver: [
        .advice(
          "Do not offer CHUNKING; on Exchange, ChunkingEnabled $false on the receive connector.")
      ]),
    sources: [
      "RFC 3030 section 2",
      "Exim ChangeLog 4.89 JH/04, HS/02",
      "github.com/jstedfast/MailKit issue 921; github.com/emersion/go-smtp pull request 315",
    ],
    twins: [
      "bdat-under-tarpit", "eod-slow-or-duplicate",
    ])

  private static let bdatUnderTarpit = CatalogueEntry(
    id: "bdat-under-tarpit", code: "F7",
    title: "Each chunk waits for a tarpit",
    mechanism: """
      An Exchange server that distrusted a client held every "250 2.6.0 CHUNK received" back for \
      five seconds. A message in small chunks took longer than the client's patience.
      """,
    signature: "Replies to BDAT a constant time apart, as many as there are chunks.",
    experiment: "One large chunk, or DATA, waits once.",
    remedies: Remedies(
      exim: [
        .setting("hosts_try_chunking = !<host>", "In the smtp transport.")
      ],
      receiver: [
        .advice("Set-ReceiveConnector -TarpitInterval 0 for this client.")
      ]),
    sources: [
      "Microsoft TechNet blog on TarpitInterval"
    ],
    twins: [
      "tarpit-error-delay", "bdat-broken",
    ])

  private static let eodSlowOrDuplicate = CatalogueEntry(
    id: "eod-slow-or-duplicate", code: "F8",
    title: "The server thinks too long after the dot",
    mechanism: """
      Scanning, delivery and lookups before the reply to the end of data take minutes. The client \
      may wait ten (RFC 5321 section 4.5.3.2.6); if it gives up before, the server may have taken \
      the message already, and the retry makes a second copy.
      """,
    signature: """
      Stalled at dot with custody acknowledged_unanswered; with more patience a 250 comes. The \
      wait grows with the size or the attachments (a scan) or is constant (a lookup).
      """,
    experiment: """
      --timeout 15m; then a tiny harmless message; then the end of data in its placements \
      (--split dot:2), which excludes eod-split-mailguard.
      """,
    remedies: Remedies(
      exim: [
        .setting("final_timeout = 20m", "In the smtp transport; the default is 10m.")
      ],
      postfix: [
        .setting("smtp_data_done_timeout = 1200s", "The default is 600s.")
      ],
      receiver: [
        .advice("Accept first and filter afterwards (RFC 5321 section 6.1).")
      ]),
    sources: [
      "RFC 5321 sections 4.5.3.2.6 and 6.1; RFC 1047",
      "Postfix postconf(5), smtp_data_done_timeout",
    ],
    twins: [
      "eod-split-mailguard", "nat-idle-timeout", "av-proxy-store-and-forward",
      "tarpit-error-delay", "bare-lf", "bdat-broken", "dot-quit-pipelining",
      "generic-tcp-termination",
    ])

  private static let earlyReplyDuringData = CatalogueEntry(
    id: "early-reply-during-data", code: "F9",
    title: "Refused in the middle of the content",
    mechanism: """
      The server has seen enough and answers 4xx or 5xx before the dot, then closes or resets. A \
      client that listens only after the dot sends megabytes for nothing, and then finds a broken \
      pipe where the reason was waiting.
      """,
    signature: "A reply that arrives while content is still being sent, then a reset.",
    experiment: "Stop sending at the first reply and read what is there: the reason is complete.",
    remedies: Remedies(
      postfix: [
        .advice("Nothing to set: it tries to read a premature 5xx.")
      ],
      receiver: [
        .advice("Say it at MAIL or RCPT, or read on to the dot.")
      ]),
    sources: [
      "Postfix smtp_proto.c",
      "RFC 5321 section 3.8",
    ],
    twins: [
      "ips-injected-reply", "size-drop-no-5xx", "rst-eats-final-reply",
    ])

  private static let octet8bitOrUtf8Mismatch = CatalogueEntry(
    id: "8bit-or-utf8-mismatch", code: "F10",
    title: "Eight-bit text or UTF-8 addresses to a server that cannot take them",
    mechanism: """
      A message with bytes over 127 needs 8BITMIME, addresses beyond ASCII need SMTPUTF8. A \
      server without them refuses, drops the connection, or mangles the text in silence.
      """,
    signature: """
      5xx 5.6.7 or words about eight bits; a drop; it is a refusal, not a stall. In the other \
      direction, replies with bytes over 127.
      """,
    experiment: "A seven-bit body and ASCII addresses pass.",
    remedies: Remedies(
      exim: [
        .setting(
          "utf8_downconvert = -1",
          "In the smtp transport: addresses in ASCII form where the server lacks SMTPUTF8.")
      ],
      postfix: [
        .setting(
          "smtputf8_enable = yes",
          "And leave disable_mime_output_conversion at no: it converts eight-bit bodies.")
      ],
      receiver: [
        .advice("Offer 8BITMIME and SMTPUTF8.")
      ]),
    sources: [
      "RFC 6152; RFC 6531",
      "Exim ChangeLog 4.94 JH/42; Postfix SMTPUTF8_README",
    ],
    twins: [
      "command-syntax-or-option-choke", "nul-byte-drop",
    ])
}
