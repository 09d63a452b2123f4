import Authentication
import SMTPDialogue

/// Takes a secret out of what others say: a server may repeat what it was told.
///
/// Lengths stay. It knows the password as it is and in Base64, wherever in that it begins, and every line of the exchange.
struct SecretRedactor {
  private var secrets: [[UInt8]] = []

  /// A redactor that knows of nothing.
  init() {}

  init(_ credentials: Credentials) {
    add(Array(credentials.password.utf8))
    addInBase64(Array(credentials.password.utf8))
  }

  /// One more as it goes over the wire: by itself, padded or not, and in the middle of something else, where it can
  /// begin with any of three bytes and its ends share a digit with what is beside it.
  mutating func addInBase64(_ secret: [UInt8]) {
    let whole = Base64.encoded(secret)
    add(whole)
    add(Array(whole.prefix { $0 != UInt8(ascii: "=") }))
    for shift in 0..<3 {
      let coded = Base64.encoded([UInt8](repeating: 0, count: shift) + secret)
      let first = (shift * 8 + 5) / 6
      let end = (shift + secret.count) * 8 / 6
      if first < end { add(Array(coded[first..<end])) }
    }
  }

  /// One more: a response, as it is and as it goes over the wire. Less than four bytes would be found anywhere.
  mutating func add(_ secret: [UInt8]) {
    if secret.count > 3, !secrets.contains(secret) { secrets.append(secret) }
  }

  /// The same with stars for every secret in it, and where more would have followed for what a secret begins with at
  /// the end.
  func redacted(_ bytes: [UInt8], isCut: Bool = false) -> [UInt8] {
    // Looked for in what was said: one secret may hold another, and would not be found with that starred.
    var shown = bytes
    for secret in secrets {
      for place in bytes.ranges(of: secret).flatMap(\.self) { shown[place] = UInt8(ascii: "*") }
      guard isCut else { continue }
      let longest = min(secret.count - 1, bytes.count)
      let length = stride(from: longest, through: 4, by: -1).first { length in
        bytes.suffix(length).elementsEqual(secret.prefix(length))
      }
      for place in bytes.indices.suffix(length ?? 0) { shown[place] = UInt8(ascii: "*") }
    }
    return shown
  }
}
