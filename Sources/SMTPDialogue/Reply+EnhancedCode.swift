extension Reply {
  /// The reply with its RFC 3463 status read from the text, for a server that offers them.
  ///
  /// The class must be that of the reply code (RFC 2034 section 4); anything else is just text.
  func readingEnhancedCode() -> Reply {
    guard let text = lines.last, let status = enhancedCode(at: text) else { return self }
    var reply = self
    reply.enhanced = status
    return reply
  }

  /// `class "." subject "." detail`, one digit and twice one to three, up to a space or the end.
  private func enhancedCode(at text: [UInt8]) -> String? {
    let word = text.prefix { $0 != Byte.space }
    guard word.allSatisfy({ Byte.isDigit($0) || $0 == Byte.dot }) else { return nil }
    let parts = word.split(separator: Byte.dot, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 1, (1...3).contains(parts[1].count),
      (1...3).contains(parts[2].count),
      String(decoding: parts[0], as: UTF8.self) == String(code / 100)
    else { return nil }
    return String(decoding: word, as: UTF8.self)
  }
}
