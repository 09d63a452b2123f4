/// Searches in blocks of content, eight bytes at a time: a message of gigabytes passes through them.
///
/// A byte of a word is found by arithmetic on all eight of them; see "Bit Twiddling Hacks", "Determine
/// if a word has a zero byte". `memchr` would do for some of these, but it belongs to a library that
/// does I/O.
extension [UInt8] {
  /// Where the next CR or LF stands, from `start` on.
  func firstLineBreak(from start: Int) -> Int? {
    firstIndex(
      from: start,
      wordHolds: { holdsZero($0 ^ eachByte(Byte.lf)) || holdsZero($0 ^ eachByte(Byte.cr)) },
      where: { $0 == Byte.lf || $0 == Byte.cr })
  }

  /// Where the next such byte stands, from `start` on.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    let pattern = eachByte(byte)
    return firstIndex(from: start, wordHolds: { holdsZero($0 ^ pattern) }, where: { $0 == byte })
  }

  /// Where the next byte over 127 stands, from `start` on.
  package func firstEightBit(from start: Int) -> Int? {
    firstIndex(from: start, wordHolds: { $0 & eachByte(0x80) != 0 }, where: { $0 > 0x7F })
  }

  /// Where the next dot stands that follows an LF, from `start` on, which is at least 1.
  func firstDotBehindLineFeed(from start: Int) -> Int? {
    unsafe withUnsafeBytes { bytes in
      var index = start
      while index + 8 <= bytes.count {
        let here = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let before = unsafe bytes.loadUnaligned(fromByteOffset: index - 1, as: UInt64.self)
        if holdsZero((here ^ eachByte(Byte.dot)) | (before ^ eachByte(Byte.lf))) { break }
        index += 8
      }
      while index < bytes.count {
        if unsafe bytes[index] == Byte.dot, unsafe bytes[index - 1] == Byte.lf { return index }
        index += 1
      }
      return nil
    }
  }

  @inline(__always)
  private func firstIndex(
    from start: Int, wordHolds: (UInt64) -> Bool, where isWanted: (UInt8) -> Bool
  ) -> Int? {
    unsafe withUnsafeBytes { bytes in
      var index = start
      while index + 8 <= bytes.count {
        if wordHolds(unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) { break }
        index += 8
      }
      while index < bytes.count {
        if isWanted(unsafe bytes[index]) { return index }
        index += 1
      }
      return nil
    }
  }
}

/// The byte, eight times.
private func eachByte(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

private func holdsZero(_ word: UInt64) -> Bool {
  (word &- eachByte(0x01)) & ~word & eachByte(0x80) != 0
}
