import SessionTrace

/// Checks that `text` is xtext (RFC 3461 section 4), in which `+2B` stands for `+` and `+3D` for `=`; `name` is
/// for the error.
func checkXtext(_ text: some StringProtocol, of name: String) throws(OptionWordError) {
  guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
    throw OptionWordError(
      "\(name)= is xtext (RFC 3461 section 4), which is ASCII: write +C3+A4 for a-umlaut; only"
        + " ORCPT=utf-8; has others (RFC 6533)")
  }
  if text.contains("=") {
    throw OptionWordError("\(name)= is xtext (RFC 3461 section 4): write +3D for =")
  }
  if let broken = brokenHexchar(in: text) {
    throw OptionWordError(
      "\(name)= is xtext (RFC 3461 section 4): write +2B for the + of \(escapedText(broken.utf8))")
  }
}

/// The first `+` of `text` that two hexadecimal digits in capitals do not follow, and what does.
private func brokenHexchar(in text: some StringProtocol) -> Substring? {
  var rest = Substring(text)
  while let plus = rest.firstIndex(of: "+") {
    rest = rest[plus...]
    let digits = rest.dropFirst().prefix(2)
    guard digits.count == 2, digits.allSatisfy({ "0123456789ABCDEF".contains($0) }) else {
      return rest.prefix(3)
    }
    rest = rest.dropFirst(3)
  }
  return nil
}
