import SessionOptions

extension Session {
  /// Sessions whose actions do not depend on where reads are cut.
  static let all =
    envelopes + hellos + security + authentications + messages + chunks + odd + matching + leaving
    + withParameters + ofOtherClients + withReplyForEach + earlyEnvelopes + severalMessages
    + messagesInParts

  static let greeted = """
    S: 220 mx ESMTP
    C: EHLO probe.example

    """

  static let pipelined =
    greeted + """
      S: 250-mx
      S: 250 PIPELINING

      """

  static let plain =
    greeted + """
      S: 250 mx

      """
}
