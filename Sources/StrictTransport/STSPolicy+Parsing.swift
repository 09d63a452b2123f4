import SessionTrace

/// What is wrong with a policy.
package struct STSPolicyError: Error, Equatable, Sendable {
  /// From 1 on; `nil` where something is missing from all of it.
  package var line: Int?
  /// What it is, and how to mend it. Plain ASCII.
  package var text: String

  /// The same with the place in front.
  package var description: String { (line.map { "line \($0): " } ?? "") + text }
}

extension STSPolicy {
  /// The greatest `max_age`, a year in seconds.
  package static let greatestAge = 31_557_600

  /// Reads the text of a policy: lines that end with LF or CR LF, the last perhaps with neither.
  ///
  /// Names that are not known are passed over, and of a name that stands there twice the first counts, `mx`
  /// apart.
  package init(parsing text: [UInt8]) throws(STSPolicyError) {
    var fields = Fields()
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    if lines.last?.isEmpty == true { lines.removeLast() }
    for (index, line) in lines.enumerated() {
      let content = line.last == 0x0D ? line.dropLast() : line
      do throws(Fault) {
        try fields.take(content)
      } catch {
        throw STSPolicyError(line: index + 1, text: error.text)
      }
    }
    guard fields.hasVersion else {
      throw STSPolicyError(text: "there is no version: write \"version: STSv1\"")
    }
    guard let mode = fields.mode else {
      throw STSPolicyError(text: "there is no mode: write \"mode: enforce\", testing or none")
    }
    guard let maxAge = fields.maxAge else {
      throw STSPolicyError(text: "there is no max_age: write seconds, \"max_age: 604800\"")
    }
    guard mode == .none || !fields.exchangers.isEmpty else {
      throw STSPolicyError(
        text: "mode \(mode.rawValue) without exchanger: write a line \"mx: HOST\" for each")
    }
    self.init(mode: mode, maxAge: maxAge, exchangers: fields.exchangers)
  }
}

/// What is wrong with a line.
private struct Fault: Error {
  var text: String

  init(_ text: String) { self.text = text }
}

/// What the lines up to here say.
private struct Fields {
  var hasVersion = false
  var mode: STSPolicy.Mode?
  var maxAge: Int?
  var exchangers: [String] = []

  mutating func take(_ line: ArraySlice<UInt8>) throws(Fault) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
      // The grammar has no empty lines, and no sender is known that minds them.
      if trimmed(line).isEmpty { return }
      throw Fault("\"\(shown(line))\" has no colon: write name, colon, value")
    }
    let name = line[..<colon]
    guard isName(name) else {
      throw Fault("\"\(shown(name))\" is no name of a field: letters, digits, \"_\", \"-\", \".\"")
    }
    let value = trimmed(line[(colon + 1)...])
    switch String(decoding: name, as: UTF8.self) {
    case "version": if !hasVersion { try takeVersion(value) }
    case "mode": if mode == nil { mode = try readMode(value) }
    case "max_age": if maxAge == nil { maxAge = try readAge(value) }
    case "mx": exchangers.append(try readExchanger(value))
    // To be ignored, and to be text all the same.
    default: if !isText(value) { throw Fault("the value of \(shown(name)) is no text in UTF-8") }
    }
  }

  private mutating func takeVersion(_ value: ArraySlice<UInt8>) throws(Fault) {
    guard value.elementsEqual("STSv1".utf8) else {
      throw Fault("version \"\(shown(value))\" is not known: write \"version: STSv1\"")
    }
    hasVersion = true
  }

  private func readMode(_ value: ArraySlice<UInt8>) throws(Fault) -> STSPolicy.Mode {
    let word = String(decoding: value, as: UTF8.self)
    if let mode = STSPolicy.Mode(rawValue: word) { return mode }
    let isLarge = STSPolicy.Mode(rawValue: word.lowercased()) != nil
    throw Fault(
      "mode \"\(shown(value))\" is none of enforce, testing, none"
        + (isLarge ? ": write it in small letters" : ""))
  }

  private func readAge(_ value: ArraySlice<UInt8>) throws(Fault) -> Int {
    guard let seconds = number(value, mostDigits: 10), seconds <= STSPolicy.greatestAge else {
      throw Fault(
        "max_age \"\(shown(value))\" is no number of seconds from 0 to \(STSPolicy.greatestAge)")
    }
    return seconds
  }

  private func readExchanger(_ value: ArraySlice<UInt8>) throws(Fault) -> String {
    let pattern = String(decoding: value, as: UTF8.self).lowercased()
    let host = pattern.hasPrefix("*.") ? Array(value.dropFirst(2)) : Array(value)
    if pattern.contains("*"), host.contains(UInt8(ascii: "*")) {
      throw Fault(
        "mx \"\(shown(value))\": \"*\" may only be all of the first label, \"*.example.com\"")
    }
    if value.contains(where: { $0 > 0x7F }) {
      throw Fault("mx \"\(shown(value))\": write the name in ASCII (xn--...)")
    }
    if value.last == UInt8(ascii: ".") {
      throw Fault("mx \"\(shown(value))\": leave out the dot at the end")
    }
    guard isDomain(host) else {
      throw Fault(
        "mx \"\(shown(value))\" is no name of a host: a line for each, nothing else in it")
    }
    return pattern
  }
}

/// The beginning of something hostile perhaps, for a sentence.
private func shown(_ bytes: some Sequence<UInt8>) -> String {
  let first = Array(bytes.prefix(61))
  return first.count > 60 ? escapedText(first.prefix(57)) + "..." : escapedText(first)
}

/// The name of a field, 32 letters at the most (section 3.2).
private func isName(_ name: ArraySlice<UInt8>) -> Bool {
  guard let first = name.first, isAlphanumeric(first), name.count <= 32 else { return false }
  return name.allSatisfy { byte in
    isAlphanumeric(byte)
      || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
  }
}

/// Well-formed UTF-8 without control characters.
private func isText(_ value: ArraySlice<UInt8>) -> Bool {
  String(validating: value, as: UTF8.self) != nil
    && value.allSatisfy { ($0 >= 0x20 || $0 == 0x09) && $0 != 0x7F }
}

/// Labels of letters, digits and hyphens, none of them empty (RFC 5321 section 4.1.2).
private func isDomain(_ name: [UInt8]) -> Bool {
  name.count <= 253
    && name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
      label in
      (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
        && label.last != UInt8(ascii: "-")
        // Names of hosts have none, but some exchangers do.
        && label.allSatisfy { byte in
          isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }
}
