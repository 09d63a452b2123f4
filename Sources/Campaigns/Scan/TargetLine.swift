package import Reporting
package import SessionOptions

/// A line of a list, read: whom to reach, the options behind it, and what else the list wants to know.
package struct TargetLine: Sendable {
  package let target: Target
  /// All options in it; those about a report are among them.
  package let entries: [OptionEntry]
  /// Members of an object that are no options, and mean something to this kind of list.
  package let members: [JSONMember]
  /// What stands behind `#`; `nil` where nothing does, and for an object.
  package let remark: String?

  /// Reads a line: a target with options behind it, perhaps as a command of smtpprobe, or a JSON object that may
  /// have members of these names beside; `nil` for a blank line or a comment.
  package init?(_ line: ArraySlice<UInt8>, own names: Set<String>) throws(ScanLineError) {
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0D]
    let start = line.drop { blanks.contains($0) }
    guard let first = start.first, first != UInt8(ascii: "#") else { return nil }
    if first == UInt8(ascii: "{") {
      try self.init(json: start, own: names)
    } else if let word = Self.plainWord(start) {
      try self.init(word, [], [], remark: nil)
    } else {
      try self.init(words: String(decoding: start, as: UTF8.self))
    }
  }

  /// The line where it is one word and no option, as nearly all of a million are; `nil` for any other.
  private static func plainWord(_ line: ArraySlice<UInt8>) -> String? {
    let word = line.last == 0x0D ? line.dropLast() : line
    let isPlain = word.allSatisfy { byte in
      (0x30...0x3A).contains(byte) || (0x40...0x5B).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "]")
    }
    guard isPlain, word.first != UInt8(ascii: "-") else { return nil }
    return String(decoding: word, as: UTF8.self)
  }

  private init(words line: String) throws(ScanLineError) {
    guard let (all, remark) = lineParts(line.filter { $0 != "\r" }) else {
      throw ScanLineError("a quote that is not closed")
    }
    var words = all[...]
    // A command line as one would paste it.
    if words.first?.split(separator: "/").last == "smtpprobe", words.count > 1 {
      words.removeFirst()
      if words.first == "probe", words.count > 1 { words.removeFirst() }
    }
    let read = OptionWords(Array(words))
    if let problem = read.problem { throw ScanLineError(problem) }
    guard let given = read.operands.first else {
      throw ScanLineError("options without a target; begin the line with one")
    }
    if read.operands.count > 1 {
      throw ScanLineError(
        "'\(given)' and '\(read.operands[1])': one target a line; options have their hyphens")
    }
    try self.init(given, read.entries, [], remark: remark)
  }

  private init(json bytes: ArraySlice<UInt8>, own names: Set<String>) throws(ScanLineError) {
    let value: JSONValue
    do throws(JSONTextError) {
      value = try JSONValue(bytes)
    } catch {
      throw ScanLineError("no JSON object, column \(error.column): \(error.problem)")
    }
    guard case .object(let all) = value else { throw ScanLineError("no JSON object") }
    var target: String?
    var entries: [OptionEntry] = []
    var members: [JSONMember] = []
    for member in all {
      switch (member.name, member.value) {
      case ("target", .text(let text)): target = text
      case ("target", _): throw ScanLineError("target: give a text")
      case (let name, _) where names.contains(name): members.append(member)
      case ("options", .object(let options)):
        for option in options { entries += try Self.entries(option) }
      case ("options", _): throw ScanLineError("options: give an object")
      default: entries += try Self.entries(member)
      }
    }
    guard let target else {
      throw ScanLineError("no target; give \"target\": \"mx.example.org\" in it")
    }
    try self.init(target, entries, members, remark: nil)
  }

  private init(
    _ given: String, _ entries: [OptionEntry], _ members: [JSONMember], remark: String?
  ) throws(ScanLineError) {
    guard let target = Target(given) else {
      throw ScanLineError("'\(given)' names no target; \(Target.problem(with: given))")
    }
    self.target = target
    self.entries = entries
    self.members = members
    self.remark = remark
  }

  /// The options that a member names; none for `null`.
  private static func entries(_ member: JSONMember) throws(ScanLineError) -> [OptionEntry] {
    do throws(OptionWordError) {
      let row = try OptionTable.row(named: member.name)
      do throws(OptionWordError) {
        return try Self.entries(member.value, of: row)
      } catch {
        throw OptionWordError("\(row.name): \(error.description)")
      }
    } catch {
      throw ScanLineError(error.description)
    }
  }

  private static func entries(
    _ value: JSONValue, of row: OptionRow
  ) throws(OptionWordError) -> [OptionEntry] {
    switch (value, row.shape) {
    case (.null, _): return []
    case (.flag(true), .flag): return [try row.entry(true)]
    // As if nobody had said it.
    case (.flag(false), .flag): return []
    case (.flag(let isOn), .invertibleFlag): return [try row.entry(isOn)]
    case (.text(let word), .value), (.text(let word), .list), (.number(let word), .value),
      (.number(let word), .list):
      return [try row.entry(word)]
    case (.list(let values), .list):
      var entries: [OptionEntry] = []
      for value in values {
        if case .list = value { throw OptionWordError("give a list of texts") }
        entries += try Self.entries(value, of: row)
      }
      return entries
    case (_, .flag), (_, .invertibleFlag): throw OptionWordError("give true or false")
    case (_, .value): throw OptionWordError("give a text or a number")
    case (_, .list): throw OptionWordError("give a text or a list of texts")
    }
  }
}

/// Why a line of a list cannot be used, and what would do.
package struct ScanLineError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
