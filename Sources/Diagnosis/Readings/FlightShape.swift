import SessionTrace

/// How the bytes of a flight left, as far as it was counted.
extension Trace {
  /// `one segment of 513 bytes`, `3 segments of together 3000 bytes`; writes where nobody counted segments.
  func shape(from start: Int, to end: Int) -> String {
    let pieces = segments.kept.filter { $0.offset < end && $0.offset + $0.length > start }
    let isPlanned = !pieces.isEmpty && pieces.allSatisfy { $0.asPlanned == true }
    let counted = segmentsCounted(from: start, to: end) ?? (isPlanned ? pieces.count : nil)
    let unit = counted == nil ? "write" : "segment"
    let number = counted ?? max(1, pieces.count)
    let size = "\(number > 1 ? "together " : "")\(count(end - start, "byte"))"
    return "\(number == 1 ? "one" : "\(number)") \(unit)\(number == 1 ? "" : "s") of \(size)"
  }

  /// The segments that carried these bytes for the first time (`tcpi_data_segs_out`); `nil` where other
  /// bytes were counted with them.
  ///
  /// Between two looks at the counter nothing else may have left: the last look before the flight came
  /// after all that was written before it, and nothing was written behind it.
  private func segmentsCounted(from start: Int, to end: Int) -> Int? {
    guard end == ledger.written, ledger.unsent == 0, segmentsOmitted == 0, nudge == nil,
      let after = snapshots.last?.facts.firstTransmissions,
      let first = segments.kept.first(where: { $0.offset >= start })
    else { return nil }
    let before = segments.kept.last { $0.offset < start }
    let look = snapshots.last {
      $0.at <= first.written && $0.at >= before?.written ?? 0 && ($0.facts.unsent ?? 0) == 0
    }
    guard let look, let then = look.facts.firstTransmissions, after > then else { return nil }
    return after - then
  }
}

extension KernelFacts {
  /// Segments with data that left, each counted once however often it was sent.
  fileprivate var firstTransmissions: Int? {
    dataSegmentsOut.map { $0 &- (totalRetransmits ?? 0) }
  }
}
