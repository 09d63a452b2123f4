import Diagnosis
import SessionTrace

extension DiagnosisReport {
  /// The matter in plain words, for whoever reads nothing else.
  var guidance: Guidance {
    Guidance(sentence: plainly, steps: steps, addressee: addressee)
  }

  private var server: String { target.serverName }

  private var plainly: Wording {
    let total = given.controls.total
    let often = "\(given.controls.failed) of \(count(total, "session"))"
    switch result {
    case .nothingWrong:
      return "Nothing is wrong with mail to \(server): \(ours: count(total, "session")), all well."
    case .intermittent:
      return "Mail to \(server) fails at times: \(ours: often). No cause could be isolated."
    case .noCause:
      guard let past = given.waysPast.first else {
        return "Mail to \(server) fails, \(ours: often), and no known cause explains it."
      }
      return
        "Mail to \(server) fails, \(ours: often). No known cause explains it, but it passes \(past.phrase)."
    case .stopped:
      return "It is not known what is the matter with \(server): the test had to end early."
    case .causeFound:
      guard let cause = best.first else { return "Mail to \(server) fails: \(ours: often)." }
      let title = headline(of: cause) ?? cause.id.rawValue
      let isSure = cause.grade == .confirmed
      return
        "Mail to \(server) fails, \(ours: often). \(ours: isSure ? "The cause is known" : "What fits best"): \(ours: lowercasedFirst(title) + given.measuredInWords)."
    }
  }

  private func lowercasedFirst(_ title: String) -> String {
    // Only an article: a name keeps its capital.
    title.hasPrefix("A ") || title.hasPrefix("The ") || title.hasPrefix("An ")
      ? title.prefix(1).lowercased() + title.dropFirst() : title
  }

  private var steps: [Wording] {
    guard let entry = best.first.flatMap(entry(of:)) else { return [] }
    var steps: [Wording] = []
    for group in entry.remedies.groups {
      guard let remedy = group.remedies.first else { continue }
      let name = group.name == "receiver" ? "The receiver" : group.name
      switch (remedy.setting, remedy.text) {
      case (let setting?, let text?): steps.append("\(ours: name): \(setting): \(ours: text)")
      case (let setting?, nil): steps.append("\(ours: name): \(setting)")
      case (nil, let text?): steps.append("\(ours: name): \(ours: text)")
      case (nil, nil): break
      }
    }
    return steps
  }

  private var addressee: Wording? {
    guard result != .nothingWrong, result != .stopped else { return nil }
    let isOurs = best.first.flatMap(entry(of:)).map { $0.remedies.receiver.isEmpty } ?? false
    return isOurs
      ? "Nobody outside: whoever looks after the sending host."
      : "The postmaster of \(server). Send this report: the table below shows what changes the failure, and how often it was tried."
  }
}
