extension CauseID {
  package static let crlfSplitServer = CauseID(rawValue: "crlf-split-server")
}

extension Cause {
  static let crlfSplitServer = Cause(
    id: .crlfSplitServer, code: "A6",
    title: "A server does not find a line end that comes in two reads",
    mechanism: """
      The server looks for CR LF in what one read brought and not in what it has collected. When \
      CR ends one segment and LF begins the next, it never sees the pair, and appears to hang \
      while it waits for more.
      """,
    symptoms: """
      Stalled with custody acknowledged_unanswered at the very command whose CR and LF were \
      parted.
      """,
    experiment: """
      --split crlf stalls, the same bytes in whole lines pass. After the stall another CR LF \
      brings the reply, often a 500.
      """,
    remedies: Remedies(
      receiver: [
        .advice("Fix the reader: search the whole buffer, not the last read.")
      ]),
    sources: [
      "RFC 5321 section 2.3.8",
      "github.com/TheFox/smtpd pull request 15",
    ],
    twins: [.resegBoundaryLoss],
    rules: [.lineEndSplit])
}

extension CauseRule {
  fileprivate static let lineEndSplit = CauseRule(
    fits: { $0.isUnanswered && $0.isCut && [.hello, .envelope].contains($0.group) },
    requires: [
      .goes(with: .uncut), .goes(with: .wholeCommands), .stays(with: .cutBetweenCRLF),
    ],
    confirms: [.goes(with: .cutInsideCommand(1))],
    best: .confirmed)
}
