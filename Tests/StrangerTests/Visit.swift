import TestSupport

/// One session of the binary with a real mail server: the way there, and the way of sending.
struct Visit: Sendable {
  let route: Route
  let toggle: Toggle

  /// What a user would type behind `smtpprobe`.
  var arguments: [String] { [route.address, "--tls", route.tls] + toggle.options }

  /// Everything that the report should not say, or the program should not do; empty when all is well.
  func complaints() async throws -> [String] {
    let run = try await Binary.run(arguments + ["--format", "json"])
    let report = try ToldReport(run.output)
    let verdict = report.verdict
    let wanted = toggle.outcome(at: route.server)
    let hazards = report.hazards.map(\.id).filter { hazard in
      // A server that turns us away may leave TLS without a word too.
      !route.passingHazards.contains(hazard)
        && !(hazard == "tls-no-close-notify" && wanted.end.hasPrefix("rejected"))
    }
    var complaints: [String] = []
    if "\(verdict.status)@\(verdict.stage)" != wanted.end {
      complaints.append("told \(verdict.status)@\(verdict.stage): \(verdict.summary)")
    }
    if run.status != verdict.exitCode { complaints.append("exit status \(run.status)") }
    if !report.violations.isEmpty {
      complaints.append("violations \(report.violations.map(\.kind))")
    }
    if hazards != wanted.hazards { complaints.append("hazards \(hazards)") }
    if toggle.cutsExactly, report.segments.contains(where: { $0.asPlanned == false }) {
      complaints.append("a segment was not as planned")
    }
    if !run.errors.isEmpty { complaints.append(run.errors) }
    return complaints
  }
}
