/// The ways in which a secret is written out: each of them can be read back by anybody.
enum SecretForms {
  /// As it is, in Base64 and in hexadecimal, each of them forwards and backwards; small letters stand for capitals
  /// too. Percent signs are undone where they are met.
  static func all(of secret: [UInt8]) -> [[UInt8]] {
    let forwards = [secret, inHexadecimal(secret)] + inBase64(secret)
    return forwards.filter { $0.count >= PatternSearch.shortest }.flatMap { [$0, $0.reversed()] }
  }

  /// Those of one that is looked for as a word by itself: what stands in the middle of others says too little.
  static func words(of secret: [UInt8]) -> [[UInt8]] {
    let coded = Base64.encoded(secret)
    let percent = secret.flatMap { [UInt8(ascii: "%")] + inHexadecimal([$0]) }
    return [
      secret, secret.reversed(), inHexadecimal(secret), percent, coded,
      coded.prefix { $0 != UInt8(ascii: "=") },
    ].map { Array($0) }
  }

  private static func inHexadecimal(_ secret: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return secret.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  /// By itself, padded or not, and in the middle of something else, where it can begin with any of three bytes and
  /// its ends share a digit with what is beside it.
  private static func inBase64(_ secret: [UInt8]) -> [[UInt8]] {
    let whole = Base64.encoded(secret)
    var forms = [whole, Array(whole.prefix { $0 != UInt8(ascii: "=") })]
    for shift in 0..<3 {
      let coded = Base64.encoded([UInt8](repeating: 0, count: shift) + secret)
      let first = (shift * 8 + 5) / 6
      let end = (shift + secret.count) * 8 / 6
      if first < end { forms.append(Array(coded[first..<end])) }
    }
    return forms
  }
}
