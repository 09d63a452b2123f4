import SMTPDialogue
import SessionTrace

/// The event in the terms that the programs share.
struct LoggedEvent {
  let trace: Trace
  let verdict: Verdict

  /// What the programs met; each has its own words for it.
  enum Happening {
    /// The end of the message was answered with 2xx: what comes after it changes nothing.
    case accepted
    /// A 2xx stands where the reply to DATA is read.
    case surplusAtData(ReplyRecord)
    /// Such a reply is taken for that to the next command, and the delivery goes on, one off.
    case surplus
    case refused(ReplyRecord)
    /// Nothing more came.
    case silence
    /// FIN or RST, or TLS that breaks behind its handshake.
    case ended
    case handshakeFailed(TLSFailureRecord)
    case malformed(Violation)
    /// Clear text stood behind the reply to STARTTLS.
    case clearTextBehindStartTLS
    case unreachable
    /// Nothing that these programs have words for.
    case other
  }

  var happening: Happening {
    if trace.isMessageAccepted { return .accepted }
    switch verdict.status {
    case .ok, .interrupted, .internalError: return .other
    case .unreachable: return .unreachable
    case .rejected, .deferred, .stalled, .closed, .reset:
      // A refusal is acted upon when it comes, whatever is or is not said after it.
      if let refusal { return .refused(refusal) }
      if verdict.status == .stalled || isKernelTimeout { return .silence }
      return verdict.status == .closed || verdict.status == .reset ? .ended : .other
    case .tlsFailed:
      guard case .tlsFailed(let failure) = trace.ending else { return .other }
      return trace.tls != nil && stage != .tls ? .ended : .handshakeFailed(failure)
    case .protocolError:
      guard let violation = trace.violations.last(where: \.isFatal) else { return .other }
      switch violation.kind {
      case .malformedReply: return .malformed(violation)
      case .clearTextAfterStartTLS: return .clearTextBehindStartTLS
      case .unsolicitedReply: return surplus
      case .unexpectedCode:
        // A 2xx is no answer to DATA.
        guard let reply = trace.replies.last, reply.stage == .data, reply.wasDue,
          (200..<300).contains(reply.code)
        else { return .other }
        return .surplusAtData(reply)
      case .mixedCodes, .bareLineFeed, .bareCarriageReturn, .longReplyLine,
        .endlessReply, .nulInReply, .eightBitInReply, .startTLSOfferedInTLS, .badChallenge,
        .unprovenServer:
        return .other
      }
    }
  }

  /// Where the programs would say that they were.
  ///
  /// They listen when all of the content is handed to the kernel, and stand at the end of data from then
  /// on, however little of it has left.
  var stage: Stage {
    guard verdict.stage == .body, let end = trace.content?.endOfData, end <= trace.ledger.written,
      !trace.sendsChunks
    else { return verdict.stage }
    return .dot
  }

  /// Where a client that matches replies in order reads the reply: for one that nobody asked for, at the
  /// command to come.
  func place(of reply: ReplyRecord) -> Stage {
    reply.wasDue ? reply.stage : stageBehind(reply.stage) ?? reply.stage
  }

  /// `mx.example.com[192.0.2.25]`, Postfix's way; `nil` when no address was ever known, and for a UNIX
  /// socket, to which neither speaks SMTP.
  var bracketedHost: String? { internetAddress.map { "\(host)[\($0)]" } }

  /// `H=mx.example.com [192.0.2.25]`, Exim's way.
  var eximHost: String? { internetAddress.map { "H=\(host) [\($0)]" } }

  private var internetAddress: String? { trace.target.isUnixSocket ? nil : address }

  var host: String { printable(trace.target.host) }

  /// The address connected to, or the last one tried.
  var address: String? {
    (trace.target.address ?? trace.attempts.last?.address).map(printable)
  }

  /// Whether a session without TLS was out of the question.
  var requiresTLS: Bool {
    let mode = trace.option("tls")
    return mode == .text("require") || mode == .text("implicit") || trace.isBoundToTLS
  }

  /// Whether a reply was still coming in when the time was up: those whose patience is for each read
  /// would have waited on.
  var isDripping: Bool {
    trace.partialReply.map { trace.duration &- $0.lastAt < .milliseconds(500) } ?? false
  }

  var isPipelined: Bool { trace.envelope?.pipelined == true }

  /// Whether content by BDAT is what stopped or was refused.
  var isAboutChunks: Bool {
    (verdict.stage == .body || verdict.stage == .dot) && trace.sendsChunks
  }

