import Diagnosis

/// How much of one text of a trace is drawn; all of it stands in the JSON form.
package let shownLimit = 4_096

/// Text of a trace as a reader may see it: printable ASCII, of no length that would bury the rest, and without
/// what a CI system takes for a command anywhere in a line (`##[group]`, `##vso[…]`, `##teamcity[…]`), whose
/// first `#` stands there as `\x23`.
package func shown(_ text: String, limit: Int = shownLimit) -> String {
  let length = text.utf8.count
  let kept = length <= limit ? text : String(decoding: text.utf8.prefix(limit), as: UTF8.self)
  let shown = disarmed(printable(kept))
  return length <= limit ? shown : shown + " ... (\(length - limit) more bytes left out here)"
}

/// The text without `##` in front of a letter or a bracket; it is plain ASCII already.
private func disarmed(_ text: String) -> String {
  guard text.utf8.contains(UInt8(ascii: "#")) else { return text }
  let bytes = Array(text.utf8)
  var disarmed: [UInt8] = []
  for (index, byte) in bytes.enumerated() {
    if byte == UInt8(ascii: "#"), bytes[(index + 1)...].first == byte,
      bytes.dropFirst(index + 2).first.map(isCommandLetter) == true
    {
      disarmed += Array(#"\x23"#.utf8)
    } else {
      disarmed.append(byte)
    }
  }
  return String(decoding: disarmed, as: UTF8.self)
}

private func isCommandLetter(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "[") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}
