package import Reporting
import Wire

extension Look {
  /// What whoever reads standard output can see.
  package static let standardOutput = Look(
    isTerminal: TextStream.standardOutput.isTerminal, columns: TextStream.standardOutput.columns,
    environment: environmentVariable)
}
