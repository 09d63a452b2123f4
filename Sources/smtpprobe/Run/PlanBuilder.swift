import ArgumentParser
import Lab
import Probe
import SMTPDialogue
import SessionTrace
import TLSEngine
import Wire

/// From options to a plan: every default is decided here, and every decision is shown in the report.
struct PlanBuilder {
  let target: TargetArgument
  let envelope: EnvelopeOptions
  let transport: TransportOptions
  let tls: TLSOptions
  let limits: LimitOptions
  /// Where the fixture is found, when the target is one.
  let labAddress: LabAddress?
  /// What `--data -` reads; `nil` for this process's standard input.
  let standardInput: [UInt8]?

  /// The plan; throws what the user must mend.
  func plan() throws -> SessionPlan {
    let envelope = try checkedEnvelope()
    let message = try messageSource(for: envelope)
    var plan = SessionPlan(
      target: targetPlan, dialogue: try dialoguePlan(envelope, message: message))
    plan.family = transport.ipv4 ? .ipv4 : transport.ipv6 ? .ipv6 : .any
    plan.socket = socketOptions(hello: plan.dialogue.helloFlight)
    plan.content = message?.make
    plan.segmentation = transport.segmentation
    plan.tls = try checkedTLS()
    plan.timeouts = timeouts
    plan.nudges = transport.nudge
    plan.countsHops = transport.hops
    plan.arguments = CommandLine.arguments.map { escapedText($0.utf8) }
    plan.options = effectiveOptions
    return plan
  }

  // MARK: - Target

  var port: Int {
    transport.port ?? target.port ?? (tls.tls == .implicit ? 465 : 25)
  }

  private var targetPlan: TargetPlan {
    let place: TargetPlan.Place
    var port = self.port
    switch target.place {
    case .host(let name): place = .host(name)
    case .mailDomain(let domain):
      place = transport.server.map { .host($0) } ?? .mailDomain(domain)
    case .unix(let path): place = .unix(path: path)
    case .lab:
      if case .ip(let address, let chosen)? = labAddress?.endpoint {
        let server = labAddress?.domain.map { .mailDomain($0) } ?? TargetPlan.Place.host(address)
        place = transport.server.map { .host($0) } ?? server
        port = chosen
      } else {
        place = .host("127.0.0.1")
      }
    }
    return TargetPlan(
      given: target.given, place: place, port: port,
      nameServer: transport.resolver?.endpoint ?? labAddress?.nameServer)
  }

  /// TLS from the first byte: asked for, or by the meaning of the port (RFC 8314 section 3.3).
  var tlsMode: TLSMode {
    tls.tls == .auto && port == 465 && labAddress == nil ? .implicit : tls.mode
  }

  // MARK: - Dialogue

  private func checkedEnvelope() throws -> Envelope {
    do {
      return try Envelope(sender: sender, recipients: recipients)
    } catch {
      throw ValidationError(error.description)
    }
  }

  private func dialoguePlan(_ envelope: Envelope, message: MessageSource?) throws -> DialoguePlan {
    var plan: DialoguePlan
    do {
      plan = try DialoguePlan(ehloName: ehloName, envelope: envelope)
    } catch {
      throw ValidationError(error.description)
    }
    plan.pipelining = self.envelope.pipelining
    plan.tls = tlsMode
    plan.stop = self.envelope.quitAfter.flatMap { StopPoint(word: $0) }
    plan.pregreet = self.envelope.pregreet || transport.fastOpen == .data
    plan.ignoredKeywords = self.envelope.ignoreKeyword
    plan.message = message.map {
      MessagePlan(size: $0.size, lacksLineEnd: $0.lacksLineEnd, hasEightBit: $0.hasEightBit)
    }
    plan.chunking = try checkedChunking(of: plan.message)
    plan.padding = PaddingPlan(target: self.envelope.envelopeSize, minimum: paddingMinimum)
    if let size = self.envelope.envelopeSize {
      let smallest = Rehearsal.smallestEnvelope(of: plan, assuming: Capabilities())
      guard size >= smallest else {
        throw ValidationError(
          EnvelopeError.sizeTooSmall(asked: size, smallest: smallest).description + ".")
      }
    }
    return plan
  }

