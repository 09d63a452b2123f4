import SessionTrace
import Wire

/// The kernel's word.
extension TraceRecorder {
  mutating func snapshot(_ facts: KernelFacts, stage: Stage, at now: Microseconds) {
    trace.snapshots.append(KernelSnapshot(stage: stage, at: relative(now), facts: facts))
    trace.boundSnapshots(to: Trace.mostSnapshots)
    let ledger = trace.ledger
    let outstanding = min(max(facts.outstanding ?? 0, 0), ledger.written)
    let unsent = min(max(facts.unsent ?? 0, 0), outstanding)
    trace.ledger.unsent = unsent
    trace.ledger.sent = ledger.written - unsent
    trace.ledger.acknowledged = ledger.written - outstanding
    trace.ledger.answered = book.answeredEnd(
      trace.commands, acknowledged: trace.ledger.acknowledged)
    sampled(facts, at: now)
  }

  /// Notes whether more bytes have been acknowledged; their time is the last ACK's at the latest.
  mutating func sampled(_ facts: KernelFacts, at now: Microseconds) {
    guard let known = facts.outstanding else { return }
    let outstanding = min(max(known, 0), trace.ledger.written)
    sawAcknowledged(
      upTo: trace.ledger.written - outstanding,
      at: relative(now - max(0, facts.sinceAcknowledgement ?? 0)))
  }

  private mutating func sawAcknowledged(upTo offset: Int, at moment: Microseconds) {
    guard offset > seenAcknowledged else { return }
    seenAcknowledged = offset
    trace.lastAcknowledgement = max(trace.lastAcknowledgement ?? 0, moment)
  }

  /// Transmit and acknowledgement times from the kernel.
  mutating func stamped(_ stamps: [TransmitTimestamp]) {
    for stamp in stamps {
      let moment = relative(stamp.at)
      if stamp.kind == .acknowledged { sawAcknowledged(upTo: stamp.lastByte + 1, at: moment) }
      trace.segments.updateFromNewest { segment in
        let last = segment.offset + segment.length - 1
        if last == stamp.lastByte {
          switch stamp.kind {
          case .sent: segment.sent = segment.sent ?? moment
          case .acknowledged: segment.acknowledged = moment
          }
        }
        return last > stamp.lastByte
      }
    }
  }

  /// What the path said beside the stream.
  mutating func reported(_ errors: [SocketErrorReport]) {
    for error in errors where trace.pathErrors.count < 100 {
      trace.pathErrors.append(
        PathErrorRecord(
          at: relative(error.at), failure: error.failure, origin: error.origin.rawValue,
          reporter: error.reporter))
    }
  }

  /// Compares the kernel's segment counter with the plan since the last call.
  mutating func checkSegments(_ facts: KernelFacts) {
    guard let judgement = splitChecks.judge(facts) else { return }
    trace.segments.updateFromNewest { segment in
      guard segment.offset >= judgement.from else { return false }
      segment.asPlanned = judgement.verdict(on: segment)
      return true
    }
  }

  /// Marks where the planned pieces of a flight begin.
  mutating func startSegmentCheck(_ facts: KernelFacts) {
    splitChecks.start(at: trace.ledger.written, facts: facts)
  }

  var isCheckingSegments: Bool { splitChecks.isRunning }
}
