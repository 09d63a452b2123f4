/// Something that ends TCP between client and server and passes bytes on in its own way.
///
/// It sits below TLS and sees one read at a time, which is what most such boxes take for "a packet".
package enum Middlebox: Sendable, Equatable {
  /// Forwards what a read brought from the client in blocks, but leaves the loop when the residue is
  /// exactly `losing` bytes, which are gone (seed 001; the rule fits its whole table).
  case forwardInBlocks(Int, losing: Int)
  /// Overwrites the server's greeting but for `2`, `0` and spaces (catalogue D1).
  case maskBanner
  /// Overwrites a capability in what the server says (catalogue D2, D3).
  case maskKeyword([UInt8])
}

/// The words for them in an `M:` line.
let middleboxPhrases: [Phrase<Middlebox>] = [
  Phrase("forward in blocks of N bytes, losing a rest of N") {
    .forwardInBlocks(max(1, $0.numbers[0]), losing: $0.numbers[1])
  },
  Phrase("mask the banner") { _ in .maskBanner },
  Phrase("mask NAME") { .maskKeyword(Array($0.names[0].utf8)) },
]

/// The middleboxes of one connection, nearest to the client first.
struct MiddleboxChain {
  private let boxes: [Middlebox]
  private var bannerIsOver = false

  init(_ boxes: [Middlebox]) { self.boxes = boxes }

  /// What one read from the client becomes on its way to the server: the reads the server has.
  mutating func fromClient(_ bytes: [UInt8]) -> [[UInt8]] {
    var reads = [bytes]
    for box in boxes { reads = reads.flatMap { box.fromClient($0) } }
    return reads
  }

  /// What one write of the server becomes on its way to the client.
  mutating func fromServer(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for box in boxes.reversed() { bytes = box.fromServer(bytes, bannerIsOver: bannerIsOver) }
    bannerIsOver = bannerIsOver || bytes.contains(10)
    return bytes
  }
}

extension Middlebox {
  fileprivate func fromClient(_ bytes: [UInt8]) -> [[UInt8]] {
    switch self {
    case .forwardInBlocks(let size, let losing):
      var blocks: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty, rest.count != losing {
        blocks.append(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      return blocks
    case .maskBanner, .maskKeyword:
      return [bytes]
    }
  }

  fileprivate func fromServer(_ bytes: [UInt8], bannerIsOver: Bool) -> [UInt8] {
    switch self {
    case .forwardInBlocks:
      return bytes
    case .maskBanner:
      return bannerIsOver ? bytes : bytes.map { Self.keptInBanner.contains($0) ? $0 : 0x2A }
    case .maskKeyword(let keyword):
      return overwrite(keyword, in: bytes)
    }
  }

  private static let keptInBanner = Array("20 -\r\n".utf8)

  private func overwrite(_ keyword: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    guard !keyword.isEmpty, bytes.count >= keyword.count else { return bytes }
    var bytes = bytes
    for start in 0...(bytes.count - keyword.count)
    where bytes[start..<start + keyword.count].elementsEqual(keyword) {
      for index in start..<start + keyword.count { bytes[index] = UInt8(ascii: "X") }
    }
    return bytes
  }
}
