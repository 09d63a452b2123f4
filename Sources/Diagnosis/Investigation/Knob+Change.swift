import SMTPDialogue
package import SessionOptions
import SessionTrace

/// Why a session cannot be varied: a sentence without a full stop.
package struct Obstacle: Error, Sendable, CustomStringConvertible {
  package let description: String

  /// An obstacle in words.
  package init(_ description: String) { self.description = description }
}

extension Knob {
  /// The change that it makes to the options of the control.
  package func change(
    _ options: inout SessionOptions, beside control: Control
  ) throws(Obstacle) {
    try options.change { (options) throws(Obstacle) in
      try turn(&options, control)
    }
  }

  private func turn(_ options: inout SessionOptions, _ control: Control) throws(Obstacle) {
    switch self {
    case .pipeliningOff:
      options.keepEnvelope(of: control)
      options.pipelining = .off
    case .wholeCommands: options.cut(.command, beside: control)
    case .uncut: options.cut(nil, beside: control)
    case .cutBetweenCRLF: options.cut(.crlf, beside: control)
    case .cutInsideCommand(let size):
      options.cut(.sizes([.bytes(size), .rest]), beside: control)
      options.splitStage = .envelope
    case .cutInsideContent(let size):
      options.cut(.sizes([.bytes(size), .rest]), beside: control)
      options.splitStage = .data
    case .cutAtEndOfData(let place): options.cut(.endOfData(place), beside: control)
    case .cutAt(let size): options.cut(.sizes([.bytes(size)]), beside: control)
    case .stopAndWait(let size):
      options.cut(.sizes([.bytes(size)]), .acknowledged, beside: control)
    case .envelopeSize(let size):
      // A plan of one piece goes along; any other stays, or two things would differ.
      if options.split == control.trace.envelope.map({ .sizes([.bytes($0.size)]) }) {
        options.split = .sizes([.bytes(size)])
      }
      options.envelopeSize = size
    case .largerEnvelope(let size):
      options.cut(nil, beside: control)
      options.envelopeSize = size
    case .bareEnvelope:
      options.cut(nil, beside: control)
      options.envelopeSize = nil
      options.to = Array(options.to.prefix(1))
    case .recipients(let number):
      let all = control.recipientsInForce
      options.to = (0..<number).map { all[$0 % all.count] }
      options.envelopeSize = nil
      options.pad = false
    case .recipientAlone(let place):
      let all = control.recipientsInForce
      options.to = [all[(place - 1) % all.count]]
      options.envelopeSize = nil
      options.pad = false
    case .ignoredKeyword(let keyword): options.ignoreKeyword.append(keyword)
    case .noPregreet:
      options.pregreet = false
      if options.socket.fastOpen == .data { options.socket.fastOpen = .cookie }
    case .fastOpenOff: options.socket.fastOpen = .off
    case .noDelay: options.socket.noDelay = true
    case .segmentSize(let size): options.socket.maximumSegmentSize = size
    case .fragmentation: options.socket.pathMTUDiscovery = .dont
    case .keepalive: options.socket.keepAlive = 1
    case .ipv4: options.family = .ipv4
    case .ipv6: options.family = .ipv6
    case .anyPort: options.socket.localPort = nil
    case .address(let address):
      guard let server = Target(address) else { throw Obstacle("\(address) is no address") }
      options.server = server
    case .plainMessage: options.sendPlainMessage(of: control.subject.message?.size ?? 1_024)
    case .messageSize(let size): options.sendPlainMessage(of: size)
    case .mended(let mend):
      options.mend.append(mend)
      // A made-up message has no trait but its lines.
      if options.data == nil { options.lineLength = ContentMender.lineLength }
    case .tlsOff:
      if control.trace.options["tls"] == .text(TLSMode.implicit.rawValue) {
        throw Obstacle("the port speaks nothing but TLS")
      }
      options.tls = .off
    case .tlsUnverified:
      if options.tlsVerify, options.tls == .auto { options.tls = .require }
      options.tlsVerify = false
    case .tlsLenient: options.tlsPriority = Knob.lenientPriority
    case .helloSize(let size):
      if options.tls == .off { throw Obstacle("TLS is off") }
      options.clienthelloSize = size
    case .recordSize(let size):
      if options.tls == .off { throw Obstacle("TLS is off") }
      options.tlsRecordSize = size
    case .helloCut:
      if options.tls == .off { throw Obstacle("TLS is off") }
      options.clienthelloSize = Knob.smallHello
      options.cut(.sizes([.bytes(200), .rest]), beside: control)
      options.splitStage = .tls
    case .patience(let time):
      options.timeouts.reply = .fixed(time)
      // A session that hardly moves would go on for as long as its message lasts.
      options.timeouts.total = options.timeouts.total.map { $0 + time }
    case .dataCommand:
      options.chunking = nil
      options.chunkSize = nil
    case .nudge: options.nudge = true
    case .hops: options.hops = true
    }
  }

  /// Every version and cipher that GnuTLS still has.
  private static let lenientPriority = "LEGACY:+VERS-ALL:%COMPAT"
}

extension SessionOptions {
  /// Another segment plan, or none, for an envelope of the same bytes; at the control's own pace where
  /// `pace` gives none.
  fileprivate mutating func cut(
    _ plan: SegmentPlan?, _ pace: Segmentation.Pacing? = nil, beside control: Control
  ) {
    keepEnvelope(of: control)
    split = plan
    if pace != nil || plan == nil { splitDelay = pace }
    splitStage = .all
  }

  /// Padding to the first piece of a plan stays when the plan goes.
  fileprivate mutating func keepEnvelope(of control: Control) {
    pad = false
    guard let envelope = control.trace.envelope, envelope.padding > 0 else { return }
    envelopeSize = envelope.size
  }

  fileprivate mutating func sendPlainMessage(of size: Int) {
    data = nil
    mend = []
    messageSize = size
    lineLength = ContentMender.lineLength
  }
}

extension Control {
  /// The recipients in force, given or by default; never empty.
  fileprivate var recipientsInForce: [String] {
    guard case .text(let text)? = trace.option("to") else { return ["postmaster"] }
    let all = unescapedText(text).split(separator: ",").map(String.init)
    return all.isEmpty ? ["postmaster"] : all
  }
}
