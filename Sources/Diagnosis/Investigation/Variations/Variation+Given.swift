import SessionOptions
import SessionTrace

/// What the user asked for himself, taken back.
extension Variation {
  /// Without an option that its user gave, whatever it is: the table of options knows them all.
  ///
  /// Where another variation takes the same back, that one: asked twice it would be two experiments.
  static func putBack(_ row: OptionRow, beside control: Control) -> Variation {
    let given = control.subject.given
    let plain = Variation(
      name: row.key ?? row.name, value: row.usual ?? "left out",
      phrase: "without \(row.inWords(given))",
      leadsElsewhere: row.name == OptionRow.localAddress.name,
      apply: { options, _ in row.reset(&options) })
    let options = plain.options(of: given, beside: control)
    return undoing.first {
      $0.name == plain.name || $0.options(of: given, beside: control) == options
    } ?? plain
  }

  /// Without any of these.
  static func allPutBack(_ rows: [OptionRow], of given: SessionOptions) -> Variation {
    Variation(
      name: manyOptions, value: "left out",
      phrase: "without \(rows.compactMap { $0.words(given).first }.joined(separator: ", "))",
      controlValue: { _ in "as given" },
      apply: { options, _ in for row in rows { row.reset(&options) } })
  }

  /// The name of a variation that puts several back.
  package static let manyOptions = "options"

  /// Variations that take an option back and are asked for other reasons, too.
  private static let undoing: [Variation] = [
    .uncut, .fastOpenOff, .noDelay, .noPregreet, .noProxy, .noHalfClose, .noEarlyQuit, .dataCommand,
    .anyPort,
    .tlsUnverified, .withoutMTASTS,
  ]

  /// The options that it makes of these; `nil` where it cannot.
  private func options(of given: SessionOptions, beside control: Control) -> SessionOptions? {
    var options = given
    do {
      try change(&options, beside: control)
    } catch {
      return nil
    }
    return options
  }
}

extension OptionRow {
  /// As it was typed, or its name alone where its value is long.
  fileprivate func inWords(_ given: SessionOptions) -> String {
    let words = words(given).joined(separator: " ")
    return words.utf8.count > 40 ? flag : escapedText(words.utf8)
  }
}

extension Control {
  /// What its user asked for himself and a session that failed here has met, in the order of the table.
  ///
  /// A server that says why it refuses needs no such experiment.
  var ownOptions: [OptionRow] {
    guard stage != .resolve, subject.given != SessionOptions(), refusal?.reason == nil else {
      return []
    }
    return OptionTable.all.filter { row in
      guard let stage = row.actsFrom, StageGroup(stage) <= group else { return false }
      // What is about TLS is idle in clear text.
      if stage == .tls, !isUnderTLS, group > .security { return false }
      return !row.words(subject.given).isEmpty
    }
  }
}

extension Evidence {
  /// Own options to be put back, as far as that is worth a session: where there are many, all of them at once
  /// first; none any more where one of them was it.
  var putBack: [Variation] {
    let rows = control.ownOptions
    let each = rows.map { Variation.putBack($0, beside: control) }
    guard !each.contains(where: { effect(of: $0) == .gone }) else { return [] }
    guard rows.count > 2 else { return each }
    let all = Variation.allPutBack(rows, of: control.subject.given)
    switch effect(of: all) {
    case nil: return [all]
    case .same, .observed: return []
    // One of them may be what others need to come so far: put back together they show nothing of each.
    case .gone, .other, .unclear, .impossible: return each
    }
  }
}

extension Subject {
  /// Options of the user's own that the variation has changed are his no more, and are not put back again.
  mutating func leaveOut(whatVaries variation: Variation, _ control: Control) {
    var varied = given
    // It came about in sessions, so nothing stands against it.
    try? variation.change(&varied, beside: control)
    for row in OptionTable.all where row.words(given) != row.words(varied) { row.reset(&given) }
  }
}
