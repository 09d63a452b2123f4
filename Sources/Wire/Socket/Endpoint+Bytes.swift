extension Endpoint {
  /// The address as the network has it: 4 bytes or 16; `nil` for a path, and for no address in numbers.
  package var addressBytes: [UInt8]? {
    guard case .ip(let address, _) = self else { return nil }
    return Wire.addressBytes(String(address.prefix { $0 != "%" }))
  }
}
