import SessionTrace

extension CauseID {
  package static let eodSplitMailguard = CauseID(rawValue: "eod-split-mailguard")
}

extension Cause {
  static let eodSplitMailguard = Cause(
    id: .eodSplitMailguard, code: "A4",
    title: "An inspecting firewall swallows an end of data that is cut between segments",
    mechanism: """
      Cisco PIX software before 5.2(4) and 6.0(1) looks for CR LF . CR LF in one packet. When it \
      is spread over two, the firewall does not pass it on: the server never sees the end of the \
      message, both sides time out, and the message is sent again. If the server did take it \
      before the reply was lost, there are duplicates.
      """,
    symptoms: """
      Stalled at dot with custody acknowledged_unanswered: everything acknowledged, no 250. It \
      comes and goes with the size of the message modulo the segment size. The greeting is often \
      masked with asterisks.
      """,
    experiment: """
      Send one message with the end in one piece, then with each inner cut (--split dot:1 to \
      dot:4). Cuts that stall while the whole end passes decide it. If all stall, it is a slow \
      scan, bare line feeds or a buffering proxy. Note which cuts fail: versions differ.
      """,
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: Exim writes the dot with its last buffer.")
      ],
      postfix: [
        .setting(
          "smtp_pix_workarounds = delay_dotcrlf",
          """
          On by default; it waits 10 s before ".CR LF" when the greeting looks like a PIX and the \
          message is older than 500 s. smtp_pix_workaround_maps sets it for one address.
          """)
      ],
      receiver: [
        .setting("no fixup protocol smtp 25", "Or newer software.")
      ]),
    sources: [
      "Postfix HISTORY 20010529, 20011107, 20011119",
      "Microsoft KB 295725; Cisco bug CSCds90792",
      "ZMailer ChangeLog 2002-06-25",
    ],
    rules: [.endOfDataSplit])
}

extension CauseRule {
  fileprivate static let endOfDataSplit = CauseRule(
    fits: { $0.isUnanswered && $0.stage == .dot && $0.isCut },
    requires: [.goes(with: .uncut), .stays { .patience($0.longPatience) }],
    // A small piece elsewhere is lost as well where small pieces are; content may lose one unnoticed.
    confirms: [
      .goes(with: .cutInsideContent(4)), .goes(with: .cutInsideCommand(1)), .aCutInTheEndSuffices,
    ],
    tells: [.somethingInFront],
    best: .confirmed)
}

extension Control {
  /// Whether the user's plan cuts inside the end of data, and nowhere else.
  fileprivate var isCutAtEndOnly: Bool {
    if case .text(let plan) = trace.options["split"] { plan.hasPrefix("dot:") } else { false }
  }
}

extension Criterion {
  /// A single cut inside the five bytes that end the data makes the same failure; idle where the plan
  /// is such a cut.
  fileprivate static let aCutInTheEndSuffices = Criterion(
    variations: { $0.control.isCutAtEndOnly ? [] : (1...4).map(Variation.cutAtEndOfData) }
  ) { evidence in
    if evidence.control.isCutAtEndOnly { return .idle }
    let cuts = (1...4).map(Variation.cutAtEndOfData)
    if let same = cuts.first(where: { evidence.effect(of: $0) == .same }) {
      return .yes(evidence.sentence(on: same))
    }
    return cuts.allSatisfy { evidence.effect(of: $0) == .gone }
      ? .no("cut at one place inside the end of data, wherever it is, the failure disappears")
      : .unknown
  }
}
