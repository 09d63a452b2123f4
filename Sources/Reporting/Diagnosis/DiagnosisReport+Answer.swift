import Diagnosis
import SessionTrace

extension DiagnosisReport {
  /// What happens every time, and why; and what the diagnosis rests on.
  var answer: [Block] {
    let tone: Tone = result.exitCode == 0 ? .good : result.exitCode == 1 ? .bad : .warning
    let controls = given.controls
    let controlled =
      controls.total > 0
      ? [
        Field(
          label: "as given", value: "\(count(controls.total, "session")): \(controls.inWords)")
      ] : []
    let fields: [Field?] = [
      varied.map { Field(label: "varied", value: $0) },
      measured.map { Field(label: "measured", value: $0) },
      setAside > 0 ? Field(label: "set aside", value: setAsideInWords) : nil,
      layers.compactMap(\.stopInWords).first.map { Field(label: "ended", value: $0) },
      refused.isEmpty
        ? nil : Field(label: "since then", value: OutcomeCounts(refused).inWords),
      Field(label: "took", value: durationText(duration)),
      delay.map { Field(label: "delay", value: $0) },
      waits.map { Field(label: "waited", value: $0) },
      Field(label: "exit status", value: String(result.exitCode)),
    ]
    return [
      .answer(Answer(title: title, text: summary, tone: tone)),
      .fields([target.field] + controlled + refusals + fields.compactMap(\.self)),
    ]
  }

  /// What the server refused in the session as given, in its own words; of many the first few.
  private var refusals: [Field] {
    let refusals = control?.trace.replies.filter { $0.code >= 400 } ?? []
    let shown = 3
    return refusals.prefix(shown).enumerated().map { number, reply in
      let asked = reply.command.map { ", to \($0.prefix(40))" } ?? ""
      let more =
        number == shown - 1 && refusals.count > shown ? "; and \(refusals.count - shown) more" : ""
      return Field(label: number == 0 ? "it says" : "", value: reply.quoted + asked + more)
    }
  }

  /// The sessions that count for nothing, and why.
  private var setAsideInWords: String {
    count(setAside, "session")
      + (refused.isEmpty
        ? ", made again: one at a time where side by side not all were let in, after a pause, or with a"
          + " longer wait"
        : ", under way when this host was locked out")
  }

  /// Which sizes were tested when the investigation was over.
  private var measured: String? {
    let all = measurements.map {
      "\(count($0.conclusion.tested, $0.conclusion.option.noun)) tested,"
        + " \(count($0.sessions, "session")) more"
    }
    return all.isEmpty ? nil : all.joined(separator: "; ")
  }

  /// How many sessions were varied, and how.
  private var varied: String? {
    let measured = measurements.reduce(0) { $0 + $1.sessions }
    let variants = sessions.count { !$0.isControl } - measured
    guard variants > 0 else { return nil }
    let impossible = experiments.count { $0.effect == .impossible }
    return count(variants, "session")
      + ", each with one setting changed"
      + (experiments.count > 1 ? "; \(experiments.count) changes in all" : "")
      + (impossible > 0 ? ", \(impossible) of which could not be made" : "")
  }
}
