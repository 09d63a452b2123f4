import SessionTrace

/// What the server's reply to EHLO offers (RFC 5321 section 4.1.1.1); empty after HELO.
package struct Capabilities: Equatable, Sendable {
  /// The keyword lines as received, without the first line, which names the server.
  package let lines: [[UInt8]]

  /// Reads a positive reply to EHLO.
  package init(ehloReply: Reply) { self.init(lines: Array(ehloReply.lines.dropFirst())) }

  private init(lines: [[UInt8]]) { self.lines = lines }

  /// Capabilities assumed without a session: `["PIPELINING", "SIZE 10240000"]`.
  package init(assumed keywords: [String] = []) { lines = keywords.map { Array($0.utf8) } }

  /// What is left when the lines of keywords that are not to be used are passed over.
  func without(_ ignored: [String]) -> Capabilities {
    if ignored.isEmpty { return self }
    return Capabilities(
      lines: lines.filter { line in
        !ignored.contains { Capabilities(lines: [line]).offers($0) }
      })
  }

  /// Whether a line begins with `keyword`; upper and lower case are alike.
  package func offers(_ keyword: String) -> Bool { line(of: keyword) != nil }

  package var offersPipelining: Bool { offers("PIPELINING") }
  package var offersStartTLS: Bool { offers("STARTTLS") }
  package var offersSize: Bool { offers("SIZE") }
  package var offersEightBit: Bool { offers("8BITMIME") }
  package var offersChunking: Bool { offers("CHUNKING") }
  package var offersSMTPUTF8: Bool { offers("SMTPUTF8") }
  /// The mechanisms that AUTH offers, in capitals and in the server's order; old servers say `AUTH=` too.
  package var mechanisms: [String] {
    let lists = lines.map { String(decoding: $0, as: UTF8.self).uppercased() }.filter {
      $0.hasPrefix("AUTH ") || $0.hasPrefix("AUTH=")
    }
    var seen: Set<String> = []
    return lists.flatMap { $0.dropFirst(5).split(separator: " ").map(String.init) }
      .filter { seen.insert($0).inserted }
  }
  package var offersEnhancedCodes: Bool { offers("ENHANCEDSTATUSCODES") }

  /// The largest message the server says it takes, bytes; `nil` when it names none (RFC 1870 section 4).
  package var sizeLimit: Int? {
    guard let line = line(of: "SIZE") else { return nil }
    let parameter = line.dropFirst("SIZE ".utf8.count).prefix { $0 != UInt8(ascii: " ") }
    guard let limit = Int(String(decoding: parameter, as: UTF8.self)), limit > 0 else {
      return nil
    }
    return limit
  }

  /// A limit that the server announces (RFC 9422 section 3): `MAILMAX`, `RCPTMAX`; `nil` where it names none
  /// that can be read.
  package func limit(_ name: String) -> Int? {
    announcedLimits.lazy.filter { $0.name == name }.compactMap(\.value).first
  }

  /// What of LIMITS is passed over, and why; sentences in plain ASCII.
  var limitFaults: [String] {
    let known = announcedLimits.filter { Self.limitNames.contains($0.name) }
    var notes = known.filter { $0.value == nil }.prefix(Self.limitNames.count).map {
      "LIMITS \(escapedText($0.word.utf8)) is passed over: a limit is a number from 1 to 999999"
        + " (RFC 9422 section 3)"
    }
    for name in Self.limitNames where known.count(where: { $0.name == name }) > 1 {
      notes.append("LIMITS says \(name) more than once: the first that can be read counts")
    }
    return notes
  }

  /// Those that RFC 9422 section 3 defines.
  private static let limitNames = ["MAILMAX", "RCPTMAX", "RCPTDOMAINMAX"]

  /// A word of LIMITS: its name in capitals, and its value, `nil` for what is none.
  private struct AnnouncedLimit {
    let word: Substring
    let name: String
    let value: Int?

    init(_ word: Substring) {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let digits = (parts.count > 1 ? parts[1] : "").utf8
      self.word = word.prefix(40)
      name = parts[0].uppercased()
      let isNumber =
        (1...6).contains(digits.count) && digits.first != UInt8(ascii: "0")
        && digits.allSatisfy(Byte.isDigit)
      value = isNumber ? Int(parts[1]) : nil
    }
  }

  private var announcedLimits: [AnnouncedLimit] {
    guard let line = line(of: "LIMITS") else { return [] }
    return String(decoding: line, as: UTF8.self).split(separator: " ").dropFirst()
      .map(AnnouncedLimit.init)
  }

  /// The whole line of `keyword`, as received.
  func line(of keyword: String) -> [UInt8]? {
    lines.first { line in
      var place = 0
      for byte in keyword.utf8 {
        guard place < line.count, uppercased(line[place]) == uppercased(byte) else { return false }
        place += 1
      }
      return place == line.count || line[place] == Byte.space
    }
  }

  private func uppercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 0x20 : byte
  }
}
