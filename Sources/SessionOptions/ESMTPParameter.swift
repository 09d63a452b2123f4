/// A parameter of MAIL or RCPT: `RET=HDRS`, `REQUIRETLS`.
///
/// Checked by the grammar of RFC 5321 section 4.1.2, `esmtp-keyword ["=" esmtp-value]`, and where a
/// value is xtext by that of RFC 3461 section 4; what it means, and whether it is offered, is for
/// the server to judge.
package struct ESMTPParameter: Sendable, Equatable {
  /// As typed: upper and lower case are alike, but not to every server.
  package let keyword: String
  package let value: String?

  /// The address that it holds; `nil` where it holds none.
  package var mailbox: String? {
    guard let value, value.contains("@") else { return nil }
    if self.is("ORCPT") { return value.split(separator: ";", maxSplits: 1).last.map(String.init) }
    return self.is("AUTH") ? value : nil
  }

  /// With pseudonyms in the place of their addresses, as ORCPT and AUTH have them.
  package func with(_ pseudonyms: EnvelopePseudonyms) -> ESMTPParameter {
    ESMTPParameter(keyword: keyword, value: value.map(pseudonyms.replacing(in:)))
  }

  /// Whether it is that parameter; `keyword` in capitals.
  package func `is`(_ keyword: String) -> Bool { self.keyword.uppercased() == keyword }
}

extension ESMTPParameter {
  /// The keyword of EHLO by which a server says that it takes it.
  package var offer: String {
    let keyword = keyword.uppercased()
    switch keyword {
    case "BODY": return value?.uppercased() == "BINARYMIME" ? "BINARYMIME" : "8BITMIME"
    // RFC 3461 section 3.
    case "RET", "ENVID", "NOTIFY", "ORCPT": return "DSN"
    // RFC 2852 section 4.
    case "BY": return "DELIVERBY"
    // RFC 4865 section 4.
    case "HOLDFOR", "HOLDUNTIL": return "FUTURERELEASE"
    // RFC 1845 section 4.
    case "TRANSID": return "CHECKPOINT"
    // RFC 4954, 1870, 6531, 6710, 7293, 8689 name both alike, and so does whoever has no RFC.
    default: return keyword
    }
  }

  /// Parameters whose value is xtext (RFC 3461 section 4, RFC 4954 section 5); of ORCPT what stands
  /// behind the kind of address.
  private static let inXtext: Set<String> = ["ENVID", "ORCPT", "AUTH"]

  private static func check(xtext value: String, of keyword: String) throws(OptionWordError) {
    var text = value[...]
    if keyword == "ORCPT" {
      guard let semicolon = value.firstIndex(of: ";"), semicolon != value.startIndex else {
        throw OptionWordError(
          "ORCPT= needs the kind of address first: ORCPT=rfc822;user@example.org")
      }
      // Under SMTPUTF8 it may be UTF-8 as it is (RFC 6533 section 3, utf-8-addr-unitext).
      if value[..<semicolon].lowercased() == "utf-8" { return }
      text = value[semicolon...].dropFirst()
    }
    try checkXtext(text, of: keyword)
  }
}

extension ESMTPParameter: OptionWord {
  package init(option text: String) throws(OptionWordError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let keyword = String(parts[0])
    guard let first = keyword.utf8.first, Self.isLetterOrDigit(first),
      keyword.utf8.allSatisfy({ Self.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") })
    else {
      throw OptionWordError(
        "give KEYWORD or KEYWORD=VALUE, the keyword of letters, digits and hyphens (RFC 5321 section 4.1.2)"
      )
    }
    self.keyword = keyword
    guard parts.count > 1 else {
      value = nil
      return
    }
    let value = String(parts[1])
    // RFC 5321 section 4.1.2, and RFC 6531 section 3.3 for what is not ASCII.
    guard !value.isEmpty, value.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw OptionWordError("\(keyword)= needs a value without spaces and control characters")
    }
    let name = keyword.uppercased()
    if Self.inXtext.contains(name) {
      try Self.check(xtext: value, of: name)
    } else if value.contains("=") {
      throw OptionWordError("a value holds no = (RFC 5321 section 4.1.2)")
    }
    self.value = value
  }

  package var optionText: String { keyword + (value.map { "=" + $0 } ?? "") }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
