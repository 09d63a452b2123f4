import Testing
import SessionOptions

/// A MAIL command read back from its bytes, by rules of its own.
struct ParsedMail {
  let text: String
  let sender: String
  let parameters: [Substring]
  let trailingSpaces: Int

  init(_ bytes: [UInt8]) throws {
    text = String(decoding: bytes, as: UTF8.self)
    let close = try #require(text.firstIndex(of: ">"))
    sender = String(text[..<close].dropFirst("MAIL FROM:<".count))
    // CR LF is one character.
    let rest = text[text.index(after: close)...].dropLast()
    trailingSpaces = rest.reversed().prefix { $0 == " " }.count
    parameters = rest.split(separator: " ")
  }

  /// A path, then at most one parameter, then the line end.
  var isOfForm: Bool {
    text.hasPrefix("MAIL FROM:<") && text.hasSuffix("\r\n") && parameters.count <= 1
      && parameters.allSatisfy { parameter in
        parameter.hasPrefix("SIZE=") && parameter.count > 5
          && parameter.dropFirst(5).allSatisfy { ("0"..."9").contains($0) }
      }
  }

  /// The sender given, or one that only grew at the end of its local part.
  func hasSender(of row: PaddingTests.Row) -> Bool {
    guard !row.sender.isEmpty else { return sender.isEmpty }
    let at = row.sender.lastIndex(of: "@") ?? row.sender.endIndex
    var local = String(row.sender[..<at])
    let isQuoted = local.hasSuffix("\"")
    if isQuoted { local.removeLast() }
    let tail = (isQuoted ? "\"" : "") + row.sender[at...]
    guard sender.hasPrefix(local), sender.hasSuffix(tail) else { return false }
    return sender.dropFirst(local.count).dropLast(tail.count).allSatisfy { $0 == "x" }
  }

  /// No limit of the RFCs is passed that the addresses given did not pass themselves.
  func isInsideLimits(_ row: PaddingTests.Row) -> Bool {
    let local = sender.lastIndex(of: "@").map { sender[..<$0].count } ?? sender.count
    let isSenderFine = sender == row.sender || (local <= 64 && sender.utf8.count <= 254)
    let digits = parameters.first?.dropFirst(5).count ?? 0
    return isSenderFine && digits <= 20 && trailingSpaces <= 6
  }
}
