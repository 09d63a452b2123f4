import Diagnosis
import SessionOptions
import SessionTrace
import SMTPDialogue

/// A session of an investigation as a made-up server sees it: the control's, with one thing varied.
struct PlayedSession {
  var variation: Variation?
  var envelope = EnvelopeRecord(
    size: 513, sender: "", recipientCommands: 22, recipients: 1, padding: 471, pipelined: true)
  /// Numbers of the recipients that RCPT names, from 1; padding repeats the first.
  var recipients = Array(repeating: 1, count: 22)
  var message: MessageTraits?
  var address = "192.0.2.25"
  var mailText = "MAIL FROM:<>"
  var patience: Microseconds = .seconds(1)
  /// The largest segment, bytes.
  var segmentSize = 1_448
  /// The largest piece that is handed over, where all is cut.
  var pieceSize = Int.max
  /// Bytes of EHLO.
  var ehloSize = 20
  /// Where a piece of so many bytes is cut off.
  var cut = Cut.nowhere
  var isUnderTLS = false
  /// Bytes of a ClientHello; `nil` where TLS is off.
  var helloSize: Int?
  /// Whether the message goes by BDAT.
  var isChunked = false
  var options: [String: OptionValue] = [:]
  /// What else its user asks for, as a server can see it.
  var asked = SessionOptions()
  /// Whether the server says SYN-ACK over and over while it says nothing else.
  var repeatsHandshake = false
  var capabilities = ["PIPELINING", "SIZE 1000000"]

  enum Cut: Equatable {
    case nowhere, inEnd, inContent(Int), inCommand(Int), inHello, atCommands, inLineEnds
  }

  var isPipelined: Bool { envelope.pipelined }
  /// The longest segment of the envelope, bytes.
  var longestSegment: Int { isPipelined ? longest(of: envelope.size) : 40 }
  /// The longest segment of the ClientHello, bytes.
  var longestHelloSegment: Int { longest(of: helloSize ?? 0) }
  /// The longest segment of EHLO, bytes.
  var longestGreeting: Int { longest(of: ehloSize) }

  private func longest(of size: Int) -> Int { min(size, segmentSize, pieceSize) }

  /// Segments of the ClientHello.
  var helloSegments: Int {
    guard let helloSize else { return 0 }
    return (helloSize + segmentSize - 1) / segmentSize + (cut == .inHello ? 1 : 0)
  }

  /// The session that the variation makes of it: what becomes of its options is the variation's own doing.
  func varied(_ variation: Variation?) -> PlayedSession {
    guard let variation, let options = options(variedBy: variation) else { return self }
    var session = self
    session.variation = variation
    session.asked = options
    if options.tls == .implicit { session.isUnderTLS = true }
    if options.pipelining == .off { session.envelope.pipelined = false }
    if let size = options.envelopeSize { session.envelope.size = size }
    if options.to != given.to { session.setRecipients(options.to.compactMap { Int($0) }) }
    if variation == .bareEnvelope {
      session.envelope.size = 42
      session.envelope.padding = 0
    }
    if !options.ignoreKeyword.isEmpty { session.mailText = "MAIL FROM:<>" }
    if given.pregreet, !options.pregreet { session.options["pregreet"] = .flag(false) }
    if options.socket.fastOpen == .off { session.options["fast_open"] = .text("off") }
    if let size = options.socket.maximumSegmentSize { session.segmentSize = size }
    if let cut = Cut(options), cut != self.cut { session.setCut(cut) }
    if options.splitStage == .all, let size = options.split?.firstSize { session.pieceSize = size }
    if let name = options.ehlo { session.ehloSize = name.utf8.count + 7 }
    if let size = options.messageSize { session.setMessage(size: size) }
    options.mend.forEach { session.mend($0) }
    if options.tls == .off { (session.isUnderTLS, session.helloSize) = (false, nil) }
    if let size = options.clienthelloSize { session.helloSize = size }
    session.isChunked = options.chunkingMode == .on
    if let wait = variation.wait { session.patience = wait }
    return session
  }

  /// What is known of it before its first session.
  var subject: Subject { Subject(message: message, patience: patience, given: asked) }

  /// What its user would have asked for.
  private var given: SessionOptions {
    var given = asked
    given.to = recipients.map(String.init)
    given.pregreet = options["pregreet"] == .flag(true)
    given.socket.fastOpen = options["fast_open"] == .text("data") ? .data : .cookie
    given.chunking = isChunked ? .on : nil
    return given
  }

