/// Letters and digits of ASCII.
func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

/// A blank or a tab.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// What is left without blanks and tabs at both ends.
func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  let front = text.drop(while: isBlank)
  guard let last = front.lastIndex(where: { !isBlank($0) }) else { return front.prefix(0) }
  return front[...last]
}

/// The number that digits of ASCII write down; `nil` for anything else, and for more than so many digits.
func number(_ digits: some Collection<UInt8>, radix: Int = 10, mostDigits: Int) -> Int? {
  guard !digits.isEmpty, digits.count <= mostDigits else { return nil }
  // `Int` would take a sign too.
  guard digits.allSatisfy(isAlphanumeric) else { return nil }
  return Int(String(decoding: digits, as: UTF8.self), radix: radix)
}
