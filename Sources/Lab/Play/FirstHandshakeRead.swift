/// What a server that reads once learns of a ClientHello: what that read brought, and what the
/// record's header announces.
struct FirstHandshakeRead {
  private let bytes: [UInt8]
  /// Bytes of the record, its header not counted; `nil` when even the header is not whole.
  private let recordLength: Int?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    recordLength = bytes.count < 5 ? nil : Int(bytes[3]) << 8 | Int(bytes[4])
  }

  /// Whether this read is what a rule waits for.
  func meets(_ condition: Condition) -> Bool {
    switch condition {
    case .tlsHello: true
    case .tlsHelloInPieces: recordLength.map { bytes.count < $0 + 5 } ?? true
    case .tlsHelloSize(let from, let to): recordLength.map { from <= $0 && $0 <= to } ?? false
    case .tlsHelloContains(let part): contains(part, in: bytes)
    case .connects, .earlyTalk, .command, .bodyByte, .bodyLineOver, .bodyContains, .endOfData,
      .elapsed, .finishes, .finishesEarly, .bodyBareLineFeed, .bodyEightBit, .tlsRecordOver,
      .tlsCloses, .tlsFinishedWithMore:
      false
    }
  }
}
