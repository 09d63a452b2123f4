/// Who has which address: those of RFC 5737 and RFC 3849, which mean nobody in the world.
enum NetworkAddresses {
  static let client4 = "192.0.2.2"
  static let client6 = "2001:db8:1::2"
  static let clientSide4 = "192.0.2.1"
  static let clientSide6 = "2001:db8:1::1"
  static let serverSide4 = "198.51.100.1"
  static let serverSide6 = "2001:db8:2::1"
  static let server4 = "198.51.100.2"
  static let server6 = "2001:db8:2::2"

  /// Link addresses, of the locally administered kind.
  static let clientLink = "02:00:00:00:00:01"
  static let clientSideLink = "02:00:00:00:00:02"
  static let serverSideLink = "02:00:00:00:00:03"
  static let serverLink = "02:00:00:00:00:04"

  /// The router as the client knows it.
  static let router4: [UInt8] = [192, 0, 2, 1]
  /// The same, for IPv6.
  static let router6: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
}
