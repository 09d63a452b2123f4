import Glibc
package import Reporting
import Wire

extension Look {
  /// What whoever reads standard output can see.
  package static let standardOutput = Look(
    isTerminal: TextStream.standardOutput.isTerminal, columns: TextStream.standardOutput.columns,
    environment: environmentVariable)
}

/// The value of a variable of the environment. C: getenv.
package func environmentVariable(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}
