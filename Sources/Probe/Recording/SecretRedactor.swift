import Authentication
import SMTPDialogue

/// Takes a secret out of what others say: a server may repeat what it was told.
///
/// Lengths stay. It knows the password as it is and in Base64, and every line of the exchange.
struct SecretRedactor {
  private var secrets: [[UInt8]] = []

  /// A redactor that knows of nothing.
  init() {}

  init(_ credentials: Credentials) {
    add(Array(credentials.password.utf8))
    add(Base64.encoded(Array(credentials.password.utf8)))
  }

  /// One more: a response, as it is and as it goes over the wire. Less than four bytes would be found anywhere.
  mutating func add(_ secret: [UInt8]) {
    if secret.count > 3, !secrets.contains(secret) { secrets.append(secret) }
  }

  /// The same with stars for every secret in it.
  func redacted(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for secret in secrets {
      for place in bytes.ranges(of: secret).flatMap(\.self) { bytes[place] = UInt8(ascii: "*") }
    }
    return bytes
  }
}
