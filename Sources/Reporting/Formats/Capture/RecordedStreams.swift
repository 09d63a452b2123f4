import SMTPDialogue

/// The streams that recorded packets carry, put together by their sequence numbers, and what in them is a secret.
///
/// A secret may be cut by segments, and sent again in others; so it is looked for in the stream, and starred in each
/// packet that has some of it.
struct RecordedStreams {
  private struct Way: Hashable {
    var source: PacketHead.End
    var destination: PacketHead.End
  }

  /// The bytes of one packet, and where in its stream they stand.
  private struct Piece {
    var number: Int
    var start: Int
    var bytes: ArraySlice<UInt8>

    var end: Int { start + bytes.count }
  }

  /// Bytes without a gap.
  private struct Run: Equatable {
    var start: Int
    var bytes: [UInt8]

    var end: Int { start + bytes.count }
  }

  /// What is a secret in a packet, by the packet's number: places in its bytes.
  private var places: [Int: [Range<Int>]] = [:]

  init(_ packets: [(head: PacketHead, bytes: [UInt8])], secrets: SecretRedactor) {
    guard !secrets.isEmpty else { return }
    for pieces in Self.streams(packets) {
      // Of bytes that were sent again as others, both versions are read.
      let oldest = Self.runs(of: pieces, newestWins: false)
      let newest = Self.runs(of: pieces, newestWins: true)
      for runs in oldest == newest ? [oldest] : [oldest, newest] {
        let found = runs.flatMap { Self.secrets(in: $0, secrets) }
        for piece in pieces { note(found, in: piece) }
      }
    }
  }

  /// The packet with stars for what is a secret in it, and how many of its bytes are.
  ///
  /// A checksum that was right is right again; one that was left to the device stays as it is.
  func starred(_ packet: [UInt8], _ head: PacketHead, number: Int) -> (bytes: [UInt8], stars: Int) {
    guard let places = places[number] else { return (packet, 0) }
    var shown = packet
    for place in places.joined() { shown[place] = UInt8(ascii: "*") }
    let stars = zip(shown, packet).count { $0 != $1 }
    if stars > 0, !head.isQuoted, head.checksum(of: packet) == 0 {
      let field = head.transport + 16
      shown[field] = 0
      shown[field + 1] = 0
      let sum = head.checksum(of: shown)
      shown[field] = UInt8(sum >> 8)
      shown[field + 1] = UInt8(truncatingIfNeeded: sum)
    }
    return (shown, stars)
  }

  /// The pieces of each stream, in the order in which they were recorded.
  private static func streams(_ packets: [(head: PacketHead, bytes: [UInt8])]) -> [[Piece]] {
    var streams: [Way: [Piece]] = [:]
    var last: [Way: (sequence: UInt32, place: Int)] = [:]
    for (number, (head, bytes)) in packets.enumerated() {
      let way = Way(source: head.source, destination: head.destination)
      // Numbers wrap round; the next one is never far from the last.
      let before = last[way] ?? (head.sequence, 0)
      let place = before.place + Int(Int32(bitPattern: head.sequence &- before.sequence))
      if !head.isQuoted { last[way] = (head.sequence, place) }
      guard !head.content.isEmpty else { continue }
      streams[way, default: []].append(
        Piece(
          number: number, start: place + (head.flags.contains(.syn) ? 1 : 0),
          bytes: bytes[head.content]))
    }
    return Array(streams.values)
  }

  private static func runs(of pieces: [Piece], newestWins: Bool) -> [Run] {
    var runs: [Run] = []
    let ordered = pieces.enumerated().sorted {
      ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
    }
    for (_, piece) in ordered {
      guard let last = runs.indices.last, piece.start <= runs[last].end else {
        runs.append(Run(start: piece.start, bytes: Array(piece.bytes)))
        continue
      }
      let known = min(piece.bytes.count, runs[last].end - piece.start)
      if newestWins {
        let from = piece.start - runs[last].start
        runs[last].bytes.replaceSubrange(from..<(from + known), with: piece.bytes.prefix(known))
      }
      runs[last].bytes += piece.bytes.dropFirst(known)
    }
    return runs
  }

  /// Where secrets stand in the stream: in order, and not overlapping.
  private static func secrets(in run: Run, _ secrets: SecretRedactor) -> [Range<Int>] {
    var found: [Range<Int>] = []
    let shown = secrets.redacted(run.bytes, cut: [.start, .end])
    for index in shown.indices where shown[index] != run.bytes[index] {
      let place = run.start + index
      if let last = found.last, last.upperBound == place {
        found[found.count - 1] = last.lowerBound..<(place + 1)
      } else {
        found.append(place..<(place + 1))
      }
    }
    return found
  }

  private mutating func note(_ found: [Range<Int>], in piece: Piece) {
    for secret in found[firstIndex(of: found, endingBehind: piece.start)...] {
      guard secret.lowerBound < piece.end else { return }
      let offset = piece.bytes.startIndex - piece.start
      let part = secret.clamped(to: piece.start..<piece.end)
      places[piece.number, default: []].append(
        (part.lowerBound + offset)..<(part.upperBound + offset))
    }
  }

  /// Half of them go with each look.
  private func firstIndex(of found: [Range<Int>], endingBehind place: Int) -> Int {
    var range = 0..<found.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if found[middle].upperBound > place {
        range = range.lowerBound..<middle
      } else {
        range = (middle + 1)..<range.upperBound
      }
    }
    return range.lowerBound
  }
}

extension PacketHead {
  /// The checksum of TCP over such a packet; 0 where the one that it has is right.
  fileprivate func checksum(of packet: [UInt8]) -> UInt16 {
    let segment = packet[transport..<content.upperBound]
    let length = segment.count
    let ends = source.address + destination.address
    let lengthInBytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
    return internetChecksum(ends + lengthInBytes + [0, 0, 0, 6] + segment)
  }
}
