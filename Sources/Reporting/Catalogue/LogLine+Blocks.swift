import Diagnosis
import SessionTrace

extension LogLine {
  /// What the line says, and what to run to learn the rest.
  var blocks: [Block] {
    let title: Block = .answer(
      Answer(title: title, text: meaning, tone: status == .ok ? .plain : .bad))
    return [title, .fields(fields)] + commandBlocks
  }

  private var commandBlocks: [Block] {
    let commands = commands
    guard !commands.isEmpty else { return [] }
    return [.heading(.part, purpose)] + commands.map(Block.script)
      + (hint.map { [.paragraph($0, tone: .quiet, isLead: true)] } ?? [])
  }

  /// What the commands are for.
  private var purpose: Wording {
    switch status {
    case .stalled, .closed, .reset, .interrupted, .internalError: "What shows where the bytes are"
    case .unreachable: "What shows how far it gets"
    case .rejected, .deferred:
      stopsBeforeMessage
        ? "What shows the session up to the message" : "What shows whether it is refused again"
    case .tlsFailed: "What shows where TLS ends"
    case .protocolError, .ok: "What shows what both sides say"
    }
  }

  /// What has to be put in, and where to run it.
  private var hint: String? {
    let place = Self.placeholders
    let isDomain = probe.words.contains("mx:\(place.domain)")
    if side == .receiver {
      return "To be run where the client runs, with your own server for \(place.host):"
        + " the line was logged by the server."
    }
    var sentences: [String] = []
    if server == nil {
      sentences.append(
        isDomain
          ? "\(place.domain) stands for the domain of the recipients: the line does not name it."
          : "\(place.host) stands for the server: the line does not name it.")
    }
    if probe.words.contains(place.user) {
      sentences.append("\(place.user) stands for the account; the password is asked for.")
    }
    if stopsBeforeMessage {
      sentences.append(
        "No message is sent: the server gave its reason, and each that it refuses counts.")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  private var fields: [Field] {
    let facts: [(String, String?)] = [
      ("logged by", side == .sender ? program.rawValue : "\(program.rawValue), the receiving side"),
      (side == .sender ? "server" : "client", place), ("command", command), ("reply", reply),
      ("written", contentBytes.map { "\(count($0, "byte")) of content, to the kernel" }),
    ]
    return facts.compactMap { label, value in value.map { Field(label: label, value: $0) } }
      + custodies.map { Field(label: "custody", value: "\($0.rawValue)? \($0.meaning)") }
  }

  /// `mx.example.com [192.0.2.25]:2525`, as far as it is known; no port stands right behind colons.
  private var place: String? {
    let isApart = host != nil || port != nil && address?.contains(":") == true
    let named = [host, address.map { isApart ? "[\($0)]" : $0 }].compactMap(\.self)
    guard !named.isEmpty else { return nil }
    return named.joined(separator: " ") + (port.map { ":\($0)" } ?? "")
  }

  private var meaning: String {
    if let remark { return remark }
    switch untried {
    case .heldBack?:
      return "no connection was tried, since those before had failed: how they failed stands in"
        + " earlier lines of the log"
    case .refusedAtHome?:
      return "\(program.rawValue) refused the message by a limit of its own; no server was asked"
    case nil: return whatHappened
    }
  }

  private var whatHappened: String {
    let place = stage.map(Self.place) ?? "at a stage that the line does not name"
    let peer = side == .sender ? "server" : "client"
    let what =
      switch status {
      case .stalled: "the time was up \(place)"
      case .closed: "the other side ended the connection \(place)"
      case .reset: "the connection was reset \(place)"
      case .rejected: "the server refused for good \(place)"
      case .deferred: "the server refused for now \(place)"
      case .unreachable: stage == .resolve ? "no address was found" : "no connection came about"
      case .tlsFailed: "TLS was not established \(place)"
      case .protocolError: "the \(peer) broke the protocol \(place)"
      case .ok, .interrupted, .internalError: place
      }
    switch status {
    case .stalled, .closed, .reset:
      let risk = stage == .dot ? ": it may have been delivered" : ""
      return "\(what)\(risk); the line does not say who had the bytes"
    case .rejected, .deferred: return what + (told.map { ": \($0)" } ?? "")
    case .unreachable, .tlsFailed, .protocolError, .ok, .interrupted, .internalError: return what
    }
  }

  /// What the words of a refusal say.
  private var told: String? {
    switch reason {
    case .greylisting?: "it puts off a first contact, and a retry passes"
    case .connections?: "it speaks of too many connections or messages from here"
    case .reputation?: "it minds the sender's address, name, volume or reputation"
    case .mailbox?: "the mailbox is full, or gets too much"
    case .recipients?: "it speaks of too many recipients"
    case .size?: "it speaks of the message's size"
    case .trouble?: "it speaks of trouble of its own"
    case .lookup?: "it could not look up or verify a name or an address"
    case .timeout?: "it had waited too long for something"
    case .recipient?: "it does not know the recipient"
    case .relay?: "it does not relay for us to that recipient"
    case .sender?: "it does not take mail from this sender"
    case .encryption?: "it takes mail under TLS alone"
    case nil: isAddressUnknown ? "it does not know the recipient" : nil
    }
  }

  private static func place(_ stage: Stage) -> String {
    switch stage {
    case .resolve: "while names were resolved"
    case .connect: "while connecting"
    case .banner: "before the greeting"
    case .ehlo: "at EHLO"
    case .starttls: "at STARTTLS"
    case .tls: "in the TLS handshake"
    case .auth: "at AUTH"
    case .mail: "at MAIL"
    case .rcpt: "at RCPT"
    case .data: "at DATA"
    case .body: "in the middle of the message"
    case .dot: "after the end of the message"
    case .quit: "at QUIT"
    }
  }
}