  private func options(variedBy variation: Variation) -> SessionOptions? {
    var trace = trace(.served)
    trace.options["to"] = .text(given.to.joined(separator: ","))
    let control = Control(
      trace: trace, verdict: verdict(of: trace), subject: subject)
    var varied = given
    varied.split = cut.plan
    varied.splitStage = cut.stage
    do { try variation.change(&varied, beside: control) } catch { return nil }
    // Padding that only stays as it was is no other size.
    if varied.envelopeSize == envelope.size { varied.envelopeSize = nil }
    return varied
  }

  mutating func setCut(_ cut: Cut) {
    self.cut = cut
    options["split"] = cut == .nowhere ? .some(.none) : .text("plan")
  }

  private mutating func setRecipients(_ recipients: [Int]) {
    self.recipients = recipients
    envelope.recipientCommands = recipients.count
    envelope.recipients = Set(recipients).count
  }

  private mutating func setMessage(size: Int) {
    message = .of(String(repeating: "x", count: 70) + "\r\n", size: size)
    if mailText.contains("SIZE=") { mailText = "MAIL FROM:<> SIZE=\(size)" }
  }

  private mutating func mend(_ mend: MessageMend) {
    guard let message else { return }
    switch mend {
    case .zeros, .eightBit: setMessage(size: message.size)
    // Line ends take room of their own.
    case .longLines, .lineEnds: setMessage(size: message.size + 40)
    case .lastLine: setMessage(size: message.size + 2)
    }
  }
}

extension PlayedSession.Cut {
  /// Where the plan cuts; `nil` for one that a made-up server does not tell from others.
  fileprivate init?(_ options: SessionOptions) {
    guard let plan = options.split else {
      self = .nowhere
      return
    }
    switch (plan, options.splitStage) {
    case (.command, _): self = .atCommands
    case (.crlf, _): self = .inLineEnds
    case (.endOfData, _): self = .inEnd
    case (.sizes, .tls): self = .inHello
    case (.sizes, .data): self = .inContent(plan.firstSize ?? 0)
    case (.sizes, .envelope): self = .inCommand(plan.firstSize ?? 0)
    case (.sizes, .all): return nil
    }
  }

  fileprivate var plan: SegmentPlan? {
    switch self {
    case .nowhere: nil
    case .atCommands: .command
    case .inLineEnds: .crlf
    case .inEnd: .endOfData(2)
    case .inHello: .sizes([.bytes(200), .rest])
    case .inContent(let size), .inCommand(let size): .sizes([.bytes(size), .rest])
    }
  }

  fileprivate var stage: Segmentation.Scope {
    switch self {
    case .inHello: .tls
    case .inContent: .data
    case .inCommand: .envelope
    case .nowhere, .atCommands, .inLineEnds, .inEnd: .all
    }
  }
}

/// What becomes of a session at a made-up server.
enum PlayedEnd {
  case served
  /// Nobody takes the connection.
  case unreachable
  /// Everything is acknowledged, and nothing is answered from there on.
  case silent(Stage)
  /// The same, and not acknowledged either.
  case lost(Stage)
  case closed(Stage)
  case resetAt(Stage)
  /// These RCPT commands, from 1, are answered with that; the others are accepted.
  case putOff([Int], Int, String)
  /// The connection ends when so many recipients were accepted.
  case closedAfter(Int)
  /// Nothing is said any more when so many recipients were accepted.
  case silentAfter(Int)
  /// Behind so long a silence the connection is reset.
  case forgotten(Microseconds)
  case refused(Stage, Int)
  /// The same, and silence to what left with it.
  case refusedThenSilent(Stage, Int)
  /// The server ends the handshake with an alert.
  case alerted
  /// Each reply to a command of the envelope takes so long, by stage; those that take too long stall.
  case paced([Stage: Microseconds])
  /// The server has waited long enough for what it never saw.
  case givenUp(Stage, after: Microseconds, words: Bool)
  /// The greeting comes after so long.
  case greetedAfter(Microseconds)
  /// The end of the message is answered with that code after so long.
  case endAnswered(Int, after: Microseconds)
  /// The reply has a code that the command cannot have.
  case outOfStep(Stage, surplus: Bool)
}

extension MessageTraits {
  /// So many bytes of the same text over and over.
  static func of(_ text: String, size: Int) -> MessageTraits {
    var traits = MessageTraits()
    let bytes = Array(text.utf8)
    traits.read((0..<size).map { bytes[$0 % bytes.count] })
    return traits
  }
}
