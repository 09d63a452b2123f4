extension LogLine {
  /// The text with stars for what follows AUTH and its mechanism: whoever pastes a line means no harm.
  static func withoutCredentials(_ text: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for index in words.indices.dropLast(2) where words[index].uppercased().hasSuffix("AUTH") {
      let secret = words[index + 2].prefix {
        $0.isASCII && ($0.isLetter || $0.isNumber || "+/=".contains($0))
      }
      words[index + 2] =
        String(repeating: "*", count: secret.count) + words[index + 2].dropFirst(secret.count)
    }
    return words.joined(separator: " ")
  }
}
