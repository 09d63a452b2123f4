import SMTPDialogue
import SessionTrace

/// Postfix's smtp(8) client: `smtp_proto.c`, `smtp_trouble.c` and `smtp_connect.c`.
extension LoggedEvent {
  /// The reason that smtp(8) would give.
  var postfixPhrase: String? {
    // Its client sends no BDAT, so it would not have come here.
    guard let server = bracketedHost, !isAboutChunks else { return nil }
    if let (size, limit) = sizeOverLimit {
      return "message size \(size) exceeds size limit \(limit) of server \(server)"
    }
    switch happening {
    case .accepted, .malformed, .clearTextBehindStartTLS, .surplus, .other: return nil
    case .surplusAtData(let reply):
      return "Protocol error: host \(server) said: \(oneLine(reply, separator: " "))"
        + " (in reply to DATA command)"
    case .unreachable: return connectPhrase(server)
    case .silence:
      guard stage != .connect else { return "connect to \(server):\(port): Connection timed out" }
      guard !isDripping else { return nil }
      return streamPhrase { "conversation with \(server) timed out while \($0)" }
    case .ended: return streamPhrase { "lost connection with \(server) while \($0)" }
    case .refused(let reply): return refusalPhrase(reply, server)
    case .handshakeFailed(let failure): return handshakePhrase(failure, server)
    }
  }

  /// What becomes of the delivery where Postfix has nothing to complain of.
  var postfixOutcome: Phrases.Outcome? {
    guard postfixPhrase == nil, address != nil, !isAboutChunks else { return nil }
    switch happening {
    case .accepted: return .delivers
    // It throws the text away, as it should (CVE-2011-0411).
    case .clearTextBehindStartTLS, .surplus: return .goesOn
    case .surplusAtData, .refused, .silence, .ended, .handshakeFailed, .malformed, .unreachable,
      .other:
      return nil
    }
  }

  /// The size that MAIL declared and the limit of the server's SIZE, where the one exceeds the other:
  /// Postfix does not even try (`smtp_helo` in `smtp_proto.c`).
  private var sizeOverLimit: (size: Int, limit: Int)? {
    func number(in words: Substring) -> Int? {
      Int(words.prefix { $0.isASCII && $0.isNumber })
    }
    let word = "SIZE="
    guard let mail = trace.commands.first(where: { $0.stage == .mail }),
      let declared = mail.text.split(separator: " ").first(where: { $0.hasPrefix(word) }),
      let size = number(in: declared.dropFirst(word.count)),
      let line = trace.capabilities.first(where: { $0.uppercased().hasPrefix("SIZE ") }),
      let limit = number(in: line.dropFirst(word.count)), limit > 0, size > limit
    else { return nil }
    return (size, limit)
  }

  private var port: Int { trace.target.port ?? trace.attempts.last?.port ?? 25 }

  private func connectPhrase(_ server: String) -> String? {
    trace.attempts.last?.failure.map { "connect to \(server):\(port): \($0.wordsInLog)" }
  }

  /// The phrase for trouble on the stream; under way in a TLS handshake Postfix has one for all.
  private func streamPhrase(_ phrase: (String) -> String) -> String? {
    if stage == .tls { return Self.handshakeFailure }
    return activity.map(phrase)
  }

  private static let handshakeFailure = "Cannot start TLS: handshake failure"

  /// What Postfix says it was doing; `nil` where it says nothing.
  private var activity: String? { logNames(at: stage)?.postfix }

  private func refusalPhrase(_ reply: ReplyRecord, _ server: String) -> String? {
    Verb.logNames(at: place(of: reply))?.refusal?(server, oneLine(reply, separator: " "))
  }

  private func handshakePhrase(_ failure: TLSFailureRecord, _ server: String) -> String {
    if failure.name == "not_offered" {
      return "TLS is required, but was not offered by host \(server)"
    }
    return failure.isAboutCertificate ? "Server certificate not verified" : Self.handshakeFailure
  }
}

extension TLSFailureRecord {
  /// Whether the handshake was in order, and the certificate not good enough for us.
  var isAboutCertificate: Bool {
    name == "GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR" || name == "dane_mismatch"
  }
}
