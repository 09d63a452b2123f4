import Probe
import SessionOptions
import SessionTrace
import SMTPDialogue
import TLSEngine
import Wire
@testable import Simulation

/// Everything that a simulated session depends on.
struct Scenario {
  var seed = 0
  /// For each address: whether it connects; `nil` is a SYN without an answer.
  var candidates: [Bool?] = [true]
  var transport = SimulatedTransport.Settings()
  var client = TCPEnd.Settings()
  var far = TCPEnd.Settings()
  var there = SimulatedPath.Settings()
  var back = SimulatedPath.Settings()
  var server = ServerPlan()

  var pipelining = PipeliningMode.auto
  var pregreet = false
  var fastOpen = false
  var recipients = 1
  /// Message content; `nil` stops at the reply to DATA.
  var message: [UInt8]?
  var greatestChunk = 65_536
  var chunking = ChunkingPlan()
  var stop: StopPoint?
  var isLMTP = false
  var quitsEarly = false
  var dropsAtEnd = false
  var halfCloses = false
  var proxy: ProxyHeader?
  var segmentation: Segmentation?
  var replyTimeout = Microseconds.seconds(30)
  var totalTimeout: Microseconds?
  var interruptAt: Microseconds?
  var nudges = false
  var countsHops = false
  /// How far away whoever ends TCP is, and how far the address; `nil` when nobody says so.
  var hopsToEnd = 1
  var hopsToAddress: Int? = 1

  var recipientNames: [String] { (1...recipients).map { "r\($0)@example.com" } }

  /// Whether commands may leave together (RFC 2920), once EHLO was answered.
  var isPipelining: Bool {
    switch pipelining {
    case .auto: server.offersPipelining && server.ehlo == 250
    case .on, .early: true
    case .off: false
    }
  }

  /// Whether the message goes by BDAT (RFC 3030), once EHLO was answered.
  var sendsChunks: Bool {
    guard message != nil, stop == nil || stop == .dot else { return false }
    switch chunking.mode {
    case .auto, .early: return server.offersChunking && server.ehlo == 250
    case .on: return true
    case .off: return false
    }
  }

  /// Whether the first chunk leaves with the envelope.
  var sendsChunkAhead: Bool { sendsChunks && chunking.mode == .early && isPipelining }

  private var tlsMode: TLSMode {
    guard server.credentials != nil else { return .off }
    return server.offersStartTLS ? .require : .implicit
  }

  func plan() throws -> SessionPlan {
    var dialogue = try DialoguePlan(
      ehloName: "probe.example.org",
      envelope: Envelope(
        sender: Array("s@example.org".utf8), recipients: recipientNames.map { Array($0.utf8) }),
      pipelining: pipelining, tls: tlsMode, stop: stop)
    dialogue.pregreet = pregreet || fastOpen
    if let message { dialogue.message = MessagePlan(size: message.count) }
    dialogue.chunking = chunking
    dialogue.isLMTP = isLMTP
    dialogue.quitsEarly = quitsEarly
    dialogue.dropsAtEnd = dropsAtEnd
    var plan = SessionPlan(
      target: TargetPlan(given: "sim", place: .host("sim"), port: 25), dialogue: dialogue)
    // The truth is that of a client with patience.
    plan.endsCrawls = false
    if fastOpen {
      plan.socket.fastOpen = .data
      plan.socket.firstBytes = Array("EHLO probe.example.org\r\n".utf8)
    }
    if let message {
      let chunk = greatestChunk
      let random = SeededRandom(seed: seed)
      plan.content = { SimulatedContent(message, greatestChunk: chunk, random: random) }
    }
    plan.segmentation = segmentation
    if server.credentials != nil { plan.tls = ClientConfiguration(loadSystemTrust: false) }
    plan.timeouts.reply = .fixed(replyTimeout)
    plan.timeouts.connect = .seconds(10)
    plan.timeouts.total = totalTimeout
    plan.nudges = nudges
    plan.halfCloses = halfCloses
    plan.proxy = proxy
    plan.countsHops = countsHops
    return plan
  }
}

extension Scenario: CustomStringConvertible {
  var description: String {
    var words = ["seed \(seed): \(recipients) recipients, pipelining \(pipelining.rawValue)"]
    words.append(message.map { "\($0.count) bytes of content" } ?? "no content")
    if sendsChunks { words.append("chunks of \(chunking.size.map(String.init) ?? "any size")") }
    if let segmentation { words.append("split \(segmentation)") }
    if pregreet || fastOpen { words.append(fastOpen ? "fast open" : "pregreet") }
    words.append("timeout \(replyTimeout) µs")
    if let totalTimeout { words.append("in all \(totalTimeout) µs") }
    if let interruptAt { words.append("signal at \(interruptAt) µs") }
    words.append("candidates \(candidates)")
    words.append("client \(client), far \(far), there \(there), back \(back), server \(server)")
    return words.joined(separator: "; ")
  }
}
