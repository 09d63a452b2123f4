import ArgumentParser
import Diagnosis
import Lab
import Probe
import SMTPDialogue
import SessionTrace
import Wire

/// From the words of a diagnosis to the plan of each of its sessions.
///
/// The control is what the words say; each variant differs from it in one knob, and its report says
/// what one would type for it alone.
struct DiagnoseSetup {
  let probe: ProbeCommand
  let target: TargetArgument
  private let words: [String]
  /// What `--data` can read once, for every session anew.
  private let standardInput: [UInt8]?

  init(words: [String]) throws {
    do {
      probe = try ProbeCommand.parse(words)
    } catch {
      throw ValidationError(ProbeCommand.message(for: error))
    }
    if probe.limits.expect != nil {
      throw ValidationError("--expect is for one session; a diagnosis compares its sessions.")
    }
    if probe.plan { throw ValidationError("--plan stands before the words of the session.") }
    self.words = words
    target = try probe.chosenTarget()
    standardInput = try probe.envelope.heldData()
  }

  /// Whether sessions deliver mail.
  var deliversMail: Bool { probe.envelope.deliversMail }

  /// How long each reply is waited for.
  var patience: Microseconds {
    if case .fixed(let time) = probe.limits.timeout { time.microseconds } else { .seconds(300) }
  }

  /// The control; `address` is where the fixture listens.
  func control(at address: LabAddress?) throws -> SessionPlan {
    try plan(of: probe, words: words, at: address)
  }

  /// What every session's message is like; `nil` when none is sent.
  ///
  /// Reads it whole once, in constant memory.
  func traits(of plan: SessionPlan) throws -> MessageTraits? {
    guard deliversMail, let content = plan.content?() else { return nil }
    var traits = MessageTraits()
    while true {
      switch try content.next(1 << 16) {
      case .bytes(let bytes): traits.read(bytes)
      case .notYet, .end: return traits
      }
    }
  }

  /// The session as given with knobs turned, each in the sessions of a control of its own; throws the
  /// sentence that says why that cannot be done.
  func variant(_ turns: [(knob: Knob, control: Control)], at address: LabAddress?) throws
    -> SessionPlan
  {
    var probe = probe
    for (knob, control) in turns { try turn(knob, in: &probe, control) }
    var plan = try plan(of: probe, words: words + turns.flatMap(\.knob.words), at: address)
    for case .address(let address) in turns.map(\.knob) { plan.target.place = .host(address) }
    return plan
  }

  private func plan(
    of probe: ProbeCommand, words: [String], at address: LabAddress?
  ) throws -> SessionPlan {
    var plan = try probe.sessionPlan(at: address, standardInput: standardInput)
    plan.arguments = ["smtpprobe"] + words.map { escapedText($0.utf8) }
    return plan
  }

  private func turn(_ knob: Knob, in probe: inout ProbeCommand, _ control: Control) throws {
    switch knob {
    case .pipeliningOff:
      keepEnvelope(in: &probe, control)
      probe.envelope.pipelining = .off
    case .wholeCommands: cut("command", nil, in: &probe, control)
    case .uncut: cut(nil, nil, in: &probe, control)
    case .cutBetweenCRLF: cut("crlf", nil, in: &probe, control)
    case .cutInsideCommand(let size):
      cut("\(size),rest", nil, in: &probe, control)
      probe.transport.splitStage = .envelope
    case .cutInsideContent(let size):
      cut("\(size),rest", nil, in: &probe, control)
      probe.transport.splitStage = .data
    case .cutAtEndOfData(let place): cut("dot:\(place)", nil, in: &probe, control)
    case .cutAt(let size): cut(String(size), nil, in: &probe, control)
    case .stopAndWait(let size): cut(String(size), .acknowledged, in: &probe, control)
    case .envelopeSize(let size):
      // A plan of one piece goes along; any other stays, or two things would differ.
      if probe.transport.split == control.trace.envelope.map({ String($0.size) }) {
        probe.transport.split = String(size)
      }
      probe.envelope.envelopeSize = size
    case .largerEnvelope(let size):
      cut(nil, nil, in: &probe, control)
      probe.envelope.envelopeSize = size
    case .bareEnvelope:
      cut(nil, nil, in: &probe, control)
      probe.envelope.envelopeSize = nil
      probe.envelope.to = Array(try probe.recipients().prefix(1))
    case .recipients(let number):
      let all = try probe.recipients()
      probe.envelope.to = (0..<number).map { all[$0 % all.count] }
      probe.envelope.envelopeSize = nil
      probe.envelope.pad = false
    case .recipientAlone(let place):
      let all = try probe.recipients()
      probe.envelope.to = [all[(place - 1) % all.count]]
      probe.envelope.envelopeSize = nil
      probe.envelope.pad = false
    case .ignoredKeyword(let keyword): probe.envelope.ignoreKeyword.append(keyword)
    case .noPregreet:
      probe.envelope.pregreet = false
      if probe.transport.fastOpen == .data { probe.transport.fastOpen = .cookie }
    case .fastOpenOff: probe.transport.fastOpen = .off
    case .noDelay: probe.transport.nodelay = true
    case .segmentSize(let size): probe.transport.mss = size
    case .fragmentation: probe.transport.pmtuDiscovery = .dont
    case .keepalive: probe.transport.keepalive = 1
    case .ipv4: (probe.transport.ipv4, probe.transport.ipv6) = (true, false)
    case .ipv6: (probe.transport.ipv4, probe.transport.ipv6) = (false, true)
    case .anyPort: probe.transport.localPort = nil
    case .address: break
    case .plainMessage: plainMessage(of: control.subject.message?.size ?? 1_024, in: &probe)
    case .messageSize(let size): plainMessage(of: size, in: &probe)
    case .mended(let mend):
      probe.envelope.mend.append(mend)
      // A made-up message has no trait but its lines.
      if probe.envelope.data == nil { probe.envelope.lineLength = ContentMender.lineLength }
    case .tlsOff:
      if probe.tls.tls == .implicit { throw Obstacle("the port speaks nothing but TLS") }
      probe.tls.tls = .off
      probe.tls.tlsVerify = false
      probe.tls.clienthelloSize = nil
      probe.tls.tlsRecordSize = nil
    case .tlsUnverified:
      probe.tls.tls = probe.tls.mode
      probe.tls.tlsVerify = false
    case .tlsLenient: probe.tls.tlsPriority = Knob.lenientPriority
    case .helloSize(let size):
      if probe.tls.tls == .off { throw Obstacle("TLS is off") }
      probe.tls.clienthelloSize = size
    case .recordSize(let size): probe.tls.tlsRecordSize = size
    case .helloCut:
      if probe.tls.tls == .off { throw Obstacle("TLS is off") }
      probe.tls.clienthelloSize = Knob.smallHello
      cut("200,rest", nil, in: &probe, control)
      probe.transport.splitStage = .tls
    case .patience(let time):
      probe.limits.timeout = .fixed(TimeArgument(microseconds: time))
      // A session that hardly moves would go on for as long as its message lasts.
      probe.limits.totalTimeout = probe.limits.totalTimeout.map {
        TimeArgument(microseconds: $0.microseconds + time)
      }
    case .dataCommand:
      probe.envelope.chunking = .off
      probe.envelope.chunkSize = nil
    case .nudge: probe.transport.nudge = true
    case .hops: probe.transport.hops = true
    }
  }

