/// A capture file in the making: pcapng with interfaces of raw IP, little endian.
///
/// Source: draft-ietf-opsawg-pcapng, sections 4.1 (section header), 4.2 (interface), 4.3 (enhanced packet).
struct CaptureFile {
  private(set) var bytes: [UInt8] = []

  /// What times are counted in.
  enum Resolution: UInt8 {
    case microseconds = 6
    case nanoseconds = 9
  }

  /// The section, with a remark of ours for whoever opens the file.
  init(comment: String, application: String) {
    block(
      0x0A0D_0D0A, le32(0x1A2B_3C4D) + le16(1) + le16(0) + Array(repeating: 0xFF, count: 8),
      options: [option(1, comment), option(4, application)])
  }

  /// One more interface: they are numbered from 0.
  mutating func interface(_ name: String, _ description: String, resolution: Resolution) {
    // Link type 101: raw IP.
    block(
      1, le16(101) + le16(0) + le32(0),
      options: [option(2, name), option(3, description), (9, [resolution.rawValue])])
  }

  /// A packet of `length` bytes, of which the first are known, with a time since 1970.
  mutating func packet(
    _ known: [UInt8], length: Int, at moment: Int64, comment: String?, interface: Int = 0
  ) {
    let time = UInt64(bitPattern: moment)
    var body =
      le32(UInt32(interface)) + le32(UInt32(time >> 32)) + le32(UInt32(truncatingIfNeeded: time))
    body += le32(UInt32(known.count)) + le32(UInt32(length)) + padded(known)
    block(6, body, options: comment.map { [option(1, $0)] } ?? [])
  }

  private func option(_ code: UInt16, _ text: String) -> (UInt16, [UInt8]) {
    (code, Array(shown(text, limit: 2_000).utf8))
  }

  private mutating func block(_ type: UInt32, _ body: [UInt8], options: [(UInt16, [UInt8])]) {
    var content = body
    for (code, value) in options {
      content += le16(code) + le16(UInt16(value.count)) + padded(value)
    }
    if !options.isEmpty { content += le32(0) }
    let length = le32(UInt32(content.count + 12))
    bytes += le32(type) + length + content + length
  }

  private func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + Array(repeating: 0, count: (4 - bytes.count % 4) % 4)
  }

  private func le16(_ value: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }

  private func le32(_ value: UInt32) -> [UInt8] {
    le16(UInt16(truncatingIfNeeded: value)) + le16(UInt16(truncatingIfNeeded: value >> 16))
  }
}
