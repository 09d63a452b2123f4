import SessionTrace

extension CauseID {
  package static let bdatUnderTarpit = CauseID(rawValue: "bdat-under-tarpit")
}

extension Cause {
  static let bdatUnderTarpit = Cause(
    id: .bdatUnderTarpit, code: "F7",
    title: "Each chunk waits for a tarpit",
    mechanism: """
      An Exchange server that distrusted a client held every "250 2.6.0 CHUNK received" back for \
      five seconds. A message in small chunks took longer than the client's patience.
      """,
    symptoms: "Replies to BDAT a constant time apart, as many as there are chunks.",
    experiment: "One large chunk, or DATA, waits once.",
    remedies: Remedies(
      exim: [
        .setting("hosts_try_chunking = !<host>", "In the smtp transport.")
      ],
      receiver: [
        .advice("Set-ReceiveConnector -TarpitInterval 0 for this client.")
      ]),
    sources: [
      "Microsoft TechNet blog on TarpitInterval"
    ],
    twins: [.tarpitErrorDelay, .bdatBroken],
    rules: [.lateChunks])
}

extension CauseRule {
  fileprivate static let lateChunks = CauseRule(
    fits: { $0.isUnanswered && $0.group == .message && $0.trace.sendsChunks },
    requires: [.goes { .patience($0.longPatience) }, .everyChunkIsLate, .notPipelining],
    decider: "the same message in one chunk")
}
