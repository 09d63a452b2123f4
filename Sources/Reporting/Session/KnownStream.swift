import SessionTrace

/// What is known of the bytes of our stream: commands, and nothing that a report does not have.
struct KnownStream {
  private var pieces: [(start: Int, bytes: [UInt8])] = []

  init(_ trace: Trace) {
    let encrypted = trace.stages.first { $0.name == .tls }?.start ?? .max
    for command in trace.commands where (command.written ?? 0) < encrypted {
      let bytes = Array(unescapedText(command.text).utf8) + [0x0D, 0x0A]
      // Others stand for what is not told: a password, a message.
      if bytes.count == command.end - command.start { pieces.append((command.start, bytes)) }
    }
  }

  /// Those from there on, up to the first that is not known.
  func bytes(from offset: Int, count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = firstPiece(endingBehind: offset)
    while bytes.count < count, index < pieces.count,
      pieces[index].start <= offset + bytes.count
    {
      bytes += pieces[index].bytes.dropFirst(offset + bytes.count - pieces[index].start)
      index += 1
    }
    return Array(bytes.prefix(count))
  }

  /// Where bytes begin that are known, behind that place.
  func next(after offset: Int) -> Int? {
    pieces[firstPiece(endingBehind: offset)...].first { $0.start > offset }?.start
  }

  /// Commands are in the order of the stream, so half of them go with each look.
  private func firstPiece(endingBehind offset: Int) -> Int {
    var range = 0..<pieces.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if pieces[middle].start + pieces[middle].bytes.count > offset {
        range = range.lowerBound..<middle
      } else {
        range = (middle + 1)..<range.upperBound
      }
    }
    return range.lowerBound
  }
}
