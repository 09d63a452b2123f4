extension CauseID {
  package static let slowProgress = CauseID(rawValue: "slow-progress")
}

extension CatalogueRemark {
  static let slowProgress = CatalogueRemark(
    id: .slowProgress,
    alsoCalled: ["throughput", "bandwidth"],
    text: """
      Bytes that the sender's kernel had ready went at less than 2,000 a second, counted over all \
      that was ready without a break: a message of one megabyte then takes over eight minutes, and \
      one of ten, the usual limit, an hour and a half. Nothing stalls: each \
      ACK is progress, and a timeout on progress never ends the session, while a queue runner \
      is busy with it for hours. A window of less than a segment is the commonest limit: a \
      server that hardly reads, a tarpit, or window scaling that was lost on the path. Bound the \
      whole session (--total-timeout) to see the stall that an impatient sender would see.
      """,
    causes: [.wscaleStrippedFromSynack, .wscaleIgnoredByRouter, .zeroWindowTarpit])
}