  /// The first command of the stage that has no good reply, as it was sent.
  var decidingCommand: CommandRecord? { decidingCommand(at: stage) }

  func decidingCommand(at stage: Stage) -> CommandRecord? {
    let ofStage = trace.commands.filter { $0.stage == stage }
    if let open = ofStage.first(where: { !$0.isAnswered }) { return open }
    return ofStage.last { trace.answer(to: $0).map { $0.code >= 400 } ?? false }
  }

  /// How clients log what went wrong at the stage: the verb that was said, where it has names of its own.
  func logNames(at stage: Stage) -> LogNames? {
    decidingCommand(at: stage).flatMap { Verb(ofLine: $0.text)?.row.names }
      ?? Verb.logNames(at: stage)
  }

  /// The code and the lines of a reply as one line.
  func oneLine(_ reply: ReplyRecord, separator: String) -> String {
    reply.linesAsSent.map(printable).joined(separator: separator)
  }

  private var isKernelTimeout: Bool {
    if case .failed(let failure) = trace.ending { failure.name == "ETIMEDOUT" } else { false }
  }

  /// The reply that decided the session, or the one of the verdict's stage.
  private var refusal: ReplyRecord? {
    if let decisive = decisiveRefusal(in: trace) { return trace.replies[decisive.reply] }
    guard verdict.status == .rejected || verdict.status == .deferred else { return nil }
    return trace.replies.last { $0.stage == verdict.stage && $0.code >= 400 }
  }

  /// What the first reply that nobody asked for is to a client that matches replies in order.
  private var surplus: Happening {
    guard let reply = trace.replies.first(where: { !$0.wasDue }) else { return .other }
    // EHLO that is refused is followed by HELO.
    if reply.stage == .banner { return .surplus }
    if (400..<600).contains(reply.code) {
      switch stageBehind(reply.stage) {
      case .starttls? where !requiresTLS: return .surplus
      case .some: return .refused(reply)
      case nil: return .other
      }
    }
    guard (200..<300).contains(reply.code) else { return .other }
    if stageBehind(reply.stage) == .data { return .surplusAtData(reply) }
    return reply.stage <= .rcpt ? .surplus : .other
  }

  /// The stage of the command that comes behind the last one of that stage; `nil` where none comes before
  /// the delivery has its answer, or another reply is read there.
  private func stageBehind(_ stage: Stage) -> Stage? {
    switch stage {
    case .ehlo:
      let takesTLS = trace.tls == nil && trace.option("tls") != .text("off")
      return takesTLS && trace.offers("STARTTLS") ? .starttls : .mail
    case .mail: return .rcpt
    case .rcpt: return recipientToCome == nil ? .data : .rcpt
    case .resolve, .connect, .banner, .starttls, .tls, .auth, .data, .body, .dot, .quit: return nil
    }
  }

  /// The first command of that stage as it would have been sent, and whether in one group with others;
  /// `nil` where that is not known.
  func commandToCome(at stage: Stage) -> (text: String, isPipelined: Bool)? {
    let isPipelined = trace.offers("PIPELINING") && trace.option("pipelining") != .text("off")
    switch stage {
    case .mail:
      guard let size = declaredSize else { return nil }
      return ("MAIL FROM:<\(trace.senderInForce)>\(size)", isPipelined)
    case .rcpt:
      return recipientToCome.map { ("RCPT TO:<\($0)>", isPipelined) }
    case .data: return ("DATA", isPipelined)
    case .resolve, .connect, .banner, .ehlo, .starttls, .tls, .auth, .body, .dot, .quit: return nil
    }
  }

  /// The first recipient that RCPT has not named yet.
  private var recipientToCome: String? {
    trace.recipientsInForce.dropFirst(trace.commandCount { $0.stage == .rcpt }).first
  }

  /// ` SIZE=2000`, or nothing where no size is declared; `nil` for a message whose size is not known here.
  private var declaredSize: String? {
    guard trace.offers("SIZE") else { return "" }
    switch trace.option("message_size") {
    case .number(let size)?: return " SIZE=\(size)"
    case .text, .flag, .some(.none), nil: return trace.optionText("data") == nil ? "" : nil
    }
  }
}

extension Trace {
  /// Whether the last EHLO offered the keyword.
  func offers(_ keyword: String) -> Bool {
    capabilities.contains { $0.prefix { $0 != " " }.uppercased() == keyword }
  }
}

extension SystemFailure {
  /// What an MTA's log has of it: strerror(3), also of a time limit of ours, whose text says how long it was.
  var wordsInLog: String { name == "ETIMEDOUT" ? "Connection timed out" : printable(text) }
}
