import CLinuxSocket

/// Descriptors that this process may have, once it has asked for so many: fewer where the hard limit is lower.
package func descriptors(wanted: Int) -> Int {
  let count = wire_raise_descriptors(Int64(wanted))
  // What cannot be asked will be met when it is lacking.
  return count < 0 ? wanted : Int(count)
}