  /// Each chunk is a line of the report: what makes more of them than anybody reads is a slip.
  private func checkedChunking(of message: MessagePlan?) throws -> ChunkingPlan {
    let chunking = envelope.chunkingPlan
    if let count = message?.exactSize.map(chunking.count), count > Self.mostChunks {
      throw ValidationError(
        "--chunk-size \(chunking.size ?? 0) makes \(count) chunks of this message: at most"
          + " \(Self.mostChunks).")
    }
    return chunking
  }

  private static let mostChunks = 10_000

  /// The first piece of a size plan, unless the plan leaves envelopes alone or padding is off.
  private var paddingMinimum: Int? {
    guard envelope.pad, envelope.envelopeSize == nil, let segmentation = transport.segmentation,
      segmentation.applies(to: .mail)
    else { return nil }
    return segmentation.plan.firstSize
  }

  var ehloName: String {
    envelope.ehlo ?? HostFacts.sysctls(["kernel.hostname"]).values.first ?? "localhost"
  }

  private var sender: [UInt8] {
    let bare = envelope.from.hasPrefix("<") && envelope.from.hasSuffix(">")
    return Array(bare ? String(envelope.from.dropFirst().dropLast()) : envelope.from).flatMap {
      Array($0.utf8)
    }
  }

  var recipients: [[UInt8]] {
    let given = envelope.to.flatMap { $0.split(separator: ",") }.map { Array($0.utf8) }
    if !given.isEmpty { return given }
    if let recipient = target.recipient { return [Array(recipient.utf8)] }
    if let domain = mailDomain { return [Array("postmaster@\(domain)".utf8)] }
    return [Array("postmaster".utf8)]
  }

  /// The domain that mail is for, where the target has one.
  private var mailDomain: String? {
    if case .mailDomain(let domain) = target.place { domain } else { labAddress?.domain }
  }

  private func messageSource(for checked: Envelope) throws -> MessageSource? {
    if let size = envelope.messageSize {
      return MessageSource(
        ContentGenerator(
          size: size, lineLength: envelope.lineLength, envelope: checked, ehloName: ehloName))
    }
    return try envelope.data.map {
      try MessageSource(
        file: $0, standardInput: standardInput, mends: Set(envelope.mend))
    }
  }

  // MARK: - Wire

  private func socketOptions(hello: Flight) -> SocketOptions {
    var options = SocketOptions()
    options.noDelay = transport.nodelay
    options.maximumSegmentSize = transport.mss
    options.receiveBuffer = transport.rcvbuf
    options.sendBuffer = transport.sndbuf
    options.pathMTUDiscovery = transport.pmtuDiscovery
    options.localAddress = transport.localAddress
    options.localPort = transport.localPort
    options.keepAlive = transport.keepalive
    switch transport.fastOpen {
    case .off: options.fastOpen = .off
    case .cookie: options.fastOpen = .cookie
    case .data: options.fastOpen = .data(hello.bytes)
    }
    return options
  }

  /// Tried out now: a priority string that does not parse must not wait for a handshake.
  private func checkedTLS() throws -> ClientConfiguration {
    let configuration = tlsConfiguration
    do {
      _ = try TLSSession(client: configuration)
    } catch {
      throw ExitMessage(status: .usage, text: "cannot \(error.operation): \(error.text)")
    }
    return configuration
  }

  private var tlsConfiguration: ClientConfiguration {
    var configuration = ClientConfiguration(trustFile: tls.tlsCAPath)
    if let name = tls.tlsSni {
      configuration.serverName = name
      configuration.verifyName = name
    } else if case .host(let host) = target.place, !isAddress(host) {
      configuration.serverName = host
    }
    configuration.priority = tls.tlsPriority
    configuration.requireVerified = tls.tlsVerify
    configuration.helloSize = tls.clienthelloSize
    configuration.recordSize = tls.tlsRecordSize
    return configuration
  }

  /// SNI carries names only (RFC 6066 section 3).
  private func isAddress(_ host: String) -> Bool {
    host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
  }

  private var timeouts: Timeouts {
    var timeouts = Timeouts()
    switch limits.timeout {
    case .fixed(let time): timeouts.reply = .fixed(time.microseconds)
    case .rfc5321: timeouts.reply = .rfc5321
    }
    timeouts.connect = limits.connectTimeout.microseconds
    timeouts.total = limits.totalTimeout?.microseconds
    return timeouts
  }
}
