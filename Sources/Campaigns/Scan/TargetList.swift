import SessionTrace
package import Wire

/// A list of targets, held as the bytes that it was given as: a million lines take little more than their own
/// length.
package struct TargetList: Sendable {
  /// For messages: `hosts.txt`, `standard input`.
  package let name: String
  private let bytes: [UInt8]
  /// Where the line of each target begins, and its number in the file from 1.
  private var starts: [UInt32] = []
  private var lines: [UInt32] = []

  /// The most bytes that are read.
  private static let limit = 1 << 30

  /// Lines of `bytes`; blank lines and comments are none of the list.
  package init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line: UInt32 = 0
    while start < bytes.count {
      line += 1
      if let first = bytes[start..<end(of: start)].first(where: { $0 > 0x20 }),
        first != UInt8(ascii: "#")
      {
        starts.append(UInt32(start))
        lines.append(line)
      }
      start = end(of: start) + 1
    }
  }

  /// The list in a file, or what is piped into this process for `-`.
  package init(path: String) throws(ExitMessage) {
    let name = path == "-" ? "standard input" : path
    do throws(WireError) {
      let bytes = try EndingSignals.deliverable { () throws(WireError) in
        try (path == "-" ? InputFile.standardInput() : InputFile(path: path))
          .readAll(atMost: Self.limit)
      }
      self.init(bytes, name: name)
    } catch {
      guard error.failure.name == "EFBIG" else { throw ExitMessage(cannotRead: name, error) }
      throw ExitMessage(
        status: .badInput,
        text: "\(name): more than \(Self.limit >> 30) GiB; part it, or scan it by --shard")
    }
  }

  package var count: Int { starts.count }

  /// The line of a target, counted from 0, without its line feed.
  package func line(of number: Int) -> ArraySlice<UInt8> {
    let start = Int(starts[number])
    return bytes[start..<end(of: start)]
  }

  /// In the file, from 1.
  package func lineNumber(of number: Int) -> Int { Int(lines[number]) }

  private func end(of start: Int) -> Int { bytes[start...].firstIndex(of: 0x0A) ?? bytes.count }
}
