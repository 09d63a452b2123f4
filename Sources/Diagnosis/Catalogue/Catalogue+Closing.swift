/// Family G: closing a connection, and using it again.
extension Catalogue {
  /// All of it, in the order of the codes.
  static let closing = [
    quitIgnored, rstEatsFinalReply, halfCloseIntolerance, dotQuitPipelining, reuseOrRsetFailure,
  ]

  private static let quitIgnored = CatalogueEntry(
    id: "quit-ignored", code: "G1",
    title: "QUIT gets no 221, or gets it minutes late",
    mechanism: """
      Some servers drop the connection after the message, or instead of saying 221, or say it \
      minutes later; under TLS some close without a closing alert. The message was accepted with \
      the 250 to the dot: what comes after changes nothing.
      """,
    signature: "Stalled or closed at quit, after an accepted message.",
    experiment: """
      None is needed: harmless when the end of data was answered with 250. A client that waits \
      for 221 without a bound hangs.
      """,
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: Exim waits for one second.")
      ],
      postfix: [
        .setting("smtp_skip_quit_response = yes", "The default.")
      ],
      receiver: [
        .advice("Answer 221 before closing (RFC 5321 section 4.1.1.10).")
      ]),
    sources: [
      "RFC 5321 section 4.1.1.10",
      "Postfix HISTORY 19990223",
      "github.com/OpenSMTPD/OpenSMTPD issue 801; github.com/nodemailer/nodemailer issue 1292",
    ],
    twins: [
      "half-close-intolerance", "dot-quit-pipelining", "tls-no-close-notify",
    ])

  private static let rstEatsFinalReply = CatalogueEntry(
    id: "rst-eats-final-reply", code: "G2",
    title: "The server's reset destroys its own last reply",
    mechanism: """
      A server that closes with input unread makes its kernel send a reset. The reset overtakes \
      or destroys the reply that was on its way: on Linux what has arrived can still be read, in \
      other stacks it is gone, and if the segment with the reply was lost nobody will send it \
      again. Typical after 421 with pipelined commands behind it, after a size limit, and after \
      the dot with QUIT glued to it.
      """,
    signature: "Reset by the peer, sometimes with a reply behind it that only a last read finds.",
    experiment: """
      One command at a time (--pipelining off): the reply is there. If it was lost on the way as \
      well, the client cannot know.
      """,
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_pipelining = <host>", "It leaves nothing unread behind the refusal.")
      ],
      postfix: [
        .setting("smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}")
      ],
      receiver: [
        .advice("Close in good order: shut down the sending side, read to the end, then close.")
      ]),
    sources: [
      "Exim smtp.c, comments on closing",
      "RFC 1122 section 4.2.2.13",
      "github.com/normanmaurer/niosmtp pull request 22",
    ],
    twins: [
      "ips-injected-reply", "connection-limit-421", "size-drop-no-5xx",
      "early-reply-during-data",
    ])

  private static let halfCloseIntolerance = CatalogueEntry(
    id: "half-close-intolerance", code: "G3",
    title: "A peer takes the end of one direction for the end of both",
    mechanism: """
      A client that has sent QUIT may close its sending side and read on; TLS 1.3 allows the same \
      with close_notify. Some servers take either for an abort and drop the reply. Google was \
      seen to answer close_notify with FIN.
      """,
    signature: "No 221, only when the client half-closed early.",
    experiment: "Close after the 221 instead: it is there.",
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: newer versions do not half-close early.")
      ],
      receiver: [
        .advice("Finish what was begun when the other side has only stopped sending.")
      ]),
    sources: [
      "Exim smtp.c, comment of 2021-03-10; ChangeLog 4.88 HS/02",
      "RFC 8446 section 6.1",
    ],
    twins: [
      "quit-ignored", "tls-no-close-notify",
    ])

  private static let dotQuitPipelining = CatalogueEntry(
    id: "dot-quit-pipelining", code: "G4",
    title: "The dot and QUIT in one segment confuse the server",
    mechanism: """
      A server that gets the end of data and QUIT together answers only one of them, or closes \
      without an answer. Postfix saw messages lost, then delivered again and again; a workaround \
      came in December 2005 and left in January 2006.
      """,
    signature: "221 without the 250 before it, or closed at dot.",
    experiment: "QUIT in a segment of its own, after the 250, passes.",
    remedies: Remedies(
      exim: [
        .setting("hosts_avoid_pipelining = <host>", "In the smtp transport.")
      ],
      postfix: [
        .setting("smtp_discard_ehlo_keyword_address_maps = inline:{<address>=pipelining}")
      ],
      receiver: [
        .advice("Answer each command, in order.")
      ]),
    sources: [
      "Postfix HISTORY 20050929, 20051229, 20060102"
    ],
    twins: [
      "eod-split-mailguard", "eod-slow-or-duplicate", "quit-ignored",
    ])

  private static let reuseOrRsetFailure = CatalogueEntry(
    id: "reuse-or-rset-failure", code: "G5",
    title: "The second message on a connection fails",
    mechanism: """
      A server answers 421 after so many messages, is slow at RSET, or leaves RSET unanswered; \
      when the client goes on regardless, every later reply is paired with the wrong command, and \
      a recipient seems to be refused in reply to DATA.
      """,
    signature: "Only the second and later transactions fail, or their replies are off by one.",
    experiment: "One message a connection passes.",
    remedies: Remedies(
      exim: [
        .setting("connection_max_messages = 1", "In the smtp transport.")
      ],
      postfix: [
        .setting(
          "smtp_connection_cache_on_demand = no",
          "Or a shorter smtp_connection_reuse_time_limit.")
      ],
      receiver: [
        .advice("Answer RSET at once.")
      ]),
    sources: [
      "Postfix HISTORY 20061203, 20190621",
      "Exim ChangeLog 4.31/81",
    ],
    twins: [
      "reply-count-mismatch", "connection-limit-421",
    ])
}
