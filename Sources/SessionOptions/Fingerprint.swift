/// The SHA-256 of a certificate, as `openssl x509 -fingerprint -sha256` and Postfix show it.
package struct Fingerprint: Sendable, Equatable {
  /// 64 digits, in small letters.
  package let hexadecimal: String
}

extension Fingerprint: OptionWord {
  /// With colons or without, in capitals or small letters.
  package init(option text: String) throws(OptionWordError) {
    let digits = text.lowercased().filter { $0 != ":" }
    guard digits.utf8.count == 64, digits.allSatisfy({ "0123456789abcdef".contains($0) }) else {
      throw OptionWordError(
        "give the SHA-256 of the certificate: 64 hexadecimal digits, with colons or without")
    }
    hexadecimal = digits
  }

  package var optionText: String { hexadecimal }
}
