/// Searches in blocks of content, many bytes at a time: a message of gigabytes passes through them.
///
/// A byte of a word is found by arithmetic on all eight of them; see "Bit Twiddling Hacks", "Determine
/// if a word has a zero byte". Words are looked at sixteen together, which the compiler makes vectors of.
/// `memchr` would do for some of these, but it belongs to a library that does I/O.
extension [UInt8] {
  /// Where the next CR or LF stands, from `start` on.
  func firstLineBreak(from start: Int) -> Int? {
    unsafe firstIndex(
      from: start,
      marks: { bytes, place in
        let word = unsafe bytes.word(at: place)
        return zeroBytes(word ^ eachByte(Byte.lf)) | zeroBytes(word ^ eachByte(Byte.cr))
      },
      where: { bytes, place in
        unsafe bytes[place] == Byte.lf || bytes[place] == Byte.cr
      })
  }

  /// Where the next such byte stands, from `start` on.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    let pattern = eachByte(byte)
    return unsafe firstIndex(
      from: start, marks: { unsafe zeroBytes($0.word(at: $1) ^ pattern) },
      where: { unsafe $0[$1] == byte })
  }

  /// Where the next byte over 127 stands, from `start` on.
  package func firstEightBit(from start: Int) -> Int? {
    unsafe firstIndex(
      from: start, marks: { unsafe $0.word(at: $1) }, where: { unsafe $0[$1] > 0x7F })
  }

  /// Where the next dot stands that follows an LF, from `start` on, which is at least 1.
  func firstDotBehindLineFeed(from start: Int) -> Int? {
    unsafe firstIndex(
      from: start,
      marks: { bytes, place in
        let here = unsafe bytes.word(at: place)
        let before = unsafe bytes.word(at: place &- 1)
        return zeroBytes((here ^ eachByte(Byte.dot)) | (before ^ eachByte(Byte.lf)))
      },
      where: { bytes, place in
        unsafe bytes[place] == Byte.dot && bytes[place - 1] == Byte.lf
      })
  }

  /// The first place from `start` on where `isWanted`; `marks` has the highest bit set of some byte when
  /// one of the eight places from there on is wanted, and of none when none is.
  @inline(__always)
  private func firstIndex(
    from start: Int, marks: (UnsafeRawBufferPointer, Int) -> UInt64,
    where isWanted: (UnsafeRawBufferPointer, Int) -> Bool
  ) -> Int? {
    unsafe withUnsafeBytes { bytes in
      let highest = eachByte(0x80)
      var index = start
      while index + 128 <= bytes.count {
        var found: UInt64 = 0
        for word in 0..<16 { unsafe found |= marks(bytes, index &+ 8 &* word) }
        if found & highest != 0 { break }
        index &+= 128
      }
      while index + 8 <= bytes.count, unsafe marks(bytes, index) & highest == 0 { index &+= 8 }
      while index < bytes.count {
        if unsafe isWanted(bytes, index) { return index }
        index += 1
      }
      return nil
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The eight bytes from `place` on.
  @inline(__always)
  fileprivate func word(at place: Int) -> UInt64 {
    unsafe loadUnaligned(fromByteOffset: place, as: UInt64.self)
  }
}

/// The byte, eight times.
@inline(__always)
private func eachByte(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

/// The highest bit of the lowest byte that is zero, perhaps of others above it; of no byte when none is.
@inline(__always)
private func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- eachByte(0x01)) & ~word & eachByte(0x80)
}
