/// What XCLIENT has a server believe of its client: `ADDR=192.0.2.7`, `NAME=[UNAVAILABLE]`.
///
/// Source: Postfix's XCLIENT_README; values are xtext.
package struct XclientAttribute: Sendable, Equatable {
  /// As typed; upper and lower case are alike.
  package let name: String
  package let value: String
}

extension XclientAttribute: OptionWord {
  package init(option text: String) throws(OptionWordError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard parts.count == 2, !name.isEmpty, name.allSatisfy({ $0.isASCII && $0.isLetter }) else {
      throw OptionWordError(
        "give NAME=VALUE, such as ADDR=192.0.2.7 or NAME=[UNAVAILABLE]; Postfix knows NAME, ADDR, PORT,"
          + " PROTO, HELO, LOGIN, DESTADDR, DESTPORT")
    }
    let value = String(parts[1])
    // An empty one is for the server to judge.
    guard value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw OptionWordError(
        "\(name)= takes a value of printable ASCII; what is none stands as +20 (xtext, RFC 3461)")
    }
    try checkXtext(value, of: name)
    self.name = name
    self.value = value
  }

  package var optionText: String { "\(name)=\(value)" }
}
