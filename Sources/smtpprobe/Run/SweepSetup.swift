import ArgumentParser
import Diagnosis
import Lab
import Probe
import SMTPDialogue
import SessionTrace
import TLSEngine
import Wire

/// From the words of a sweep to the plan of each of its sessions.
///
/// The words are read once, by the parser of the probe's command line; a session differs in one value
/// from what they say, and its report says what one would type for it alone.
struct SweepSetup {
  let option: SweepOption
  /// Values that can be made at all.
  let range: ClosedRange<Int>
  /// What standard error should say before the first session.
  let remarks: [String]
  let probe: ProbeCommand
  let target: TargetArgument
  /// Those that a sweep over their number repeats; never empty.
  private let recipients: [String]
  /// All words of a session but those that vary.
  private let words: [String]
  /// What `--data` can read once, for every session anew.
  private let standardInput: [UInt8]?

  init(option: SweepOption, range: ClosedRange<Int>, words: [String]) throws {
    self.option = option
    var words = words
    if option == .lineLength, !words.contains("--message-size") {
      // One size for all, so that nothing varies but the lines.
      words += ["--message-size", String(range.upperBound + 1_024)]
    }
    let probe = try parsed(words)
    if probe.limits.expect != nil {
      throw ValidationError("--expect is for one session; a sweep compares its sessions.")
    }
    target = try probe.chosenTarget()
    var remarks: [String] = []
    let smallest = try smallestValue(of: option, in: probe, greatest: range.upperBound)
    if let smallest, smallest.value > range.lowerBound { remarks.append(smallest.remark) }
    let lowest = max(range.lowerBound, smallest?.value ?? range.lowerBound)
    self.range = lowest...range.upperBound
    self.remarks = remarks
    self.probe = probe
    standardInput = try probe.envelope.heldData()
    recipients = try probe.recipients()
    self.words = option == .recipients ? withoutRecipients(words) : words
  }

  /// Whether sessions deliver mail.
  var deliversMail: Bool {
    var envelope = probe.envelope
    if option == .messageSize { envelope.messageSize = range.upperBound }
    return envelope.deliversMail
  }

  /// Payload sizes at which full segments end.
  var segmentSizes: [Int] {
    // TCP timestamps take twelve bytes of each segment (RFC 7323 section 3.2).
    probe.transport.mss.map { [$0, $0 - 12] } ?? [1448, 1460]
  }

  /// What a session at `value` does; `address` is where the fixture is found.
  func plan(at value: Int, address: LabAddress?) throws -> SessionPlan {
    var probe = probe
    var words = words
    switch option {
    case .envelopeSize: probe.envelope.envelopeSize = value
    case .split: probe.transport.split = String(value)
    case .messageSize: probe.envelope.messageSize = value
    case .lineLength: probe.envelope.lineLength = value
    case .clienthelloSize: probe.tls.clienthelloSize = value
    case .recipients: probe.envelope.to = (0..<value).map { recipients[$0 % recipients.count] }
    }
    if option == .recipients {
      words += ["--to", probe.envelope.to.joined(separator: ",")]
    } else {
      words += [option.flag, String(value)]
    }
    var plan = try probe.sessionPlan(at: address, standardInput: standardInput)
    plan.arguments = ["smtpprobe"] + words.map { escapedText($0.utf8) }
    return plan
  }
}

/// The least value that a session can have, where the option knows one, and how to say so.
private func smallestValue(
  of option: SweepOption, in probe: ProbeCommand, greatest: Int
) throws -> (value: Int, remark: String)? {
  switch option {
  case .split, .messageSize, .lineLength, .recipients: return nil
  case .envelopeSize:
    let plan = try probe.sessionPlan(at: nil, standardInput: [])
    let smallest = Rehearsal.smallestEnvelope(of: plan.dialogue, assuming: Capabilities())
    guard smallest <= greatest else {
      throw ValidationError(
        EnvelopeError.sizeTooSmall(asked: greatest, smallest: smallest).description + ".")
    }
    return (smallest, "the smallest envelope has \(smallest) bytes")
  case .clienthelloSize:
    guard probe.tls.tls != .off else {
      throw ValidationError("\(option.flag) needs TLS: leave --tls off out.")
    }
    let plan = try probe.sessionPlan(at: nil, standardInput: [])
    let smallest: Int
    do {
      smallest = try plan.tls.smallestHello()
    } catch {
      throw ValidationError(error.description)
    }
    guard smallest <= greatest else {
      throw ValidationError(
        "\(option.flag) \(greatest) cannot be reached: the smallest has \(smallest) bytes.")
    }
    return (smallest, "every ClientHello from \(smallest) bytes on can be made")
  }
}

/// The probe that the words describe; an error in them is one in the sweep's own command line.
private func parsed(_ words: [String]) throws -> ProbeCommand {
  do {
    return try ProbeCommand.parse(words)
  } catch {
    throw ValidationError(ProbeCommand.message(for: error))
  }
}

private func withoutRecipients(_ words: [String]) -> [String] {
  var kept: [String] = []
  var rest = words[...]
  while let word = rest.popFirst() {
    if word == "--to" || word == "-t" {
      _ = rest.popFirst()
    } else if !word.hasPrefix("--to=") {
      kept.append(word)
    }
  }
  return kept
}
