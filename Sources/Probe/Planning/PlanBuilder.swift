package import Authentication
import SMTPDialogue
package import SessionOptions
package import SessionTrace
import TLSEngine
package import Wire

/// From options to a plan: every default is decided here, and every decision is shown in the report.
package struct PlanBuilder: Sendable {
  let target: Target
  /// As given.
  let options: SessionOptions
  /// Where the fixture is found, when the target is one.
  let place: ServerPlace?
  /// What `--data -` reads; `nil` for this process's standard input.
  let standardInput: [UInt8]?
  /// For `--auth`; `nil` where nobody asks for it.
  let credentials: Credentials?
  let trials: TLSTrials
  private let recipientFile: RecipientFile

  /// A builder of sessions with these options at `target`.
  package init(
    target: Target, options: SessionOptions, place: ServerPlace? = nil,
    standardInput: [UInt8]? = nil, credentials: Credentials? = nil, trials: TLSTrials = TLSTrials(),
    recipientFile: RecipientFile = RecipientFile()
  ) {
    self.target = target
    self.options = options
    self.place = place
    self.standardInput = standardInput
    self.credentials = credentials
    self.trials = trials
    self.recipientFile = recipientFile
  }

  /// The plan; throws what the user must mend. `arguments` are the words that its report will have; without
  /// them nobody has asked for a report yet, and ``describe(_:arguments:)`` says later how it was asked for.
  package func plan(arguments: [String]?) throws(PlanError) -> SessionPlan {
    try checkOptions()
    let effective = effective
    let envelope = try checkedEnvelope(effective)
    let message = try messageSource(for: envelope, effective)
    var plan = SessionPlan(
      target: try targetPlan(effective),
      dialogue: try dialoguePlan(envelope, message: message, effective))
    plan.family = options.family
    plan.socket = options.socket
    if options.socket.fastOpen == .data { plan.socket.firstBytes = plan.dialogue.helloFlight.bytes }
    plan.content = message?.make
    plan.segmentation = options.segmentation
    plan.proxy = try checkedProxy()
    plan.halfCloses = options.halfClose
    plan.tls = try checkedTLS(isNeeded: effective.tls == .require || effective.tls == .implicit)
    plan.policy = try policyQuestion(plan)
    plan.dane = try checkedDANE(asking: plan.target.nameServer)
    if let choice = options.authChoice, let credentials {
      plan.authentication = AuthenticationSetup(
        choice: choice, credentials: credentials,
        isServerOnThisHost: place != nil || target.isOnThisHost)
    }
    plan.timeouts = options.timeouts
    plan.nudges = options.nudge
    plan.countsHops = options.hops
    if let arguments {
      plan.arguments = shown(arguments).map { escapedText($0.utf8) }
      plan.options = effective.recorded
    } else {
      // Those of them that a verdict asks for.
      if options.lmtp, let key = OptionRow.lmtp.key { plan.options[key] = .flag(true) }
      if options.messages > 1, let key = OptionRow.messages.key {
        plan.options[key] = .number(options.messages)
      }
    }
    return plan
  }

  /// Writes down how the session was asked for, where its plan did not.
  package func describe(_ trace: inout Trace, arguments: [String]) {
    trace.arguments = shown(arguments).map { escapedText($0.utf8) }
    trace.options = effective.recorded
  }

  /// Whether these options can be had together, and recipients in a file be read.
  func checkOptions() throws(PlanError) {
    do { try options.check() } catch { throw PlanError(.usage, error.description) }
    if let path = options.toFile { _ = try recipientFile.recipients(at: path) }
  }

  /// The words of a command line as reports show them: whoever's envelope goes by other names is not told of by
  /// the options. TARGET stays what it is; it says where the session went.
  package func shown(_ arguments: [String]) -> [String] {
    guard options.anonymizeEnvelope else { return arguments }
    let pseudonyms = pseudonyms
    return arguments.map { $0 == target.given ? $0 : pseudonyms.replacing(in: $0) }
  }

  /// Other names for everybody in the envelope and in its parameters.
  private var pseudonyms: EnvelopePseudonyms {
    let parameters = (options.mailParam + options.rcptParam).compactMap(\.mailbox)
    return EnvelopePseudonyms(of: [bareMailbox(options.from)] + recipients + parameters)
  }

  /// Those given, those of the file, or the usual one.
  var recipients: [String] {
    if !options.to.isEmpty { return options.to }
    return options.toFile.flatMap(recipientFile.known) ?? [usualRecipient]
  }

  /// The options in force, with the defaults that depend on target and host.
  package var effective: SessionOptions {
    var effective = options
    // RFC 2033 section 5 keeps LMTP off port 25; Postfix speaks it to 24.
    let usualPort = options.lmtp ? 24 : options.tls == .implicit ? 465 : 25
    let port = options.port ?? options.server?.port ?? target.port ?? usualPort
    effective.port = port
    // TLS from the first byte: asked for, or by the meaning of the port (RFC 8314 section 3.3).
    if options.tls == .auto && port == 465 && place == nil { effective.tls = .implicit }
    // What has left before the greeting leaves no room for STARTTLS.
    if effective.tls == .auto, options.pipelining == .early { effective.tls = .off }
    // What is to be verified has to be there.
    if effective.tls == .auto, options.tlsVerify || !options.tlsFingerprint.isEmpty {
      effective.tls = .require
    }
    effective.ehlo =
      options.ehlo ?? HostFacts.hostName() ?? "localhost"
    effective.to = recipients
    if options.anonymizeEnvelope {
      let pseudonyms = pseudonyms
      effective.from = pseudonyms[bareMailbox(options.from)]
      effective.to = effective.to.map { pseudonyms[$0] }
      effective.mailParam = effective.mailParam.map { $0.with(pseudonyms) }
      effective.rcptParam = effective.rcptParam.map { $0.with(pseudonyms) }
    }
    if let resolver = options.resolver, resolver.port == nil { effective.resolver?.port = 53 }
    return effective
  }

  private var usualRecipient: String {
    if let recipient = target.recipient { return recipient }
    let domain: String? =
      if case .mailDomain(let domain) = target.place { domain } else { place?.domain }
    return domain.map { "postmaster@\($0)" } ?? "postmaster"
  }

  // MARK: - Dialogue

  private func checkedEnvelope(_ effective: SessionOptions) throws(PlanError) -> Envelope {
    let sender = try inUnicode(Array(bareMailbox(effective.from).utf8))
    var recipients: [[UInt8]] = []
    for recipient in effective.to { recipients.append(try inUnicode(Array(recipient.utf8))) }
    do throws(EnvelopeError) {
      return try Envelope(sender: sender, recipients: recipients)
    } catch {
      throw PlanError(.usage, error.description)
    }
  }

  /// The same with domains as name servers know them, behind local parts that are ASCII; `nil` where there is
  /// nothing to change.
  ///
  /// A local part that is not needs SMTPUTF8 whatever its domain is called (RFC 6531 section 3.2).
  private func envelopeInASCII(_ envelope: Envelope) throws(PlanError) -> Envelope? {
    guard envelope.hasNonASCII else { return nil }
    func inASCII(_ address: [UInt8]) throws(PlanError) -> [UInt8] {
      let at = placeOfDomain(in: address)
      guard !address[..<at].contains(where: { $0 > 0x7F }) else { return address }
      return address[..<at]
        + Array(try self.inASCII(String(decoding: address[at...], as: UTF8.self)).utf8)
    }
    let sender = try inASCII(envelope.sender)
    var recipients: [[UInt8]] = []
    for recipient in envelope.recipients { recipients.append(try inASCII(recipient)) }
    guard sender != envelope.sender || recipients != envelope.recipients else { return nil }
    do throws(EnvelopeError) {
      return try Envelope(sender: sender, recipients: recipients)
    } catch {
      throw PlanError(.usage, error.description)
    }
  }

  /// The address with a domain in Unicode as its labels are registered, and not as they may be typed.
  private func inUnicode(_ address: [UInt8]) throws(PlanError) -> [UInt8] {
    let at = placeOfDomain(in: address)
    let domain = String(decoding: address[at...], as: UTF8.self)
    do throws(DomainNameError) {
      return address[..<at] + Array(try domainInUnicode(domain).utf8)
    } catch {
      throw PlanError(.usage, "\(domain): no name of a domain: \(error.text)")
    }
  }

  private func placeOfDomain(in address: [UInt8]) -> Int {
    address.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? address.count
  }

  private func dialoguePlan(
    _ envelope: Envelope, message: MessageSource?, _ effective: SessionOptions
  ) throws(PlanError) -> DialoguePlan {
    var plan: DialoguePlan
    let ehloName = try inASCII(effective.ehlo ?? "localhost")
    do throws(EnvelopeError) {
      plan = try DialoguePlan(ehloName: ehloName, envelope: envelope)
    } catch {
      throw PlanError(.usage, error.description)
    }
    plan.envelopeInASCII = try envelopeInASCII(envelope)
    plan.pipelining = options.pipelining
    plan.tls = effective.tls
    plan.authentication = options.authChoice.map { _ in
      AuthenticationPlan(isOptional: options.authOptional)
    }
    plan.stop = options.stop
    plan.isLMTP = options.lmtp
    plan.saysHELO = options.heloFirst
    plan.quitsEarly = options.earlyQuit
    plan.dropsAtEnd = options.dropAfter != nil
    plan.pregreet = options.talksEarly
    plan.messages = options.messages
    plan.resetsBetween = options.rset
    plan.wantsPRDR = options.prdr
    plan.clientAttributes = options.xclient
    plan.mailParameters = effective.mailParam
    plan.recipientParameters = effective.rcptParam
    plan.ignoredKeywords = options.ignoreKeyword
    plan.message = message?.plan
    plan.chunking = try checkedChunking(of: plan.message)
    plan.padding = PaddingPlan(target: options.envelopeSize, minimum: paddingMinimum)
    if let size = options.envelopeSize {
      let smallest = Rehearsal.smallestEnvelope(of: plan, assuming: Capabilities())
      guard size >= smallest else {
        throw PlanError(
          .usage, EnvelopeError.sizeTooSmall(asked: size, smallest: smallest).description)
      }
    }
    return plan
  }

  /// Each chunk is a line of the report: what makes more of them than anybody reads is a slip.
  private func checkedChunking(of message: MessagePlan?) throws(PlanError) -> ChunkingPlan {
    let chunking = ChunkingPlan(mode: options.chunkingMode, size: options.chunkSize)
    if let count = message?.exactSize.map(chunking.count), count > Self.mostChunks {
      throw PlanError(
        .usage,
        "--chunk-size \(chunking.size ?? 0) makes \(count) chunks of this message: at most"
          + " \(Self.mostChunks)")
    }
    return chunking
  }

  private static let mostChunks = 10_000

  /// The first piece of a size plan, unless the plan leaves envelopes alone or padding is off.
  private var paddingMinimum: Int? {
    guard options.pad, options.envelopeSize == nil, let segmentation = options.segmentation,
      segmentation.applies(to: .mail)
    else { return nil }
    return segmentation.plan.firstSize
  }

  private func messageSource(
    for envelope: Envelope, _ effective: SessionOptions
  ) throws(PlanError) -> MessageSource? {
    if let size = options.messageSize {
      return try MessageSource(
        ContentGenerator(
          size: size, lineLength: options.lineLength, envelope: envelope,
          ehloName: inASCII(effective.ehlo ?? "localhost")),
        mends: Set(options.mend).intersection([.lastLine]))
    }
    guard let path = options.data else {
      guard options.messages == 1 else {
        throw PlanError(.usage, "--messages needs a message: give --message-size or --data")
      }
      return nil
    }
    if options.messages > 1, standardInput == nil, path == "-" || InputFile.isReadOnce(path: path) {
      throw PlanError(
        .usage, "--data \(path) can be read once: with --messages name a file that stays")
    }
    return try MessageSource(
      file: path, standardInput: standardInput, mends: Set(options.mend))
  }

  /// Addresses in numbers: the header carries nothing else.
  private func checkedProxy() throws(PlanError) -> ProxyHeader? {
    guard let proxy = options.proxy else { return nil }
    guard proxy.isUsable else {
      throw PlanError(
        .usage, "--proxy \(proxy.optionText): give addresses in numbers, each with its port")
    }
    return proxy
  }
}
