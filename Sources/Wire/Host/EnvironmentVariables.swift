import Glibc

/// The variables of the environment whose names begin so, in no order. C: environ.
package func environmentVariables(prefix: String) -> [(name: String, value: String)] {
  var found: [(name: String, value: String)] = []
  let wanted = Array(prefix.utf8).map(CChar.init(bitPattern:))
  var position = unsafe environ
  while let entry = unsafe position.pointee {
    if unsafe strncmp(entry, wanted + [0], wanted.count) == 0 {
      let parts = unsafe String(cString: entry).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { found.append((String(parts[0]), String(parts[1]))) }
    }
    unsafe position += 1
  }
  return found
}

/// The value of a variable of the environment. C: getenv.
package func environmentVariable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
