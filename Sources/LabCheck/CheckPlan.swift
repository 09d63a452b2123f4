package import Diagnosis
package import Probe
package import Wire

/// What the probe would do for a run, read from the run's own words by the parser of the command line.
package struct CheckPlan {
  package var session: SessionPlan
  /// The status with which the program would end on a verdict.
  package var exitCode: (Verdict) -> Int

  package init(session: SessionPlan, exitCode: @escaping (Verdict) -> Int) {
    self.session = session
    self.exitCode = exitCode
  }
}

/// A run whose words have been read, waiting to be told where its server is found.
package typealias PreparedRun = (ServerPlace) throws(UnplayableRun) -> CheckPlan

/// A run that cannot be played, with the sentence that its user would have read.
package struct UnplayableRun: Error {
  package let reason: String

  package init(reason: String) { self.reason = reason }
}
