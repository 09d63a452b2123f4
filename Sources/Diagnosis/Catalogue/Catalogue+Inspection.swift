/// Family D, first part: devices that inspect and rewrite.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let inspection = [
    pixBannerMask, esmtpCapabilityMask, starttlsStripped, avProxyStoreAndForward,
    ipsInjectedReply,
  ]

  private static let pixBannerMask = CatalogueEntry(
    id: "pix-banner-mask", code: "D1",
    title: "The greeting is overwritten with asterisks",
    mechanism: """
      The SMTP fixup of a Cisco PIX (5.1 and later) and the mask-banner parameter of an ASA \
      overwrite the greeting, all but 2, 0 and spaces, to hide what software answers. The mask \
      itself harms nobody. It is the mark of a device that inspects SMTP, and such devices also \
      mask EHLO keywords, judge commands segment by segment, and in old versions swallow an end \
      of data that is cut.
      """,
    signature: "A greeting of nothing but 2, 0, space and asterisk.",
    experiment: """
      None is needed for the mask. Then look for what comes with it: --split 1 \
      (inspection-needs-whole-command), --split dot:1 to dot:4 (eod-split-mailguard), and the \
      EHLO keywords (esmtp-capability-mask).
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_esmtp = <host>", "Where the device stumbles over EHLO as well.")
      ],
      postfix: [
        .setting(
          "smtp_pix_workarounds = disable_esmtp, delay_dotcrlf",
          "The default; smtp_pix_workaround_maps sets it for one address.")
      ],
      receiver: [
        .setting("no fixup protocol smtp 25", "On an ASA: no inspect esmtp.")
      ]),
    sources: [
      "Exim FAQ Q0053, Q0078",
      "Cisco ASA CLI guide, ESMTP inspection",
    ],
    twins: [
      "esmtp-capability-mask"
    ])

  private static let esmtpCapabilityMask = CatalogueEntry(
    id: "esmtp-capability-mask", code: "D2",
    title: "EHLO keywords are overwritten, or EHLO is refused by a device in between",
    mechanism: """
      An inspecting firewall overwrites verbs and EHLO keywords that it does not know with X, at \
      their old length: STARTTLS, CHUNKING and private ones first. An ASA also drops, by default, \
      commands over 512 bytes, more than 100 recipients, and header lines over 998 characters.
      """,
    signature: """
      An EHLO reply with runs of X or asterisks where a keyword should stand, or a 500 or 502 to \
      EHLO that quotes XXXX.
      """,
    experiment: """
      HELO works where EHLO fails; the masked keyword is there on port 587 or from another \
      network.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_esmtp = <host>", "In the smtp transport.")
      ],
      postfix: [
        .setting(
          """
          smtp_discard_ehlo_keyword_address_maps = inline:{{<address>=starttls, pipelining, \
          chunking}}
          """,
          "Whatever the device garbles.")
      ],
      receiver: [
        .advice("Allow TLS in the policy map (allow-tls), or take the inspection off.")
      ]),
    sources: [
      "Cisco documents 117801 and 113423; Cisco ASA CLI guide, ESMTP inspection"
    ],
    twins: [
      "inspection-needs-whole-command", "pix-banner-mask", "starttls-stripped",
      "command-syntax-or-option-choke",
    ])

  private static let starttlsStripped = CatalogueEntry(
    id: "starttls-stripped", code: "D3",
    title: "STARTTLS is removed, or refused by something that is not the server",
    mechanism: """
      A device or a virus scanner between client and server takes the keyword STARTTLS out of the \
      EHLO reply, or lets it stand and answers the command itself with a 500 that the server \
      never saw. The session goes on in clear text. Where policy demands TLS (DANE, MTA-STS), \
      mail is deferred until it bounces.
      """,
    signature: """
      The keyword missing where the server is known to offer it, or a 5xx to STARTTLS in other \
      words than the server's own. A segment with a small TTL may be acknowledged close by.
      """,
    experiment: """
      Port 587 or 465 of the same server, or another network, shows STARTTLS. --tls off delivers, \
      --tls require does not.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_tls = <host>", "Only where clear text is acceptable.")
      ],
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{<domain>=none}",
          "Indexed by the next-hop domain; only where clear text is acceptable.")
      ],
      receiver: [
        .advice("Turn off mail scanning on the path; let the mail server do it.")
      ]),
    sources: [
      "Exim FAQ Q0059, Q1708",
      "Bugtraq 2002, Norton AntiVirus and STARTTLS",
      "RFC 3207 section 6",
    ],
    twins: [
      "esmtp-capability-mask", "tls-garbage-after-220",
    ])

  private static let avProxyStoreAndForward = CatalogueEntry(
    id: "av-proxy-store-and-forward", code: "D4",
    title: "A scanner in between keeps the message back, and answers late or not at all",
    mechanism: """
      A transparent antivirus proxy, on a gateway or on the server itself, accepts the content at \
      the speed of the local network, holds it while it scans, and passes it on only then. On a \
      hit it cuts the connection; on a large message the client's patience ends before the scan. \
      The server behind it may see half a message.
      """,
    signature: """
      Content taken at wire speed with no back-pressure, a round trip of TCP far below that of \
      any reply, then a stall at dot with custody acknowledged_unanswered whose length grows with \
      the size of the message.
      """,
    experiment: """
      Messages of several sizes (--message-size): a wait that is linear in the size is a scan. \
      Plain text against an attachment. A NOOP that takes much longer than TCP's round trip \
      speaks for something nearer than the server.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          Exclude port 25 of mail servers from transparent scanning, or switch the proxy to the \
          mode that streams (FortiGate: splice).
          """)
      ]),
    sources: [
      "Fortinet technical tips 99477 and 10445",
      "Juniper topic 44515 (CHUNKING is not scanned)",
    ],
    twins: [
      "eod-split-mailguard", "generic-tcp-termination", "bare-lf", "eod-slow-or-duplicate",
    ])

  private static let ipsInjectedReply = CatalogueEntry(
    id: "ips-injected-reply", code: "D5",
    title: "A firewall forges a reply and resets the connection",
    mechanism: """
      An intrusion prevention system recognises something in the content, writes a 5xx of its own \
      into the stream in the server's name, and resets both sides. The server knows nothing of it \
      and times out five minutes later.
      """,
    signature: """
      Closed or reset during or right after the content, with a 5xx in words foreign to the \
      server (541 5.4.1 is one), or with none. The IP TTL of that segment differs from the \
      server's, which only a capture shows.
      """,
    experiment: """
      A neutral body of the same size passes; a harmless test pattern (EICAR) brings it back.
      """,
    remedies: Remedies(
      receiver: [
        .advice(
          """
          The owner of the policy must say what it matched, and let the mail server refuse mail \
          by itself.
          """)
      ]),
    sources: [
      "blog.webernetz.net 2014-08-28, Palo Alto threat prevention and SMTP 541"
    ],
    twins: [
      "nul-byte-drop", "size-drop-no-5xx", "early-reply-during-data", "rst-eats-final-reply",
    ])
}
