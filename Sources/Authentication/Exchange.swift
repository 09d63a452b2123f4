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
    /// Whether the server said what it must not say, and nothing that we have is wrong.
    package var isPeers = false
  }

  package let mechanism: SASLMechanism
  private let credentials: Credentials
  private let circumstances: Circumstances
  /// GNU SASL's half; `nil` where the exchange is one line that we write ourselves.
  private var client: OpaquePointer?
  /// All is said that there is to say.
  private var isDone = false
  /// An empty challenge came behind that.
  private var isBeyond = false

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
    if mechanism.takesToken {
      guard !(credentials.user + credentials.password).contains("\u{1}") else {
        throw Failure(
          description: "\(mechanism.name) parts user and token by the byte 1: no place for another")
      }
    } else {
      unsafe client = try open()
    }
  }

  deinit { if let client = unsafe client { unsafe csasl_close(client) } }

  private static func nothing(offered: [String], wanted: [SASLMechanism]) -> Failure {
    if offered.isEmpty { return Failure(description: "the server offers no AUTH") }
    let list = offered.prefix(12).map {
      String($0.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) ? $0 : "?" })
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
  /// What binds to TLS is kept from mechanisms that do not: they would claim that the server cannot, where the
  /// user named one that does not bind. Where the server offers no other RFC 5802 section 6 has them claim it
  /// (`y`), which GNU SASL 2.2 tries, and fails.
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
      // Whom to act as is all that EXTERNAL says (RFC 4422 appendix A); others take it from the user.
      (
        CSASL_AUTHORIZED,
        mechanism.name == "EXTERNAL" && !credentials.user.isEmpty ? credentials.user : nil
      ),
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
    guard !isDone else { return try response(beyond: challenge) }
    guard let client = unsafe client else {
      isDone = true
      return token
    }
    try checkIterations(challenge)
    var output: UnsafeMutablePointer<UInt8>?
    var length = 0
    let code = unsafe challenge.withUnsafeBufferPointer { bytes in
      unsafe csasl_step(client, bytes.baseAddress, bytes.count, &output, &length)
    }
    defer { unsafe csasl_free(output, length) }
    guard Int(code) != CSASL_FAILED else {
      throw Failure(
        description: unsafe reason(client), isPeers: unsafe csasl_blames_peer(client) != 0)
    }
    isDone = Int(code) == CSASL_DONE
    return unsafe Array(UnsafeBufferPointer(start: output, count: length))
  }

  /// The answer to a challenge when all is said: some servers send one more, empty, before they are content, and
  /// behind a token it is an error in JSON, which is answered before the server refuses (RFC 7628 section 3.2.3).
  private func response(beyond challenge: [UInt8]) throws(Failure) -> [UInt8] {
    guard !isBeyond, challenge.isEmpty || mechanism.takesToken else {
      throw Failure(
        description: "the server sent a challenge that \(mechanism.name) has no answer to",
        isPeers: true)
    }
    isBeyond = true
    return mechanism.name == "OAUTHBEARER" ? [1] : []
  }

  /// The rounds of SCRAM are made here, one after the other, at the server's word: more than a second's worth of
  /// them would stop all else. OWASP asks for 600,000 where a password is stored.
  private static let mostIterations = 600_000

  private func checkIterations(_ challenge: [UInt8]) throws(Failure) {
    guard mechanism.isMutual else { return }
    let fields = challenge.split(separator: UInt8(ascii: ","))
    guard let field = fields.first(where: { $0.starts(with: Array("i=".utf8)) }) else { return }
    let digits = String(decoding: field.dropFirst(2), as: UTF8.self)
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), !digits.isEmpty else { return }
    guard let count = Int(digits), count <= Self.mostIterations else {
      throw Failure(
        description: "the server asks for \(digits.prefix(20)) rounds of \(mechanism.name), and no"
          + " more than \(Self.mostIterations) are made", isPeers: true)
    }
  }

  /// The one line of these mechanisms.
  private var token: [UInt8] {
    // RFC 5801 section 4.
    let name = credentials.user.replacing("=", with: "=3D").replacing(",", with: "=2C")
    let line =
      mechanism.name == "XOAUTH2"
      ? "user=\(credentials.user)\u{1}auth=Bearer \(credentials.password)\u{1}\u{1}"
      : "n,a=\(name),\u{1}host=\(circumstances.host)\u{1}port=\(circumstances.port)\u{1}"
        + "auth=Bearer \(credentials.password)\u{1}\u{1}"
    return Array(line.utf8)
  }

  private func reason(_ client: OpaquePointer) -> String {
    guard let text = unsafe csasl_error(client) else { return "SASL failed" }
    return "\(mechanism.name): \(unsafe String(cString: text))"
  }
}
