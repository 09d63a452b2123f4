/// Family H: TLS.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let security = [
    clienthelloMultisegment, clienthello256511, starttlsLeftoverInput, tlsGarbageAfter220,
    tlsNoCloseNotify, tls13LateClientCertError, tlsLegacyIntolerance, tlsBufferingLoss,
    tlsRecordSizeOrEarlySecret,
  ]

  private static let clienthelloMultisegment = CatalogueEntry(
    id: "clienthello-multisegment", code: "H1",
    title: "A ClientHello in more than one segment is dropped, reset or never answered",
    mechanism: """
      A server calls read once and takes what it got for the whole ClientHello, or a device in \
      between looks for the server name in the first segment only. Post-quantum key shares made \
      it common: X25519MLKEM768 adds 1216 bytes, and the hello no longer fits one segment. \
      Postfix 3.11 delays that key share because some SMTP servers cannot take a large hello.
      """,
    signature: """
      Silence, a reset or a decode_error alert right after the 220 to STARTTLS, with the hello \
      acknowledged.
      """,
    experiment: """
      A small hello cut in two (--split-stage tls --split 100) fails as well: it is segmentation. \
      If only a large hello fails, exclude the path with --mss 1000 before blaming the server.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "tls_require_ciphers = NORMAL:-GROUP-X25519-MLKEM768",
          """
          In the smtp transport, with GnuTLS 3.8.8 or later; hosts_avoid_tls = <host> is the last \
          resort.
          """)
      ],
      postfix: [
        .setting("tls_eecdh_auto_curves = X25519, prime256v1", "Leaves the large key share out.")
      ],
      receiver: [
        .advice("Read until the TLS record is complete; update the device.")
      ]),
    sources: [
      "tldr.fail",
      "Postfix RELEASE_NOTES 3.11; postconf(5), tls_eecdh_auto_curves",
    ],
    twins: [
      "pmtu-blackhole-forward", "pmtu-blackhole-reverse", "clienthello-256-511",
      "tls-garbage-after-220", "tls-record-size-or-early-secret",
    ])

  private static let clienthello256511 = CatalogueEntry(
    id: "clienthello-256-511", code: "H2",
    title: "A ClientHello of 256 to 511 bytes hangs",
    mechanism: """
      Old F5 BIG-IP software took a ClientHello whose length lies between 256 and 511 for SSLv2 \
      and dropped it in silence. RFC 7685 has a padding extension for this alone.
      """,
    signature: "Silence after the hello, only when its length is in that band.",
    experiment: """
      The same hello padded to 512 or more (priority %DUMBFW), or shrunk below 256, is answered.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "tls_require_ciphers = NORMAL:%DUMBFW",
          "In the smtp transport, with GnuTLS. The main option gnutls_compat_mode is wider.")
      ],
      postfix: [
        .advice("Nothing to set: OpenSSL pads (SSL_OP_TLSEXT_PADDING).")
      ],
      receiver: [
        .advice("Update the load balancer.")
      ]),
    sources: [
      "RFC 7685",
      "GnuTLS lib/ext/dumbfw.c; github.com/golang/go issue 39271",
    ],
    twins: [
      "pmtu-blackhole-reverse", "clienthello-multisegment", "tls-garbage-after-220",
    ])

  private static let starttlsLeftoverInput = CatalogueEntry(
    id: "starttls-leftover-input", code: "H3",
    title: "Clear text that was sent before TLS is read after it",
    mechanism: """
      Words behind STARTTLS, or behind its 220, that arrived before the handshake must be thrown \
      away: whoever sits on the path could have put them there. Broken servers execute them \
      inside TLS, broken clients take them for replies (CVE-2011-0411). STARTTLS is therefore the \
      last command of a group.
      """,
    signature: """
      Clear text behind the 220 in the same flight; or a reply inside TLS to a command that was \
      sent in clear.
      """,
    experiment: """
      The first needs no experiment: the bytes are on record. The second takes a client that \
      injects a harmless NOOP, only with the owner's consent.
      """,
    remedies: Remedies(
      exim: [
        .advice(
          """
          Exim 4.95 or later: before, its client could take words from before TLS for replies \
          (CVE-2021-38371).
          """)
      ],
      postfix: [
        .advice("Update: 2.8.0, 2.7.3, 2.6.9, 2.5.12 and later discard the input.")
      ],
      receiver: [
        .advice("Empty the input buffer before the handshake.")
      ]),
    sources: [
      "RFC 3207 section 4.2",
      "postfix.org/CVE-2011-0411.html; nostarttls.secvuln.info",
      "CVE-2021-38371, Exim up to 4.94.2",
    ],
    twins: [
      "reply-count-mismatch", "tls-garbage-after-220",
    ])

  private static let tlsGarbageAfter220 = CatalogueEntry(
    id: "tls-garbage-after-220", code: "H4",
    title: "220 to STARTTLS, and then no TLS",
    mechanism: """
      A proxy passes the verb and not the handshake, the server has no certificate or no entropy, \
      or its TLS process has died. What comes instead is clear text, a 4xx, garbage, or nothing \
      at all. Many clients have no time limit here and hang.
      """,
    signature: """
      A first byte from the server that is neither 0x16 nor 0x15, a 454, or silence after the \
      hello.
      """,
    experiment: """
      Port 465 of the same server, and --tls off: both show whether SMTP itself is well.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_avoid_tls = <host>",
          "Or leave tls_tempfail_tryclear at true: it goes on in clear after a temporary failure.")
      ],
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{<domain>=none}",
          "Indexed by the next-hop domain; only where clear text is acceptable.")
      ],
      receiver: [
        .advice("Do not offer STARTTLS while TLS cannot work.")
      ]),
    sources: [
      "RFC 3207 section 4",
      "Broadcom knowledge base 161039",
    ],
    twins: [
      "starttls-stripped", "clienthello-multisegment", "clienthello-256-511",
      "starttls-leftover-input", "tls-legacy-intolerance",
    ])

  private static let tlsNoCloseNotify = CatalogueEntry(
    id: "tls-no-close-notify", code: "H5",
    title: "The peer drops the connection without the closing alert of TLS",
    mechanism: """
      TLS ends with close_notify, so that a cut can be told from an end. Many SMTP servers just \
      close TCP after QUIT, and GnuTLS then says that the connection was not properly terminated. \
      After 221 that is harmless; inside a message it is the connection that died, and the words \
      of TLS are only its local view: seed 003 had the same message for a lost path.
      """,
    signature: "Closed under TLS without an alert.",
    experiment: """
      The stage decides: after an accepted message it is cosmetic. In the middle of content read \
      the system's error (104, 110, 32) first.
      """,
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: Exim hides it after QUIT.")
      ],
      receiver: [
        .advice("Send close_notify.")
      ]),
    sources: [
      "RFC 8446 section 6.1",
      "Exim tls-gnu.c; seed 003",
    ],
    twins: [
      "tfo-conntrack-wscale-reset", "size-drop-no-5xx", "quit-ignored", "half-close-intolerance",
    ])

  private static let tls13LateClientCertError = CatalogueEntry(
    id: "tls13-late-client-cert-error", code: "H6",
    title: "The handshake succeeds, and the first read fails",
    mechanism: """
      In TLS 1.3 the client has finished before the server has judged its certificate. A server \
      that wants one, or dislikes the one it got, says so with an alert that the client meets at \
      its first read, in the middle of EHLO.
      """,
    signature: "An alert (certificate_required, bad_certificate) at the first EHLO under TLS.",
    experiment: """
      With and without a client certificate; with TLS 1.2 only, the error is back in the \
      handshake.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "tls_certificate =",
          "In the smtp transport: send no client certificate to public servers.")
      ],
      postfix: [
        .setting("smtp_tls_cert_file =", "Empty is the default, and what Postfix recommends.")
      ],
      receiver: [
        .advice("Ask for client certificates only where they are needed.")
      ]),
    sources: [
      "RFC 8446 section 4.4.2.4",
      "Exim smtp.c; tls-gnu.c",
    ],
    twins: [
      "tls-legacy-intolerance"
    ])

  private static let tlsLegacyIntolerance = CatalogueEntry(
    id: "tls-legacy-intolerance", code: "H7",
    title: "No common version, cipher or key size",
    mechanism: """
      One side is old or strict: a Diffie-Hellman prime below the client's minimum, no shared \
      cipher, a protocol version that was switched off, a certificate that a verifying client \
      does not take.
      """,
    signature: "A prompt fatal alert, or an error of our own library, with a name.",
    experiment: """
      --tls-priority with an older version or more ciphers; without a server name. The alert says \
      which way to look.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "tls_dh_min_bits = 1024",
          "In the smtp transport; or tls_require_ciphers for this host.")
      ],
      postfix: [
        .setting(
          "smtp_tls_policy_maps = inline:{<domain>=may}",
          "Opportunistic, with ciphers= and protocols= as needed.")
      ],
      receiver: [
        .advice("Newer software, a larger DH group, a valid certificate.")
      ]),
    sources: [
      "RFC 8996; Exim specification, tls_dh_min_bits",
      "michael-prokop.at 2023-09-25, no shared cipher",
    ],
    twins: [
      "tls-garbage-after-220", "tls13-late-client-cert-error", "dane-failure", "mta-sts-enforce",
    ])

  private static let tlsBufferingLoss = CatalogueEntry(
    id: "tls-buffering-loss", code: "H8",
    title: "Replies are lost where pipelining and TLS buffers meet",
    mechanism: """
      Decrypted input sits in the TLS library while the program asks the socket whether there is \
      any, or a buffer is thrown away when another connection uses TLS. Exim up to 4.92 with \
      OpenSSL lost pipelined replies when a callout used TLS too; Exim up to 4.93 could hang with \
      GnuTLS; Postfix's tlsproxy dropped trailing plaintext.
      """,
    signature: """
      Stalled with custody acknowledged_unanswered, only under TLS and only when pipelined.
      """,
    experiment: "--pipelining off under TLS passes, and so does --tls off with pipelining.",
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_avoid_pipelining = <host>",
          "Or Exim 4.94 and later, where the fault is on this side.")
      ],
      postfix: [
        .setting("smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}")
      ],
      receiver: [
        .advice("Newer software.")
      ]),
    sources: [
      "Exim ChangeLog 4.93 JH/10, 4.94 JH/12, JH/25",
      "Postfix HISTORY 20180618",
    ],
    twins: [
      "reseg-boundary-loss", "rcpt-callout-late-replies", "pipelining-advertised-broken",
      "tls-record-size-or-early-secret",
    ])

  private static let tlsRecordSizeOrEarlySecret = CatalogueEntry(
    id: "tls-record-size-or-early-secret", code: "H9",
    title: "A peer chokes on full TLS records, or on Finished and EHLO in one segment",
    mechanism: """
      A hypothesis kept for the day it is needed: a TLS stack with a buffer below 16 KiB, or one \
      that loses application data that follows the Finished message in the same segment. No \
      public account of it in SMTP is known.
      """,
    signature: "A stall at the first large record of the content, or at the first EHLO under TLS.",
    experiment: """
      Smaller records (a record size limit) or smaller writes pass; EHLO in a segment of its own \
      passes.
      """,
    remedies: Remedies(
      receiver: [
        .advice("Newer software.")
      ]),
    sources: [
      "RFC 8449; no account in SMTP is known"
    ],
    twins: [
      "clienthello-multisegment", "tls-buffering-loss",
    ])
}
