import Authentication
import SessionOptions
import SMTPDialogue
import SessionTrace
import TLSEngine

extension Session {
  /// AUTH is next: chooses a mechanism, and makes the first move.
  func beginAuthentication(offered: [String]) {
    guard let setup = plan.authentication else {
      return move(.unavailable("nobody gave a user and a password for AUTH"))
    }
    let binding = channel?.tls?.channelBinding
    let circumstances = Exchange.Circumstances(
      host: recorder.trace.target.host, port: recorder.trace.target.port ?? plan.target.port,
      tlsUnique: binding?.unique.map(inBase64), tlsExporter: binding?.exporter.map(inBase64),
      isPrivate: channel?.tls != nil || setup.isServerOnThisHost)
    do {
      let exchange = try Exchange(
        offered: offered, wanted: setup.choice.named, credentials: setup.credentials, circumstances)
      self.exchange = exchange
      let response = try exchange.initialResponse()
      move(.begin(mechanism: exchange.mechanism.name, response: response), saying: response)
    } catch {
      move(.unavailable(withoutSecrets(error)))
    }
  }

  /// Answers a challenge, or takes the exchange back.
  func answer(challenge: [UInt8]?) {
    guard let challenge else {
      return move(.cancel("AUTH was taken back: the server's challenge is not Base64"))
    }
    do {
      let response = try exchange?.response(to: challenge) ?? []
      move(.respond(response), saying: response)
    } catch {
      let reason = "AUTH was taken back: \(withoutSecrets(error))"
      move(error.isPeers ? .cancel(reason) : .abandon(reason))
    }
  }

  /// It names what the server offers, which are words of the server's.
  private func withoutSecrets(_ failure: Exchange.Failure) -> String {
    String(decoding: recorder.redactor.redacted(Array(failure.description.utf8)), as: UTF8.self)
  }

  private func move(_ move: AuthenticationMove, saying response: [UInt8]? = nil) {
    if let response { recorder.redactor.add(response) }
    perform(dialogue.receive(.authenticating(move)))
  }

  private func inBase64(_ bytes: [UInt8]) -> String {
    String(decoding: Base64.encoded(bytes), as: UTF8.self)
  }
}
