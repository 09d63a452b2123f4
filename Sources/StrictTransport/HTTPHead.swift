import SessionTrace

/// The first line of an answer and its fields.
struct HTTPHead {
  /// Where the body ends (RFC 9112 section 6.3).
  enum Framing: Equatable {
    case length(Int)
    case chunked
    case untilEnd
  }

  private(set) var status: Int
  private(set) var phrase: String
  /// Names in small letters.
  private var fields: [(name: String, value: [UInt8])] = []

  /// Reads all up to and with the empty line.
  init(_ bytes: [UInt8]) throws(HTTPError) {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast(2).map {
      $0.last == 0x0D ? $0.dropLast() : $0
    }
    guard let first = lines.first else { throw HTTPError("its header has no first line") }
    let words = first.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count >= 2, words[1].count == 3, let status = number(words[1], mostDigits: 3),
      status >= 100
    else {
      throw HTTPError("its first line has no status: \"\(escapedText(first.prefix(60)))\"")
    }
    self.status = status
    phrase = words.count > 2 ? escapedText(words[2].prefix(100)) : ""
    for line in lines.dropFirst() {
      // A line that begins with a blank continues the one before (RFC 9112 section 5.2); none that is asked
      // for here is ever written so.
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line.first.map(isBlank) == false
      else { continue }
      fields.append(
        (
          String(decoding: line[..<colon], as: UTF8.self).lowercased(),
          Array(trimmed(line[(colon + 1)...]))
        ))
    }
  }

  /// The first value of a field, escaped and no longer than any honest one.
  func value(of name: String) -> String? {
    fields.first { $0.name == name }.map { escapedText($0.value.prefix(200)) }
  }

  /// How the body ends. A coding outweighs a length: whoever says both has one of them added by somebody.
  func framing() throws(HTTPError) -> Framing {
    if let coding = fields.first(where: { $0.name == "content-encoding" })?.value,
      lowercased(coding) != "identity"
    {
      throw HTTPError("it is encoded, which nobody asked for: \(escapedText(coding.prefix(60)))")
    }
    let codings = fields.filter { $0.name == "transfer-encoding" }.map(\.value)
    if let coding = codings.first {
      let isChunked = codings.count == 1 && lowercased(coding) == "chunked"
      guard isChunked else {
        throw HTTPError("its transfer coding is not known: \(escapedText(coding.prefix(60)))")
      }
      return .chunked
    }
    let lengths = fields.filter { $0.name == "content-length" }.map(\.value)
    guard let first = lengths.first else { return .untilEnd }
    guard let length = number(first, mostDigits: 15), lengths.allSatisfy({ $0 == first }) else {
      throw HTTPError("its Content-Length is none: \(escapedText(first.prefix(60)))")
    }
    return .length(length)
  }

  private func lowercased(_ value: [UInt8]) -> String {
    String(decoding: value, as: UTF8.self).lowercased()
  }
}
