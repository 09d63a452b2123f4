import Diagnosis
import SessionTrace

/// The answer first, then what was varied, and what follows from it.
extension DiagnosisReport: Document {
  package var blocks: [Block] {
    [.heading(.document, "Diagnosis: \(ours: heading)"), .guidance(guidance)] + answer
      + experimentBlocks + section("Which sizes fail", sizes, remark: StripMark.legend)
      + section("Causes", causes(of: given), remark: "smtpprobe explain ID tells more")
      + section("Behind that", further.flatMap(blocks(of:)))
      + section("Seen in passing", observations, remark: "smtpprobe explain ID tells more")
      + section("What to do", remedies) + section("The session as given", controlBlocks)
      + section("This host", host, remark: "suspects; what was varied decides")
      + Block.list(.section, "What this does not show", limits) + nextSteps
      + Block.list(.section, "Notes", notes) + [cases, vitals]
  }

  private func section(_ title: Wording, _ blocks: [Block], remark: Wording = "") -> [Block] {
    blocks.isEmpty ? [] : [.heading(.section, title, remark: remark)] + blocks
  }

  private var experimentBlocks: [Block] {
    guard !given.experiments.isEmpty else { return [] }
    return [
      .heading(
        .section, "What was varied", remark: "failed: of those as given; cured: of those so varied"),
      .table(ReportedExperiment.table(of: given.experiments)),
      .contrasts(given.experiments.filter { $0.variants.total > 0 }.map(\.contrast)),
    ] + ReportedExperiment.remarks(on: given.experiments)
  }

  /// What was measured, size by size.
  private var sizes: [Block] {
    measurements.flatMap { measurement in
      [
        .paragraph(measurement.sentence.prefix(1).uppercased() + measurement.sentence.dropFirst()),
        .strip(measurement.sizes.map(StripMark.init)),
      ] as [Block]
    }
  }

  private func causes(of layer: DiagnosisLayer) -> [Block] {
    let possible = layer.causes.filter { $0.grade <= .consistent }.map { finding in
      let title = headline(of: finding).map { ": \($0)" } ?? ""
      return Finding(
        grade: finding.grade, text: name(of: finding) + title, pro: finding.pro, con: finding.con,
        open: finding.open)
    }
    let others = layer.dismissed.map { grade, reason, findings in
      let names = findings.map(name(of:)).joined(separator: ", ")
      return Finding(grade: grade, text: "\(names): \(reason)")
    }
    return (possible + others).map { .finding($0) }
  }

  /// A failure behind another one: what gets there, what was varied, and its causes.
  private func blocks(of layer: DiagnosisLayer) -> [Block] {
    var blocks: [Block] = [
      .paragraph("\(layer.basePhrase): \(layer.controls.inWords)", tone: .heading)
    ]
    if !layer.experiments.isEmpty {
      blocks.append(.table(ReportedExperiment.table(of: layer.experiments)))
      blocks += ReportedExperiment.remarks(on: layer.experiments)
    }
    return blocks + causes(of: layer)
  }

  private var observations: [Block] {
    guard !given.observations.isEmpty else { return [] }
    return [
      .list(
        given.observations.map { finding in
          let because = finding.pro.joined(separator: "; ")
          return ListItem(text: "\(name(of: finding)): \(because)", tone: .warning)
        })
    ]
  }

  /// What each can do about the best founded causes, or to get past a failure that none explains.
  private var remedies: [Block] {
    let shown = 3
    var blocks = workarounds.prefix(shown).flatMap(blocks(of:))
    guard
      !blocks.isEmpty || best.contains(where: { entry(of: $0)?.remedies.groups.isEmpty == false })
    else { return [] }
    for finding in best.prefix(shown) {
      guard let entry = entry(of: finding), !entry.remedies.groups.isEmpty else { continue }
      let condition = finding.grade == .confirmed ? "about " : "if it is "
      blocks.append(.paragraph("\(condition)\(entry.code) \(entry.id):", tone: .heading))
      let measured = measurements.first { $0.conclusion.option == entry.number }
      if let measured { blocks.append(.paragraph("here \(measured.sentence)")) }
      blocks.append(.remedies(entry.remedies.groups))
    }
    if best.count > shown {
      blocks.append(
        .paragraph("smtpprobe explain ID has those for \(best.count - shown) more.", tone: .quiet))
    }
    return blocks
  }

  private func blocks(of workaround: Workaround) -> [Block] {
    let experiment = workaround.experiment
    var blocks: [Block] = [
      .paragraph("the failure disappears \(experiment.phrase):", tone: .heading)
    ]
    if let command = experiment.command { blocks.append(.command(command)) }
    return blocks + [.remedies(workaround.remedies.groups)]
  }

  private var controlBlocks: [Block] {
    guard let control else { return [] }
    return control.answer + [.paragraph("alone:"), .command(control.command)] + control.closeUp
  }

  /// All about the causes that were found; or where the failure itself can be looked at.
  private var nextSteps: [Block] {
    // A fixture has no name that a remedy could hold.
    let place = target.given.hasPrefix("lab:") ? RemedyPlace() : remedyPlace
    var items = ListItem.explanations(
      "How it comes about, and what each side can do:",
      best.prefix(3).map { .explanation(of: $0.id, for: place) })
    guard let control else { return Block.nextSteps(items) }
    switch result {
    case .causeFound, .nothingWrong: break
    case .noCause:
      items.append(.step("One such session, byte by byte:", control.command.inDetail))
    case .intermittent, .stopped:
      items.append(.diagnosis(of: control.command, because: "The same at another hour."))
    }
    return Block.nextSteps(items)
  }

  private var host: [Block] {
    guard let control, !control.hostFindings.isEmpty else { return [] }
    return [control.hostList]
  }
}
