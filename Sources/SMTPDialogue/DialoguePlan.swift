package import SessionOptions

/// Everything a session's dialogue is told before it begins.
package struct DialoguePlan: Equatable, Sendable {
  /// What EHLO and HELO call us: a domain, or an address literal in brackets.
  package let ehloName: String
  package var envelope: Envelope
  /// The same with domains in ASCII, as far as local parts let them be, for a server that does not offer
  /// SMTPUTF8; `nil` where there is no difference.
  package var envelopeInASCII: Envelope?
  /// Whom XCLIENT has the server take us for; empty: it is not said.
  package var clientAttributes: [XclientAttribute] = []
  /// Ask for a reply for each recipient behind the message, where PRDR is offered.
  package var wantsPRDR = false
  /// Parameters of MAIL; one that we have by ourselves gives way to one of these.
  package var mailParameters: [ESMTPParameter] = []
  /// Parameters of every RCPT.
  package var recipientParameters: [ESMTPParameter] = []
  package var pipelining: PipeliningMode
  package var tls: TLSMode
  /// Whether to say who we are; `nil` for nobody.
  package var authentication: AuthenticationPlan?
  /// Where to stop; `nil`: after the message when there is one, else at the reply to DATA.
  package var stop: StopPoint?
  package var padding: PaddingPlan
  /// `nil` stops at the reply to DATA: no message, so nothing can be delivered.
  package var message: MessagePlan?
  /// How often it is sent over the one connection.
  package var messages = 1
  /// Whether RSET stands between them.
  package var resetsBetween = false
  /// By which command the message goes.
  package var chunking = ChunkingPlan()
  /// Send EHLO at once, before the greeting.
  package var pregreet: Bool
  /// Say HELO and never EHLO (RFC 5321 section 3.2).
  package var saysHELO = false
  /// Speak LMTP (RFC 2033): another hello, and a reply for each accepted recipient after the message.
  package var isLMTP = false
  /// RSET and QUIT leave with the last command before them, where commands may leave together.
  package var quitsEarly = false
  /// The connection is closed at the end without RSET or QUIT.
  package var dropsAtEnd = false
  /// Keywords of EHLO that are passed over, as if they were not offered; upper and lower case are alike.
  package var ignoredKeywords: [String] = []

  /// A plan; fails when `ehloName` is empty or holds what would end the command.
  package init(
    ehloName: String, envelope: Envelope, pipelining: PipeliningMode = .auto,
    tls: TLSMode = .auto, stop: StopPoint? = nil, padding: PaddingPlan = PaddingPlan(),
    message: MessagePlan? = nil, pregreet: Bool = false
  ) throws(EnvelopeError) {
    guard !ehloName.isEmpty else { throw .empty(.helloName) }
    try Envelope.check(Array(ehloName.utf8), as: .helloName)
    self.ehloName = ehloName
    self.envelope = envelope
    self.pipelining = pipelining
    self.tls = tls
    self.stop = stop
    self.padding = padding
    self.message = message
    self.pregreet = pregreet
  }

  /// Whether the envelope leaves before the greeting. Where something has to come before the envelope, or none is
  /// wanted, it does not, whatever was asked for: nothing goes in clear that was to go by TLS.
  var opensEarly: Bool {
    pipelining == .early && tls != .require && authentication == nil && clientAttributes.isEmpty
      && stop?.isBeforeEnvelope != true
  }

  /// Whether a message is to be delivered.
  var delivers: Bool { message != nil && (stop == nil || stop == .dot) }

  /// Whether the message goes by BDAT to a server with these capabilities; without one, DATA is asked
  /// for as ever.
  func sendsChunks(where offered: Capabilities) -> Bool {
    guard delivers else { return false }
    switch chunking.mode {
    case .off: return false
    case .auto, .early: return offered.offersChunking
    case .on: return true
    }
  }

  /// The envelope for a server with these capabilities.
  func envelope(where offered: Capabilities) -> Envelope {
    guard let envelopeInASCII, !usesUTF8(where: offered) else { return envelope }
    return envelopeInASCII
  }

  /// The same in as many parts as the limits of the server ask for, a transaction each (RFC 9422 section 4); whole
  /// where nothing is delivered, so that a look at the server sees the envelope that was asked for.
  func parts(where offered: Capabilities) -> EnvelopeParts {
    let whole = envelope(where: offered)
    guard reasonForWhole == nil else { return EnvelopeParts(whole: whole) }
    return EnvelopeParts(whole, offered, messages: messages)
  }

  /// Why the envelope goes in one transaction, whatever limits the server has; `nil` where it need not.
  var reasonForWhole: String? {
    if !delivers { return "a message for them would go in parts" }
    if isLMTP { return "sent in one transaction all the same, as this is LMTP" }
    guard message?.isReadOnce == true else { return nil }
    return "sent in one transaction all the same, since the message can be read only once"
  }

  /// Whether MAIL asks for SMTPUTF8: an address needs it and it is offered, or somebody wants it.
  func usesUTF8(where offered: Capabilities) -> Bool {
    offered.offersSMTPUTF8 && envelope.hasNonASCII || mailParameters.contains { $0.is("SMTPUTF8") }
  }

  /// Whether MAIL asks for a reply for each recipient behind the message.
  func usesPRDR(where offered: Capabilities) -> Bool {
    wantsPRDR && offered.offers("PRDR") || mailParameters.contains { $0.is("PRDR") }
  }

  /// What of XCLIENT the server does not offer; `nil` where it offers all that will be said.
  func remarkOnXclient(where offered: Capabilities) -> String? {
    guard let line = offered.line(of: "XCLIENT") else {
      return "the server does not offer XCLIENT: it is said all the same"
    }
    let words = String(decoding: line, as: UTF8.self).uppercased().split(separator: " ").dropFirst()
    let missing = clientAttributes.map { $0.name.uppercased() }.filter { !words.contains($0[...]) }
    guard !missing.isEmpty else { return nil }
    return
      "the server does not offer \(missing.joined(separator: ", ")) of XCLIENT: said all the same"
  }

  /// What stands behind XCLIENT.
  var clientAttributesInWords: String {
    clientAttributes.map(\.optionText).joined(separator: " ")
  }

  /// By which verb we say who we are.
  var hello: Verb { isLMTP ? .lhlo : saysHELO ? .helo : .ehlo }

  /// That command as a flight, for a Fast Open SYN that carries it.
  package var helloFlight: Flight { Flight([CommandText(hello, self)]) }
}