  /// Another segment plan, or none, for an envelope of the same bytes; at the control's own pace where
  /// `pace` gives none.
  private func cut(
    _ plan: String?, _ pace: PaceArgument?, in probe: inout ProbeCommand, _ control: Control
  ) {
    keepEnvelope(in: &probe, control)
    probe.transport.split = plan
    if pace != nil || plan == nil { probe.transport.splitDelay = pace }
    probe.transport.splitStage = .all
  }

  /// Padding to the first piece of a plan stays when the plan goes.
  private func keepEnvelope(in probe: inout ProbeCommand, _ control: Control) {
    probe.envelope.pad = false
    guard let envelope = control.trace.envelope, envelope.padding > 0 else { return }
    probe.envelope.envelopeSize = envelope.size
  }

  private func plainMessage(of size: Int, in probe: inout ProbeCommand) {
    probe.envelope.data = nil
    probe.envelope.mend = []
    probe.envelope.messageSize = size
    probe.envelope.lineLength = ContentMender.lineLength
  }
}

/// Why a knob cannot be turned.
struct Obstacle: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

extension Knob {
  /// Every version and cipher that GnuTLS still has.
  static let lenientPriority = "LEGACY:+VERS-ALL:%COMPAT"

  /// What one types behind the words of the control for this variant, as far as options say it.
  var words: [String] {
    switch self {
    case .pipeliningOff: ["--pipelining", "off"]
    case .wholeCommands: ["--split", "command"]
    case .cutBetweenCRLF: ["--split", "crlf"]
    case .cutInsideCommand(let size): ["--split", "\(size),rest", "--split-stage", "envelope"]
    case .cutInsideContent(let size): ["--split", "\(size),rest", "--split-stage", "data"]
    case .cutAtEndOfData(let place): ["--split", "dot:\(place)"]
    case .cutAt(let size): ["--split", String(size)]
    case .stopAndWait(let size): ["--split", String(size), "--split-delay", "ack"]
    case .envelopeSize(let size), .largerEnvelope(let size): ["--envelope-size", String(size)]
    case .ignoredKeyword(let keyword): ["--ignore-keyword", keyword]
    case .fastOpenOff: ["--fast-open", "off"]
    case .noDelay: ["--nodelay"]
    case .segmentSize(let size): ["--mss", String(size)]
    case .fragmentation: ["--pmtu-discovery", "dont"]
    case .keepalive: ["--keepalive", "1"]
    case .ipv4: ["-4"]
    case .ipv6: ["-6"]
    case .messageSize(let size): ["--message-size", String(size)]
    case .mended(let mend): ["--mend", mend.rawValue]
    case .tlsOff: ["--tls", "off"]
    case .tlsLenient: ["--tls-priority", Self.lenientPriority]
    case .helloSize(let size): ["--clienthello-size", String(size)]
    case .recordSize(let size): ["--tls-record-size", String(size)]
    case .helloCut:
      [
        "--clienthello-size", String(Self.smallHello), "--split", "200,rest", "--split-stage",
        "tls",
      ]
    case .patience(let time): ["--timeout", "\(time)us"]
    case .dataCommand: ["--chunking", "off"]
    case .nudge: ["--nudge"]
    case .hops: ["--hops"]
    case .uncut, .bareEnvelope, .recipients, .recipientAlone, .noPregreet, .address, .plainMessage,
      .tlsUnverified, .anyPort:
      []
    }
  }
}
