import Diagnosis
import SessionTrace

extension SweepReport {
  /// The matter in plain words, for whoever reads nothing else.
  var guidance: Guidance {
    let server = target.serverName
    let isFound = conclusion.exitCode == 1
    let command = firstFailure.map { $0.command.diagnosis.line }
    return Guidance(
      sentence: isFound
        ? "Mail to \(server) depends on the \(ours: conclusion.option.noun): \(ours: conclusion.sentence)."
        : "The \(ours: conclusion.option.noun) of mail to \(server) was varied: \(ours: conclusion.sentence).",
      steps: command.map { ["Let the tool find the cause: \($0)"] } ?? [],
      addressee: isFound
        ? "The postmaster of \(server). Send this report: it says which sizes fail and which do not."
        : nil)
  }
}
