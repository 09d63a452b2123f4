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

  /// The replies to an envelope of so many that left together, and a message of one line up to its end.
  static func sent(to recipients: Int = 1) -> String {
    String(repeating: "S: 250 ok\n", count: 1 + recipients) + """
      S: 354 go
      * content
      > content x\\r\\n
      D: x\\r\\n
      > end
      D: .\\r\\n

      """
  }

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
