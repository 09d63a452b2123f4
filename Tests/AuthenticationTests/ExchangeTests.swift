import Authentication
import SessionOptions
import Testing

@Suite("An exchange of AUTH")
struct ExchangeTests {
  private static let plain = [
    "PLAIN", "LOGIN", "SCRAM-SHA-256", "EXTERNAL", "OAUTHBEARER", "XOAUTH2",
  ]

  private func exchange(
    _ name: String, user: String = "alice", password: String = "secret",
    offered: [String] = plain, exporter: String? = nil
  ) throws -> Exchange {
    try Exchange(
      offered: offered, wanted: [try #require(SASLMechanism(named: name))],
      credentials: Credentials(user: user, password: password),
      Exchange.Circumstances(
        host: "mx.example.com", port: 25, tlsExporter: exporter, isPrivate: true))
  }

  private func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

  @Test(
    "says what the mechanism has it say first",
    arguments: [
      ("PLAIN", "alice", "\0alice\0secret"),
      // Whom to act as (RFC 4422 appendix A); nobody where no name was given.
      ("EXTERNAL", "alice", "alice"), ("EXTERNAL", "", ""),
      (
        "OAUTHBEARER", "alice",
        "n,a=alice,\u{1}host=mx.example.com\u{1}port=25\u{1}auth=Bearer secret\u{1}\u{1}"
      ),
      // RFC 5801 section 4.
      (
        "OAUTHBEARER", "a,b=c",
        "n,a=a=2Cb=3Dc,\u{1}host=mx.example.com\u{1}port=25\u{1}auth=Bearer secret\u{1}\u{1}"
      ),
      ("XOAUTH2", "a,b=c", "user=a,b=c\u{1}auth=Bearer secret\u{1}\u{1}"),
    ])
  func first(mechanism: String, user: String, said: String) throws {
    #expect(text(try exchange(mechanism, user: user).initialResponse()) == said)
  }

  /// RFC 5802 section 6 would have `y` in the second row; the library has no way to it.
  @Test(
    "binds to TLS where the mechanism does, and claims nothing elsewhere",
    arguments: [
      ("SCRAM-SHA-256", ["SCRAM-SHA-256"], nil, "n,,"),
      ("SCRAM-SHA-256", ["SCRAM-SHA-256"], "AAAA", "n,,"),
      ("SCRAM-SHA-256", ["SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"], "AAAA", "n,,"),
      ("SCRAM-SHA-256-PLUS", ["SCRAM-SHA-256-PLUS"], "AAAA", "p=tls-exporter,,"),
    ] as [(String, [String], String?, String)])
  func binding(mechanism: String, offered: [String], exporter: String?, flag: String) throws {
    let first = text(
      try exchange(mechanism, offered: offered, exporter: exporter).initialResponse())
    #expect(first.hasPrefix("\(flag)n=alice,r="), "\(first)")
  }

  @Test(
    "has one answer to a challenge behind the last, and takes itself back at the next",
    arguments: [
      ("PLAIN", "", ""), ("EXTERNAL", "", ""), ("XOAUTH2", "{}", ""),
      ("OAUTHBEARER", "{}", "\u{1}"),
    ])
  func beyond(mechanism: String, challenge: String, answer: String) throws {
    let exchange = try exchange(mechanism)
    _ = try exchange.initialResponse()
    #expect(text(try exchange.response(to: Array(challenge.utf8))) == answer)
    for challenge in [challenge, ""] {
      let failure = #expect(throws: Exchange.Failure.self) {
        try exchange.response(to: Array(challenge.utf8))
      }
      #expect(failure?.isPeers == true)
    }
  }

  @Test(
    "makes as many rounds of SCRAM as take no more than a second",
    arguments: [
      ("4096", true), ("600000", true), ("600001", false), ("2000000000", false),
      ("99999999999999999999999", false),
    ])
  func rounds(count: String, isMade: Bool) throws {
    let exchange = try exchange("SCRAM-SHA-256")
    let nonce = text(try exchange.initialResponse()).split(separator: "r=")[1]
    let challenge = "r=\(nonce)server,s=QSXCR+Q6sek8bf92,i=\(count)"
    guard !isMade else {
      #expect(text(try exchange.response(to: Array(challenge.utf8))).hasPrefix("c=biws,r="))
      return
    }
    let failure = #expect(throws: Exchange.Failure.self) {
      try exchange.response(to: Array(challenge.utf8))
    }
    #expect(failure?.isPeers == true && failure?.description.contains("rounds") == true)
  }

  @Test(
    "tells what is wrong with the server's challenge from what is wrong with our own secret",
    arguments: [("secret", "r=other,s=QSXCR+Q6sek8bf92,i=4096", true), ("pass\u{7}x", nil, false)]
      as [(String, String?, Bool)])
  func blame(password: String, challenge: String?, isPeers: Bool) throws {
    let exchange = try exchange("SCRAM-SHA-256", password: password)
    let nonce = text(try exchange.initialResponse()).split(separator: "r=")[1]
    let challenge = challenge ?? "r=\(nonce)server,s=QSXCR+Q6sek8bf92,i=4096"
    let failure = #expect(throws: Exchange.Failure.self) {
      try exchange.response(to: Array(challenge.utf8))
    }
    #expect(failure?.isPeers == isPeers, "\(failure?.description ?? "")")
  }

  @Test("has no byte in a token's line that parts it", arguments: ["XOAUTH2", "OAUTHBEARER"])
  func parting(mechanism: String) {
    #expect(throws: Exchange.Failure.self) { try exchange(mechanism, user: "a\u{1}b") }
    #expect(throws: Exchange.Failure.self) { try exchange(mechanism, password: "a\u{1}b") }
  }

  @Test("shows a mechanism's name with what does not belong in one")
  func oddNames() {
    let failure = #expect(throws: Exchange.Failure.self) {
      try exchange("PLAIN", offered: ["PLAIN\tLOGIN"])
    }
    #expect(failure?.description == "the server offers AUTH by PLAIN?LOGIN: not PLAIN")
  }
}
