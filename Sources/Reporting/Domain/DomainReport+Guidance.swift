import Diagnosis
import SessionTrace

extension DomainReport {
  /// What to say where all servers are well, and the names that lead to them are not.
  private var badNames: Guidance {
    Guidance(
      sentence:
        "Every mail server of \(given) that this host has a way to answered. But the names that lead to them are not as they should be, and some senders mind.",
      steps: notes.prefix(3).map { "Look at this: \($0)" },
      addressee: "Whoever keeps the DNS of \(given).")
  }

  /// The matter in plain words, for whoever reads nothing else.
  var guidance: Guidance {
    guard let bad = counted.first(where: { !$0.isWell }) else {
      guard notes.isEmpty else { return badNames }
      return Guidance(
        sentence:
          "Nothing is wrong as far as this test went: every mail server of \(given) that this host has a way to answered.",
        steps: ["Nothing."], addressee: nil)
    }
    let failing = counted.count { !$0.isWell }
    let share: Wording =
      good.isEmpty
      ? "No mail server of \(given) takes this mail."
      : "\(ours: String(failing)) of the \(ours: String(counted.count)) addresses that take mail for \(given) \(ours: failing == 1 ? "does" : "do") not do so now: some mail is late or lost, and some goes through."
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
