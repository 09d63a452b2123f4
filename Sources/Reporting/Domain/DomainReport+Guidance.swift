import Diagnosis
import SessionTrace

extension DomainReport {
  /// The matter in plain words, for whoever reads nothing else.
  var guidance: Guidance {
    guard let bad = places.first(where: { !$0.isWell && !$0.isBeyondThisHost }) else {
      return Guidance(
        sentence:
          "Nothing is wrong as far as this test went: every mail server of \(given) answered.",
        steps: ["Nothing."], addressee: nil)
    }
    let share: Wording =
      good.isEmpty
      ? "No mail server of \(given) takes this mail."
      : "\(ours: String(places.count - good.count)) of the \(ours: String(places.count)) addresses that take mail for \(given) do not do so now: some mail is late or lost, and some goes through."
    let steps: [Wording?] = [
      "Tell them which one it is: \(bad.name), \(ours: bad.outcome.title).",
      bad.command.map { command in
        let words = ShellCommand(words: ["smtpprobe", "diagnose"] + command.words.dropFirst())
        return "Let the tool find what changes it: \(words.line)"
      },
    ]
    return Guidance(
      sentence: share, steps: steps.compactMap(\.self),
      addressee: bad.address == nil
        ? "Whoever keeps the DNS of \(given)." : "The postmaster of \(given). Send this report.")
  }
}
