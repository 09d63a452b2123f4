import SessionTrace

/// Bytes of ours that the kernel had ready without a break: each write found some of those before it
/// not yet acknowledged.
///
/// A pause of our own ends one, since everything was acknowledged before we went on; so what held it up
/// was not us.
struct Rush {
  /// Bytes handed to the kernel, and how many of them were acknowledged.
  var ready: Int
  var acknowledged: Int
  /// From the first write until the last of them was acknowledged, or the last ACK of the session.
  var time: Microseconds
}

extension Trace {
  /// The stream in rushes, in order.
  ///
  /// The kernel's stamps are those of a write's last byte, and not every write is stamped: one without a
  /// stamp was on its way when the next came, unless a look between the two found nothing outstanding.
  var rushes: [Rush] {
    var found: [Rush] = []
    var first: SegmentRecord?
    var last: SegmentRecord?
    for segment in segments.kept {
      if let last, isThrough(last, before: segment.written), let start = first {
        found.append(rush(from: start, to: last))
        first = nil
      }
      first = first ?? segment
      last = segment
    }
    if let start = first { found.append(rush(from: start, to: last)) }
    return found
  }

  private func isThrough(_ segment: SegmentRecord, before moment: Microseconds) -> Bool {
    if let acknowledged = segment.acknowledged { return acknowledged <= moment }
    return snapshots.contains {
      $0.at >= segment.written && $0.at <= moment && $0.facts.outstanding == 0
    }
  }

  private func rush(from first: SegmentRecord, to last: SegmentRecord?) -> Rush {
    let last = last ?? first
    let end = last.offset &+ last.length
    let arrived = min(end, ledger.acknowledged)
    let stamp = end <= ledger.acknowledged ? last.acknowledged ?? lastAcknowledgement : nil
    let until = stamp ?? lastAcknowledgement ?? first.written
    return Rush(
      ready: end &- first.offset, acknowledged: max(0, arrived &- first.offset),
      time: max(0, until &- first.written))
  }
}
