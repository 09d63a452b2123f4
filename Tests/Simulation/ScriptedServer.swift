import SessionTrace
import TLSEngine

/// A server that answers by a list of words, before TLS and in it, and keeps apart what it heard in each.
final class ScriptedServer {
  /// What it says where that is not what every server says.
  struct Script {
    /// By what was heard, `MAIL`, `MAIL #2` the second time, under TLS `TLS MAIL`; at `GREETING` and `TLS GREETING` nothing was.
    var answers: [String: String] = [:]
    /// Whether a handshake follows a 220 to STARTTLS.
    var shakesHands = true
    /// `nil` where nobody asks for STARTTLS.
    var credentials: ServerCredentials?
  }

  /// What was heard outside of TLS, a handshake apart, and what inside.
  private(set) var inClear: [UInt8] = []
  private(set) var inTLS: [UInt8] = []
  /// What there is to be read of it.
  var output: [UInt8] = []
  private let script: Script
  private var tls: TLSSession?
  private var line: [UInt8] = []
  private var isContent = false
  /// How often a word was heard.
  private var times: [String: Int] = [:]

  init(_ script: Script) {
    self.script = script
    output = Array(answer(to: "GREETING").utf8)
  }

  func hear(_ bytes: ArraySlice<UInt8>) {
    if let tls {
      carryOut(tls.receive(Array(bytes)), of: tls)
    } else {
      inClear += bytes
      for byte in bytes { hear(byte) }
    }
  }

  private func carryOut(_ actions: [TLSSession.Action], of tls: TLSSession) {
    for action in actions {
      switch action {
      case .send(let flight): output += flight.bytes
      case .established: say(answer(to: "GREETING"))
      case .plaintext(let bytes):
        inTLS += bytes
        for byte in bytes { hear(byte) }
      case .closed, .failed: break
      }
    }
  }

  private func hear(_ byte: UInt8) {
    line.append(byte)
    guard byte == 0x0A else { return }
    let word = String(decoding: line.prefix { $0 != 0x20 && $0 != 0x0D }, as: UTF8.self)
      .uppercased()
    line = []
    if isContent {
      guard word == "." else { return }
      isContent = false
      return say("250 2.0.0 taken\r\n")
    }
    times[word, default: 0] += 1
    let text = script.answers["\(word) #\(times[word] ?? 0)"] ?? answer(to: word)
    say(text)
    isContent = word == "DATA" && text.hasPrefix("354")
    if word == "STARTTLS", text.hasPrefix("220"), script.shakesHands, tls == nil,
      let credentials = script.credentials
    {
      tls = try? TLSSession(server: ServerConfiguration(credentials: credentials))
      if let tls { carryOut(tls.start(), of: tls) }
    }
  }

  private func answer(to word: String) -> String {
    let key = tls == nil ? word : "TLS " + word
    if let text = script.answers[key] { return text }
    switch key {
    case "GREETING": return "220 mx.example.com ESMTP\r\n"
    case "TLS GREETING": return ""
    case "EHLO": return "250-mx.example.com\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n"
    case "TLS EHLO": return "250-mx.example.com\r\n250 AUTH PLAIN LOGIN\r\n"
    case "STARTTLS": return "220 2.0.0 go ahead\r\n"
    case "AUTH", "TLS AUTH": return "235 2.7.0 welcome\r\n"
    case "DATA", "TLS DATA": return "354 go ahead\r\n"
    case "QUIT", "TLS QUIT": return "221 2.0.0 bye\r\n"
    default: return "250 2.0.0 ok\r\n"
    }
  }

  /// As TLS has it, where there is some.
  private func say(_ text: String) {
    guard let tls else { return output += text.utf8 }
    guard tls.isEstablished, !text.isEmpty else { return }
    if case .success(let flight) = tls.seal(Array(text.utf8)[...]) { output += flight.bytes }
  }
}
