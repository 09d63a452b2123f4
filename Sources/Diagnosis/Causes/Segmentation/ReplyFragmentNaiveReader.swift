extension CauseID {
  package static let replyFragmentNaiveReader = CauseID(rawValue: "reply-fragment-naive-reader")
}

extension Cause {
  static let replyFragmentNaiveReader = Cause(
    id: .replyFragmentNaiveReader, code: "A2",
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
    symptoms: """
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
    failsNoSession: true)
}
