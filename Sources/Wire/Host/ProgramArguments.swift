import CLinuxSocket

/// The words of the command line, the program's name first; malformed UTF-8 is repaired.
///
/// Swift's own `CommandLine` finds none where `/proc` is not mounted: in a bare chroot, or in some
/// containers.
package func programArguments() -> [String] {
  var words: [String] = []
  while let word = unsafe wire_argument(Int32(words.count)) {
    words.append(unsafe String(cString: word))
  }
  return words
}
