package import Diagnosis
package import Probe
import SMTPDialogue
import SessionOptions
import SessionTrace
import TLSEngine
package import Wire

/// From the request of a sweep to the plan of each of its sessions.
///
/// A session differs in one value from what the user asked for, and its report has the words that ask
/// for it alone.
package struct SweepSetup: Sendable {
  package let option: SweepOption
  /// Values that can be made at all.
  package let range: ClosedRange<Int>
  /// What standard error should say before the first session.
  package let remarks: [String]
  package let request: SessionRequest
  /// Those that a sweep over their number repeats; never empty.
  private let recipients: [String]

  package init(
    option: SweepOption, range: ClosedRange<Int>, of request: SessionRequest
  ) throws(PlanError) {
    var request = request
    self.option = option
    if option == .lineLength, request.options.messageSize == nil {
      // One size for all, so that nothing varies but the lines.
      request.options.messageSize = range.upperBound + 1_024
    }
    let smallest = try smallestValue(of: option, in: request, greatest: range.upperBound)
    remarks =
      if let smallest, smallest.value > range.lowerBound { [smallest.remark] } else { [] }
    self.range = max(range.lowerBound, smallest?.value ?? range.lowerBound)...range.upperBound
    recipients = request.effective.to
    self.request = request
    // What cannot be made at one end is said before the first session.
    for value in [self.range.lowerBound, self.range.upperBound] {
      _ = try plan(at: value, place: nil)
    }
  }

  /// Whether sessions deliver mail.
  package var deliversMail: Bool { options(at: range.upperBound).deliversMail }

  /// Payload sizes at which full segments end.
  package var segmentSizes: [Int] {
    // TCP timestamps take twelve bytes of each segment (RFC 7323 section 3.2).
    request.options.socket.maximumSegmentSize.map { [$0, $0 - 12] } ?? [1448, 1460]
  }

  /// What a session at `value` does; `place` is where the fixture is found.
  package func plan(at value: Int, place: ServerPlace?) throws(PlanError) -> SessionPlan {
    try request.with(options(at: value)).briefPlan(at: place)
  }

  /// Writes down how the session at `value` was asked for.
  func describe(_ trace: inout Trace, at value: Int, place: ServerPlace?) {
    request.with(options(at: value)).describe(&trace, at: place)
  }

  private func options(at value: Int) -> SessionOptions {
    var options = request.options
    option.set(value, in: &options, recipients: recipients)
    return options
  }
}

/// The least value that a session can have, where the option knows one, and how to say so.
private func smallestValue(
  of option: SweepOption, in request: SessionRequest, greatest: Int
) throws(PlanError) -> (value: Int, remark: String)? {
  switch option {
  case .split, .messageSize, .lineLength, .recipients: return nil
  case .envelopeSize:
    let plan = try request.plan(at: nil)
    let smallest = Rehearsal.smallestEnvelope(of: plan.dialogue, assuming: Capabilities())
    guard smallest <= greatest else {
      throw PlanError(
        .usage, EnvelopeError.sizeTooSmall(asked: greatest, smallest: smallest).description)
    }
    return (smallest, "the smallest envelope has \(smallest) bytes")
  case .clienthelloSize:
    guard request.options.tls != .off else {
      throw PlanError(.usage, "\(option.flag) needs TLS: leave --tls off out")
    }
    let plan = try request.plan(at: nil)
    let smallest: Int
    do {
      smallest = try plan.tls.smallestHello()
    } catch {
      throw PlanError(.usage, error.description)
    }
    guard smallest <= greatest else {
      throw PlanError(
        .usage, "\(option.flag) \(greatest) cannot be reached: the smallest has \(smallest) bytes")
    }
    return (smallest, "every ClientHello from \(smallest) bytes on can be made")
  }
}
