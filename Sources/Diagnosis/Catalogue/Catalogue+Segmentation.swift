/// Family A: readers that take a segment for a message.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let segmentation = [
    resegBoundaryLoss, replyFragmentNaiveReader, nodelayPregreetStall, eodSplitMailguard,
    inspectionNeedsWholeCommand, crlfSplitServer, replyCountMismatch,
  ]

  private static let resegBoundaryLoss = CatalogueEntry(
    id: "reseg-boundary-loss", code: "A1",
    title: "A firewall that ends TCP loses what ends just past its buffer",
    mechanism: """
      A firewall that terminates the connection and sends the stream on through a buffer of 512 \
      bytes loses its place when the rest is exactly one byte more than the buffer. It \
      acknowledges everything itself, so neither end ever sees a lost packet. Envelopes of 512, \
      514, 1024 and 1026 bytes passed; 513 and 1025 hung, and at 1025 the replies to the first \
      512 bytes did arrive. Only a pipelined envelope with several recipients tends to have such \
      a size; pasted by hand it leaves in other segments and passes. That buffer plus one is the \
      rule is an inference that fits every size tried; the cause was never confirmed on site.
      """,
    signature: """
      Stalled with custody acknowledged_unanswered and no retransmission. The answered offset is \
      at or below a multiple of the buffer, the acknowledged offset above it. It depends on the \
      size of what was written at once, not on who the recipients are.
      """,
    experiment: """
      Send the same envelope in other segments (--split command, --pipelining off): it passes. \
      Then the sizes around it at the same number of commands (--envelope-size 512, 513, 514, \
      1024, 1025, 1026): isolated sizes that fail are a boundary; everything above a limit is \
      not.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_avoid_pipelining = <host>",
          "In the smtp transport: one command a segment keeps the envelope off the boundary.")
      ],
      postfix: [
        .setting(
          "smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}",
          "The table is indexed by the server's address.")
      ],
      receiver: [
        .advice(
          "Turn off the firewall's SMTP proxy or TCP interception for port 25, or update it.")
      ]),
    sources: [
      "seed 001 (Tony Finch, dotat.at)",
      "Exim specification, smtp transport, hosts_avoid_pipelining",
    ],
    twins: [
      "crlf-split-server", "pmtu-blackhole-reverse", "tarpit-error-delay",
      "rcpt-callout-late-replies", "pipelining-advertised-broken", "rcpt-limit",
      "long-line-drop", "tls-buffering-loss", "hung-server", "generic-tcp-termination",
    ])

  private static let replyFragmentNaiveReader = CatalogueEntry(
    id: "reply-fragment-naive-reader", code: "A2",
    title: "A client takes the first segment of a reply for the whole reply",
    mechanism: """
      A server writes one reply with several write calls, or a device cuts it, and the first \
      segment arrives without its line end, or with only the first of several lines. A client \
      that treats one read as one reply acts on the fragment, takes the rest for the answer to \
      its next command, and stays one reply behind for ever. ZMailer's greeting left as "220 \
      smtp.tele.fi " with the rest behind it, and the ccNotes gateway went out of step; small \
      modems and some appliances do the same today, and the teaser line of Postfix's postscreen \
      finds them out.
      """,
    signature: """
      A reply that came in more than one read, with the cut inside a line, between two lines or \
      between CR and LF. A correct client notices nothing, so it is a hazard even when the \
      session went well; a stall with custody reply_cut_short is the same cut without its rest.
      """,
    experiment: """
      Repeat five times. Cuts always in the same place come from the server's writes; cuts that \
      wander come from the path.
      """,
    remedies: Remedies(
      postfix: [
        .setting(
          "postscreen_greet_banner =",
          """
          On the receiving side: an empty value sends no teaser; or put the appliance on \
          postscreen_access_list.
          """)
      ],
      receiver: [
        .advice(
          """
          Write each reply at once (a buffered output stream, flushed when the reply is \
          complete). The lasting cure is in the client: one reader for all replies, which waits \
          for the line end and for the last line.
          """)
      ]),
    sources: [
      "seed 002 (Matti Aarnio, ZMailer; ChangeLog 1999-08-06)",
      "RFC 5321 section 4.2",
      "Postfix POSTSCREEN_README",
      "github.com/emersion/go-smtp pull request 120",
    ],
    twins: [
      "reply-count-mismatch", "tarpit-stutter",
    ])

  private static let nodelayPregreetStall = CatalogueEntry(
    id: "nodelay-pregreet-stall", code: "A3",
    title: "A client that talks first never acts on two replies that come back to back",
    mechanism: """
      A mail program sends HELO before it has seen the greeting. As long as the server's Nagle \
      algorithm holds the reply to HELO until the greeting has been acknowledged, all is well. \
      With TCP_NODELAY, as Exim 4 sets it, greeting and reply leave back to back, the client \
      never acts on the second, and both sides wait until one gives up. Whether the program, its \
      socket library or the server's kernel was to blame was never found out.
      """,
    signature: """
      The stall itself needs that client. From outside the server's half can be seen: with \
      --pregreet, whether the greeting and the reply to EHLO come in one read, in two back to \
      back, or with the second held for the 40 ms of a delayed acknowledgement. The server logs \
      an SMTP command timeout or an incomplete transaction.
      """,
    experiment: """
      Compare sessions with and without --pregreet and look at how the two replies arrive. A \
      server that refuses or drops an early talker is greet-pause-pregreet instead.
      """,
    remedies: Remedies(
      exim: [
        .setting("tcp_nodelay = false", "Main option of the receiving Exim, since 4.23.")
      ],
      receiver: [
        .advice("Have the client wait for the greeting, as RFC 5321 section 4.3.1 asks.")
      ]),
    sources: [
      "seed 000 (Philip Hazel, exim-users; Exim FAQ Q0088)",
      "Exim ChangeLog 4.23/12",
      "RFC 5321 section 4.3.1",
    ],
    twins: [
      "greet-pause-pregreet"
    ])

  private static let eodSplitMailguard = CatalogueEntry(
    id: "eod-split-mailguard", code: "A4",
    title: "An inspecting firewall swallows an end of data that is cut between segments",
    mechanism: """
      Cisco PIX software before 5.2(4) and 6.0(1) looks for CR LF . CR LF in one packet. When it \
      is spread over two, the firewall does not pass it on: the server never sees the end of the \
      message, both sides time out, and the message is sent again. If the server did take it \
      before the reply was lost, there are duplicates.
      """,
    signature: """
      Stalled at dot with custody acknowledged_unanswered: everything acknowledged, no 250. It \
      comes and goes with the size of the message modulo the segment size. The greeting is often \
      masked with asterisks.
      """,
    experiment: """
      Send one message with the end in one piece, then with each inner cut (--split dot:1 to \
      dot:4). Cuts that stall while the whole end passes decide it. If all stall, it is a slow \
      scan, bare line feeds or a buffering proxy. Note which cuts fail: versions differ.
      """,
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: Exim writes the dot with its last buffer.")
      ],
      postfix: [
        .setting(
          "smtp_pix_workarounds = delay_dotcrlf",
          """
          On by default; it waits 10 s before ".CR LF" when the greeting looks like a PIX and the \
          message is older than 500 s. smtp_pix_workaround_maps sets it for one address.
          """)
      ],
      receiver: [
        .setting("no fixup protocol smtp 25", "Or newer software.")
      ]),
    sources: [
      "Postfix HISTORY 20010529, 20011107, 20011119",
      "Microsoft KB 295725; Cisco bug CSCds90792",
      "ZMailer ChangeLog 2002-06-25",
    ],
    twins: [
      "pmtu-blackhole-forward", "av-proxy-store-and-forward", "tarpit-error-delay", "bare-lf",
      "eod-slow-or-duplicate", "dot-quit-pipelining", "generic-tcp-termination",
    ])

  private static let inspectionNeedsWholeCommand = CatalogueEntry(
    id: "inspection-needs-whole-command", code: "A5",
    title: "A firewall inspects each segment by itself and masks a partial command",
    mechanism: """
      The ESMTP inspection of a Cisco ASA does not reassemble a command that comes in pieces. A \
      lone "H" is no command it knows, so it overwrites it with X, and the server gets XXXX and \
      answers 500. Mail servers send whole commands and never notice; a person with telnet in \
      character mode does.
      """,
    signature: """
      No stall but a prompt 500 or 502 whose text quotes X where our command stood, and only when \
      commands are cut.
      """,
    experiment: """
      --split 1 is refused and the same command whole passes: something on the path judges each \
      segment. A correct server takes both. It finds an inspecting device even while mail flows.
      """,
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: whole commands are what Exim sends.")
      ],
      postfix: [
        .advice("Nothing to set: whole commands are what Postfix sends.")
      ],
      receiver: [
        .advice("Take \"inspect esmtp\" out of the policy map.")
      ]),
    sources: [
      "Cisco document 113423, ASA ESMTP and SMTP inspection"
    ],
    twins: [
      "esmtp-capability-mask"
    ])

  private static let crlfSplitServer = CatalogueEntry(
    id: "crlf-split-server", code: "A6",
    title: "A server does not find a line end that comes in two reads",
    mechanism: """
      The server looks for CR LF in what one read brought and not in what it has collected. When \
      CR ends one segment and LF begins the next, it never sees the pair, and appears to hang \
      while it waits for more.
      """,
    signature: """
      Stalled with custody acknowledged_unanswered at the very command whose CR and LF were \
      parted.
      """,
    experiment: """
      --split crlf stalls, the same bytes in whole lines pass. After the stall another CR LF \
      brings the reply, often a 500.
      """,
    remedies: Remedies(
      receiver: [
        .advice("Fix the reader: search the whole buffer, not the last read.")
      ]),
    sources: [
      "RFC 5321 section 2.3.8",
      "github.com/TheFox/smtpd pull request 15",
    ],
    twins: [
      "reseg-boundary-loss", "pipelining-advertised-broken",
    ])

  private static let replyCountMismatch = CatalogueEntry(
    id: "reply-count-mismatch", code: "A7",
    title: "More or fewer replies than commands",
    mechanism: """
      A server or a device in between says something unasked, answers one command twice, merges \
      two replies, or sends words that are no reply. A client that pipelines pairs every later \
      reply with the wrong command; Postfix once could take the reply to QUIT for that to the end \
      of data, and lose mail.
      """,
    signature: """
      A reply that answers no command, lines of one reply with different codes, or text without a \
      code; or a stall because one reply too few came.
      """,
    experiment: """
      Send the commands one at a time (--pipelining off). A surplus that stays is the server's \
      own; one that goes away is a fault in its pipelining. Where a NOOP into the silence (--nudge) \
      is answered and the command before it is not, a reply is missing, or the command was lost.
      """,
    remedies: Remedies(
      exim: [
        .setting(
          "hosts_avoid_pipelining = <host>",
          "It keeps the pairing right where the surplus depends on pipelining.")
      ],
      postfix: [
        .setting(
          "smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}",
          "Since September 2005 Postfix reports a protocol error and defers.")
      ],
      receiver: [
        .advice("Fix the server, or the device that adds words.")
      ]),
    sources: [
      "Postfix HISTORY 20050929",
      "RFC 2920 section 3.1",
      """
      github.com/davidmoten/subethasmtp issue 75; github.com/vert-x3/vertx-mail-client pull \
      request 81
      """,
    ],
    twins: [
      "reply-fragment-naive-reader", "dot-transparency-error", "reuse-or-rset-failure",
      "starttls-leftover-input", "generic-tcp-termination",
    ])
}
