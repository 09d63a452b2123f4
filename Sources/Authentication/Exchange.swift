import CSASL
package import SessionOptions

/// One exchange of challenges and responses: the client's half.
@safe package final class Exchange {
  /// What has to be known of the connection.
  package struct Circumstances {
    /// The server's name, as it was asked for.
    package var host: String
    package var port: Int
    /// What both ends know of their TLS, in Base64 (RFC 5929, RFC 9266); `nil` where there is none.
    package var tlsUnique: String?
    package var tlsExporter: String?
    /// Whether nobody on the way reads along: TLS, or a server on this host.
    package var isPrivate: Bool

    package init(
      host: String, port: Int, tlsUnique: String? = nil, tlsExporter: String? = nil, isPrivate: Bool
    ) {
      self.host = host
      self.port = port
      self.tlsUnique = tlsUnique
      self.tlsExporter = tlsExporter
      self.isPrivate = isPrivate
    }
  }

  /// Why there is no response; plain ASCII.
  package struct Failure: Error, Sendable, CustomStringConvertible {
    package let description: String
  }

  package let mechanism: SASLMechanism
  private let credentials: Credentials
  private let circumstances: Circumstances
  /// GNU SASL's half; `nil` where the exchange is one line that we write ourselves.
  private var client: OpaquePointer?
  /// All is said that there is to say.
  private var isDone = false

  /// An exchange by the best of what is `offered`.
  package init(
    offered: [String], wanted: [SASLMechanism], credentials: Credentials,
    _ circumstances: Circumstances
  ) throws(Failure) {
    let canBind = circumstances.tlsUnique != nil || circumstances.tlsExporter != nil
    guard
      let mechanism = SASLMechanism.best(
        of: offered, wanted: wanted, canBind: canBind, isPrivate: circumstances.isPrivate)
    else { throw Self.nothing(offered: offered, wanted: wanted) }
    self.mechanism = mechanism
    self.credentials = credentials
    self.circumstances = circumstances
    if !mechanism.takesToken { unsafe client = try open() }
  }

  deinit { if let client = unsafe client { unsafe csasl_close(client) } }

  private static func nothing(offered: [String], wanted: [SASLMechanism]) -> Failure {
    if offered.isEmpty { return Failure(description: "the server offers no AUTH") }
    let list = offered.prefix(12).map {
      $0.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }
    let names = list.joined(separator: ", ")
    if wanted.isEmpty, offered.contains(where: { SASLMechanism(named: $0)?.saysPassword == true }) {
      return Failure(
        description:
          "the server offers AUTH by \(names), which would say the password in clear text:"
          + " name one with --auth to do so, or use TLS")
    }
    let asked =
      wanted.isEmpty ? "none that can be used" : "not \(wanted.map(\.name).joined(separator: ", "))"
    return Failure(description: "the server offers AUTH by \(names): \(asked)")
  }

  /// GNU SASL's half, told all that the mechanism may ask for.
  ///
  /// What binds to TLS is kept from mechanisms that do not: they would claim that the server cannot.
  private func open() throws(Failure) -> OpaquePointer {
    var made: OpaquePointer?
    var code = unsafe csasl_open(mechanism.name, &made)
    guard Int(code) != CSASL_NO_LIBRARY else {
      throw Failure(
        description: "AUTH by \(mechanism.name) needs GNU SASL: apt-get install libgsasl18")
    }
    guard let client = unsafe made else { throw Failure(description: "out of memory") }
    let facts: [(csasl_property, String?)] = [
      (CSASL_USER, credentials.user), (CSASL_PASSWORD, credentials.password),
      (CSASL_HOST, circumstances.host),
      (CSASL_TLS_UNIQUE, mechanism.bindsChannel ? circumstances.tlsUnique : nil),
      (CSASL_TLS_EXPORTER, mechanism.bindsChannel ? circumstances.tlsExporter : nil),
    ]
    for case (let property, let value?) in facts where Int(code) == CSASL_MORE {
      code = unsafe csasl_set(client, property, value)
    }
    guard Int(code) == CSASL_MORE else {
      defer { unsafe csasl_close(client) }
      throw Failure(description: unsafe reason(client))
    }
    return unsafe client
  }

  /// What goes with AUTH itself; `nil` where the server speaks first.
  package func initialResponse() throws(Failure) -> [UInt8]? {
    mechanism.startsWithClient ? try response(to: []) : nil
  }

  /// The answer to a challenge.
  package func response(to challenge: [UInt8]) throws(Failure) -> [UInt8] {
    if mechanism.takesToken { return tokenResponse() }
    guard let client = unsafe client, !isDone else {
      // A challenge that is not due; some servers send one more, empty, before they are content.
      guard challenge.isEmpty else {
        throw Failure(
          description: "the server sent a challenge that \(mechanism.name) has no answer to")
      }
      return []
    }
    var output: UnsafeMutablePointer<UInt8>?
    var length = 0
    let code = unsafe challenge.withUnsafeBufferPointer { bytes in
      unsafe csasl_step(client, bytes.baseAddress, bytes.count, &output, &length)
    }
    defer { unsafe csasl_free(output, length) }
    guard Int(code) != CSASL_FAILED else { throw Failure(description: unsafe reason(client)) }
    isDone = Int(code) == CSASL_DONE
    return unsafe Array(UnsafeBufferPointer(start: output, count: length))
  }

  /// The one line of these mechanisms; the challenge after it is an error in JSON, which RFC 7628 section 3.2.3
  /// has the client answer before the server refuses.
  private func tokenResponse() -> [UInt8] {
    guard !isDone else { return mechanism.name == "XOAUTH2" ? [] : [1] }
    isDone = true
    let line =
      mechanism.name == "XOAUTH2"
      ? "user=\(credentials.user)\u{1}auth=Bearer \(credentials.password)\u{1}\u{1}"
      : "n,a=\(credentials.user),\u{1}host=\(circumstances.host)\u{1}port=\(circumstances.port)\u{1}"
        + "auth=Bearer \(credentials.password)\u{1}\u{1}"
    return Array(line.utf8)
  }

  private func reason(_ client: OpaquePointer) -> String {
    guard let text = unsafe csasl_error(client) else { return "SASL failed" }
    return "\(mechanism.name): \(unsafe String(cString: text))"
  }
}
