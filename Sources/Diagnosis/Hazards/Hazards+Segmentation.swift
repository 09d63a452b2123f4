package import SessionTrace

/// Notes on pieces that did not leave as the split plan asked: a caveat for every conclusion drawn
/// from the plan, not a hazard of the peer.
package func segmentationNotes(of trace: Trace) -> [String] {
  let planned = trace.segments.kept.filter { $0.asPlanned != nil }
  let strays = planned.filter { $0.asPlanned == false }
  guard let first = strays.first else { return [] }
  var reasons: [String] = []
  if let size = trace.finalFacts?.sendMSS, strays.contains(where: { $0.length > size }) {
    reasons.append("longer than the segment size of \(size)")
  }
  if !trace.hasFlag("nodelay", byDefault: true) {
    reasons.append("joined by Nagle's algorithm, since TCP_NODELAY is off")
  }
  if let again = trace.finalFacts?.totalRetransmits, again > 0 {
    reasons.append("counted with \(count(again, "retransmission"))")
  }
  let why = reasons.isEmpty ? "the kernel joined or cut it" : reasons.joined(separator: ", or ")
  return [
    "\(strays.count) of \(count(planned.count, "planned piece")) did not leave in a segment of"
      + " their own (the first: \(first.length) bytes at offset \(first.offset)): \(why)"
  ]
}
