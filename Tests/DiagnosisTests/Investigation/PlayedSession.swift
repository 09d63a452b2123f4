import Diagnosis
import SessionOptions
import SessionTrace
import SMTPDialogue

/// A session of an investigation as a made-up server sees it: the control's, with one knob turned.
struct PlayedSession {
  var knob: Knob?
  var envelope = EnvelopeRecord(
    size: 513, sender: "", recipientCommands: 22, recipients: 1, padding: 471, pipelined: true)
  /// Numbers of the recipients that RCPT names, from 1; padding repeats the first.
  var recipients = Array(repeating: 1, count: 22)
  var message: MessageTraits?
  var mailText = "MAIL FROM:<>"
  var patience: Microseconds = .seconds(1)
  /// The largest segment, bytes.
  var segmentSize = 1_448
  /// Where a piece of so many bytes is cut off.
  var cut = Cut.nowhere
  var isUnderTLS = false
  /// Bytes of a ClientHello; `nil` where TLS is off.
  var helloSize: Int?
  /// Whether the message goes by BDAT.
  var isChunked = false
  var options: [String: OptionValue] = [:]
  var capabilities = ["PIPELINING", "SIZE 1000000"]

  enum Cut: Equatable {
    case nowhere, inEnd, inContent(Int), inCommand(Int), inHello, atCommands, inLineEnds
  }

  var isPipelined: Bool { envelope.pipelined }
  /// The longest segment of the envelope, bytes.
  var longestSegment: Int { isPipelined ? min(envelope.size, segmentSize) : 40 }

  /// Segments of the ClientHello.
  var helloSegments: Int {
    guard let helloSize else { return 0 }
    return (helloSize + segmentSize - 1) / segmentSize + (cut == .inHello ? 1 : 0)
  }

  func turned(_ knob: Knob?) -> PlayedSession {
    var session = self
    session.knob = knob
    switch knob {
    case .pipeliningOff: session.envelope.pipelined = false
    case .envelopeSize(let size), .largerEnvelope(let size): session.envelope.size = size
    case .segmentSize(let size): session.segmentSize = size
    case .bareEnvelope:
      session.envelope.size = 42
      session.envelope.padding = 0
      session.setRecipients([recipients[0]])
    case .recipients(let number): session.setRecipients(Array(recipients.prefix(number)))
    case .recipientAlone(let place): session.setRecipients([recipients[place - 1]])
    case .ignoredKeyword: session.mailText = "MAIL FROM:<>"
    case .noPregreet: session.options["pregreet"] = .flag(false)
    case .fastOpenOff: session.options["fast_open"] = .text("off")
    case .uncut: session.setCut(.nowhere)
    case .cutInsideContent(let size): session.setCut(.inContent(size))
    case .cutInsideCommand(let size): session.setCut(.inCommand(size))
    case .plainMessage: session.setMessage(size: message?.size ?? 1_024)
    case .messageSize(let size): session.setMessage(size: size)
    case .mended(let mend): session.mend(mend)
    case .tlsOff: (session.isUnderTLS, session.helloSize) = (false, nil)
    case .helloSize(let size): session.helloSize = size
    case .helloCut: (session.helloSize, session.cut) = (Knob.smallHello, .inHello)
    case .wholeCommands: session.setCut(.atCommands)
    case .cutBetweenCRLF: session.setCut(.inLineEnds)
    case .dataCommand: session.isChunked = false
    case .patience(let time): session.patience = time
    default: break
    }
    return session
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
  /// The connection ends when so many recipients were accepted.
  case closedAfter(Int)
  /// Behind so long a silence the connection is reset.
  case forgotten(Microseconds)
  case refused(Stage, Int)
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
