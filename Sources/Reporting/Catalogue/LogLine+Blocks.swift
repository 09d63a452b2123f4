import Diagnosis
import SessionTrace

extension LogLine {
  /// What the line says, and what to run to learn the rest.
  var blocks: [Block] {
    let title: Block = .answer(Answer(title: title, text: meaning, tone: .bad))
    return [title, .fields(fields), .heading(.part, "What shows where the bytes are")]
      + [.script(probe), .script(diagnosis)]
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
      case .tlsFailed: "there was no TLS that would do \(place)"
      case .protocolError: "the \(peer) broke the protocol \(place)"
      case .ok, .interrupted, .internalError: place
      }
    return status == .rejected || status == .deferred
      ? what : "\(what); the line does not say who had the bytes"
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
    case .dot: "after the end of the message: it may have been delivered"
    case .quit: "at QUIT"
    }
  }
}
