import Diagnosis
import SessionTrace

extension DomainReport {
  /// The matter in plain words, for whoever reads nothing else.
  var guidance: Guidance {
    guard let bad = counted.first(where: { !$0.isWell }) else {
      return Guidance(
        sentence:
          "Nothing is wrong as far as this test went: every mail server of \(given) that this host has a way to answered.",
        steps: ["Nothing."], addressee: nil)
    }
    let share: Wording =
      good.isEmpty
      ? "No mail server of \(given) takes this mail."
      : "\(ours: String(counted.count { !$0.isWell })) of the \(ours: String(counted.count)) addresses that take mail for \(given) do not do so now: some mail is late or lost, and some goes through."
    let steps: [Wording?] = [
      "Tell them which one it is: \(bad.name), \(ours: bad.outcome.title).",
      bad.command.map { "Let the tool find what changes it: \($0.diagnosis.line)" },
    ]
    return Guidance(
      sentence: share, steps: steps.compactMap(\.self),
      addressee: bad.address == nil
        ? "Whoever keeps the DNS of \(given)." : "The postmaster of \(given). Send this report.")
  }
}
