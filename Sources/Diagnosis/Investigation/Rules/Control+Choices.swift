import SessionTrace
import SMTPDialogue

/// Values that many experiments share.
extension Control {
  /// A wait that outlasts most slow servers: four times the user's where that is no more than fifty seconds,
  /// ten seconds at least, and two thirds more than the user's at least.
  var longPatience: Microseconds {
    max(subject.patience * 5 / 3, min(max(subject.patience * 4, .seconds(10)), .seconds(50)))
  }

  /// A segment that every path takes (RFC 879), or the smaller half of the user's own.
  var smallSegment: Int { min(536, max(88, segmentSize / 2)) }

  /// Experiments each of which would take away what another cause does; whoever has the bytes and
  /// gives no answer is known by none of them doing so.
  var cures: [Variation] {
    var variations: [Variation] = []
    if group >= .envelope, isPipelined { variations.append(.pipeliningOff) }
    variations += [.segmentSize(smallSegment), .patience(longPatience)]
    if usesFastOpen { variations.append(.fastOpenOff) }
    if isCut { variations.append(.uncut) }
    if failsBehindMessages { variations.append(.oneMessage) }
    if hasOwnParameters { variations.append(.withoutParameters) }
    if isUnderTLS { variations.append(.tlsOff) }
    if group == .message, subject.message?.isPlain == false { variations.append(.plainMessage) }
    if group == .message, let smallMessage { variations.append(smallMessage) }
    return variations
  }
}
