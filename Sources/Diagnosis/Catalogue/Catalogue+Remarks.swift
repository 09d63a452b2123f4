/// What stands behind an id that a report uses and that is no cause by itself.
package struct CatalogueRemark: Encodable, Sendable, Equatable {
  /// The id of the hazard: `reply-bare-lf`.
  package var id: String
  /// What it is and who minds, plain ASCII.
  package var text: String
  /// The entries that it bears on.
  package var entries: [String]

  /// Its first sentence, without the full stop.
  package var headline: String { String(text.prefix { $0 != "." }) }
}

extension Catalogue {
  /// The remark on that id, in any case; `nil` when there is none.
  package static func remark(id: String) -> CatalogueRemark? {
    let wanted = id.lowercased()
    return remarks.first { $0.id == wanted }
  }

  /// Whether `smtpprobe explain` has something to say about `id`.
  package static func explains(_ id: String) -> Bool {
    entry(id: id) != nil || remark(id: id) != nil
  }

  /// Breaches of the protocol and other oddities that a session survived: hazards, and no stories of
  /// their own.
  package static let remarks: [CatalogueRemark] = [
    CatalogueRemark(
      id: "reply-mixed-codes",
      text: """
        The lines of one reply carry different codes. RFC 5321 section 4.2.1 wants the same code in \
        every line; some clients act on the first, others on the last, so a greeting of 220 and \
        then 521 is a welcome to one and a refusal to the other.
        """,
      entries: ["reply-count-mismatch", "banner-5xx-or-drop"]),
    CatalogueRemark(
      id: "reply-bare-lf",
      text: """
        A reply line ends in LF without CR, against RFC 5321 section 2.3.8. Most clients take it; one \
        that waits for CRLF waits until its timeout.
        """,
      entries: ["bare-lf"]),
    CatalogueRemark(
      id: "reply-bare-cr",
      text: """
        A CR without LF stands inside a reply line, against RFC 5321 section 2.3.8. Clients disagree \
        on whether the line ends there.
        """,
      entries: ["bare-lf"]),
    CatalogueRemark(
      id: "reply-long-line",
      text: """
        A reply line is longer than the 512 octets of RFC 5321 section 4.5.3.1.5. A client with a \
        buffer of that size cuts it, and takes the rest for another line.
        """,
      entries: ["reply-count-mismatch"]),
    CatalogueRemark(
      id: "reply-nul",
      text: """
        A reply holds a zero byte. Programs written in C see it end there, so what is logged is not \
        what was said.
        """,
      entries: ["nul-byte-drop"]),
    CatalogueRemark(
      id: "reply-eight-bit",
      text: """
        A reply holds bytes over 127 although SMTPUTF8 was not in use (RFC 6531 section 3.7.4.1). \
        Most clients log it as it is; terminals may not.
        """,
      entries: ["8bit-or-utf8-mismatch"]),
    CatalogueRemark(
      id: "starttls-in-tls",
      text: """
        STARTTLS is offered again under TLS, against RFC 3207 section 4.2. A client that tries it \
        fails; the keyword list may come from something in front of the server.
        """,
      entries: ["starttls-stripped", "tls-garbage-after-220"]),
    CatalogueRemark(
      id: "replies-off-by-one",
      text: """
        Replies stand beside the wrong commands: one came that nothing had asked for, or one is missing. \
        Clients match replies in order, so each later one answers another command than was meant: \
        deliveries fail with 250 for DATA, or a message counts as accepted that was not.
        """,
      entries: ["reply-count-mismatch", "pipelining-advertised-broken"]),
    CatalogueRemark(
      id: "starttls-refused",
      text: """
        STARTTLS is offered and then refused. A client that insists on TLS cannot deliver; others go \
        on in clear text, as if TLS had never been offered.
        """,
      entries: ["tls-garbage-after-220", "starttls-stripped"]),
    CatalogueRemark(
      id: "connection-refused",
      text: """
        The address answers, and refuses the connection. A reset came in answer to the SYN: nothing \
        listens on that port there (the mail server is down, or listens on other addresses or \
        ports), or a packet filter of the host, or of a provider that wants no mail sent, refuses in \
        its name. A client cannot tell these apart. Mail servers try the next address, and later \
        this one again.
        """,
      entries: ["syn-filtered", "multi-mx-partial", "ecn-blackhole", "tfo-late-connect-error"]),
    CatalogueRemark(
      id: "message-too-large",
      text: """
        The server says that the message is too large for it. A 552, or a status of X.3.4 (RFC 1870 \
        section 6, RFC 3463 section 3.4), is an answer and no fault: a smaller message passes, and \
        the SIZE in the reply to EHLO tells the limit. Mail servers bounce the message.
        """,
      entries: ["size-drop-no-5xx"]),
    CatalogueRemark(
      id: "syn-retransmitted",
      text: """
        The connection came about, and only after the SYN had been sent more than once. The kernel \
        sends it again after one second, and after twice as long each further time (RFC 6298 section \
        2), so every delivery is that much late, and a client with a shorter connect timeout does \
        not get through at all. Once, it is a lost packet. Where it is so every time, something \
        drops the first SYN on purpose (greylisting in a packet filter, a rate limit, SYN \
        protection), loses some of them, or the server's queue of connections is full.
        """,
      entries: ["syn-filtered", "ecn-blackhole", "tfo-syn-dropped", "connection-limit-421"]),
    CatalogueRemark(
      id: "slow-progress",
      text: """
        Bytes that the sender's kernel had ready went at less than 2,000 a second, counted over all \
        that was ready without a break: a message of one megabyte then takes over eight minutes, and \
        one of ten, the usual limit, an hour and a half. Nothing stalls: each \
        ACK is progress, and a timeout on progress never ends the session, while a queue runner \
        is busy with it for hours. A window of less than a segment is the commonest limit: a \
        server that hardly reads, a tarpit, or window scaling that was lost on the path. Bound the \
        whole session (--total-timeout) to see the stall that an impatient sender would see.
        """,
      entries: ["wscale-stripped-from-synack", "wscale-ignored-by-router", "zero-window-tarpit"]),
  ]
}
