/// What boxes do to TCP headers; each leaves a correct checksum.
extension Packet {
  /// Overwrites an option by NOPs.
  mutating func strip(_ option: TCPOption) {
    guard let (place, length) = self.option(option) else { return }
    for index in place..<(place + length) { set(UInt8(1), at: index) }
    seal()
  }

  /// Replaces the window field.
  mutating func setWindow(_ window: Int) {
    guard let segment else { return }
    let field = UInt16(clamping: window)
    set(UInt8(field >> 8), at: segment.header + 14)
    set(UInt8(field & 255), at: segment.header + 15)
    seal()
  }

  /// Moves the edges of every SACK block (RFC 2018 section 3).
  mutating func shiftSACK(_ distance: Int) {
    guard let (place, length) = option(.sackBlocks) else { return }
    let shift = UInt32(truncatingIfNeeded: distance)
    for edge in stride(from: place + 2, to: place + length - 3, by: 4) {
      set(bytes.number32(at: edge) &+ shift, at: edge)
    }
    seal()
  }

  /// Sets the sender's own timestamp back (RFC 7323 section 3.2, TSval).
  mutating func setTimestampBack(_ ticks: Int) {
    guard let (place, length) = option(.timestamps), length == 10 else { return }
    set(bytes.number32(at: place + 2) &- UInt32(truncatingIfNeeded: ticks), at: place + 2)
    seal()
  }
}
