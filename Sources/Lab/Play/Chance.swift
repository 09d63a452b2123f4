/// Chance that comes out the same for the same seed and connection, on every machine.
///
/// Sebastiano Vigna's SplitMix64, which needs one word of state and no warming up.
struct Chance: Sendable {
  private var state: UInt64

  /// The draws of one connection of a fixture; each connection has its own.
  init(seed: Int, connection: Int) {
    state = UInt64(bitPattern: Int64(seed)) &* 0xD134_2543_DE82_EF95
    state &+= UInt64(bitPattern: Int64(connection))
  }

  /// True so often in so many times.
  mutating func draw(_ often: Int, in times: Int) -> Bool {
    guard times > 0, often > 0 else { return false }
    return next() % UInt64(times) < UInt64(often)
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
