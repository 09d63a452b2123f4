import CGnuTLS
import SessionTrace

extension TLSSession {
  /// What has been negotiated so far.
  func summary() -> TLSSummary {
    let session = unsafe memory.handle
    let chain = unsafe CertificateChain(peerOf: session)
    return unsafe TLSSummary(
      version: text(unsafe gnutls.protocol_get_name(gnutls.protocol_get_version(session))) ?? "",
      cipher: text(unsafe gnutls.cipher_get_name(gnutls.cipher_get(session))) ?? "",
      group: text(unsafe gnutls.group_get_name(gnutls.group_get(session))),
      description: describe(session), serverName: serverName, alpn: selectedProtocol(session),
      resumed: unsafe gnutls.session_is_resumed(session) != 0, certificates: chain.summaries,
      verified: judgement?.isTrusted ?? false, verificationProblems: judgement?.problems ?? [],
      clientHelloLength: clientHelloLength, clientCertificate: ownCertificate)
  }

  /// What became of a request for our certificate; `nil` for a server. C: gnutls_certificate_get_ours.
  var ownCertificate: OwnCertificate? {
    guard case .client = role else { return nil }
    let session = unsafe memory.handle
    if wasAskedLate {
      return unsafe gnutls.certificate_get_ours(session) == nil ? .askedFor : .shownLate
    }
    guard unsafe gnutls.certificate_client_get_request_status(session) != 0 else {
      return .notAskedFor
    }
    return unsafe gnutls.certificate_get_ours(session) == nil ? .askedFor : .shown
  }

  /// The name we sent, or the one that was sent to us, escaped.
  private var serverName: String? {
    switch role {
    case .client(let client):
      return client.announcedName
    case .server:
      var kind: UInt32 = 0
      var name = [UInt8](repeating: 0, count: 256)
      var length = name.count
      let code = unsafe gnutls.server_name_get(memory.handle, &name, &length, &kind, 0)
      return code == GNUTLS_E_SUCCESS ? escapedText(name.prefix(length).prefix { $0 != 0 }) : nil
    }
  }
}

/// C: gnutls_session_get_desc.
private func describe(_ session: gnutls_session_t) -> String {
  guard let description = unsafe gnutls.session_get_desc(session) else { return "" }
  defer { unsafe cgnutls_free(description) }
  return unsafe String(cString: description)
}

/// The protocol agreed on by ALPN, escaped; `nil` without one.
private func selectedProtocol(_ session: gnutls_session_t) -> String? {
  var datum = unsafe gnutls_datum_t()
  guard unsafe gnutls.alpn_get_selected_protocol(session, &datum) == GNUTLS_E_SUCCESS else {
    return nil
  }
  return unsafe escapedText(bytes(of: datum))
}

private func text(_ words: UnsafePointer<CChar>?) -> String? {
  guard let words = unsafe words else { return nil }
  return unsafe String(cString: words)
}
