/// What a message turned out to be.
struct SiteMessage {
  var size = 0
  var hasZeros = false
  var hasEightBit = false
  var hasBareLineEnds = false
  var longestLine = 0
  private var line = 0
  private var last: UInt8 = 0

  mutating func add(_ bytes: ArraySlice<UInt8>) {
    size += bytes.count
    for byte in bytes {
      if byte == 0 { hasZeros = true }
      if byte > 127 { hasEightBit = true }
      if (byte == 10) != (last == 13) { hasBareLineEnds = true }
      line = byte == 10 ? 0 : line + 1
      if line > longestLine, byte != 13 { longestLine = line }
      last = byte
    }
  }

  func has(_ trait: SiteFault.Trait) -> Bool {
    switch trait {
    case .zeros: hasZeros
    case .eightBit: hasEightBit
    case .longLines: longestLine > 900
    case .bareLineEnds: hasBareLineEnds
    }
  }
}
