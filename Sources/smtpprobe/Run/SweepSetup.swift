import ArgumentParser
import Diagnosis
import Lab
import Probe
import SMTPDialogue
import SessionTrace
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
  /// What `--data -` reads, for every session anew.
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
    var lowest = range.lowerBound
    if option == .envelopeSize {
      let plan = try probe.sessionPlan(at: nil, standardInput: [])
      let smallest = Rehearsal.smallestEnvelope(of: plan.dialogue, assuming: Capabilities())
      guard smallest <= range.upperBound else {
        throw ValidationError(
          EnvelopeError.sizeTooSmall(asked: range.upperBound, smallest: smallest).description + ".")
      }
      if smallest > lowest { remarks.append("the smallest envelope has \(smallest) bytes") }
      lowest = max(lowest, smallest)
    }
    self.range = lowest...range.upperBound
    self.remarks = remarks
    self.probe = probe
    standardInput =
      probe.envelope.data == "-" ? try contentsOfStandardInput() : nil
    recipients = try probe.recipients()
    self.words = option == .recipients ? withoutRecipients(words) : words
  }

  /// Whether sessions deliver mail.
  var deliversMail: Bool {
    guard let stop = probe.envelope.quitAfter.flatMap({ StopPoint(word: $0) }) else {
      return option.needsMessage || probe.envelope.data != nil || probe.envelope.messageSize != nil
    }
    return stop == .dot
  }

  /// Whether the sessions stay on this host, where nobody has to be asked.
  var isLocal: Bool {
    switch target.place {
    case .lab, .unix: true
    case .mailDomain: false
    case .host(let host): host == "localhost" || host == "::1" || isLoopbackAddress(host)
    }
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

/// The probe that the words describe; an error in them is one in the sweep's own command line.
private func parsed(_ words: [String]) throws -> ProbeCommand {
  do {
    return try ProbeCommand.parse(words)
  } catch {
    throw ValidationError(ProbeCommand.message(for: error))
  }
}

private func isLoopbackAddress(_ host: String) -> Bool {
  let parts = host.split(separator: ".", omittingEmptySubsequences: false)
  return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
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
