import SessionTrace

extension CauseID {
  package static let halfCloseIntolerance = CauseID(rawValue: "half-close-intolerance")
}

extension Cause {
  static let halfCloseIntolerance = Cause(
    id: .halfCloseIntolerance, code: "G3",
    title: "A peer takes the end of one direction for the end of both",
    mechanism: """
      A client that has sent QUIT may close its sending side and read on; TLS 1.3 allows the same \
      with close_notify. Some servers take either for an abort and drop the reply. Google was \
      seen to answer close_notify with FIN.
      """,
    symptoms: "No 221, only when the client half-closed early.",
    experiment: "Close after the 221 instead: it is there.",
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: newer versions do not half-close early.")
      ],
      receiver: [
        .advice("Finish what was begun when the other side has only stopped sending.")
      ]),
    sources: [
      "Exim smtp.c, comment of 2021-03-10; ChangeLog 4.88 HS/02",
      "RFC 8446 section 6.1",
    ],
    twins: [.quitIgnored],
    rules: [.droppedByFIN])
}

extension CauseRule {
  fileprivate static let droppedByFIN = CauseRule(
    fits: { $0.isBrokenOff && $0.stage == .quit && $0.trace.halfClosed != nil },
    requires: [.goes(with: .noHalfClose)],
    best: .confirmed)
}
