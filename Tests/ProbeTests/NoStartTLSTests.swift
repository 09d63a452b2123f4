import Authentication
import Diagnosis
import SMTPDialogue
import SessionOptions
import SessionTrace
import TLSEngine
import Testing
import Wire

@testable import Probe
@testable import Simulation

/// What somebody between client and server can do to STARTTLS, each case on the client's side.
///
/// After Poddebniak, Ising, Böck and Schinzel, "Why TLS is better without STARTTLS" (USENIX Security 2021),
/// and the cases of its fake mail server for SMTP: buffering, negotiation, tampering and every reply to the
/// greeting, EHLO, HELO and STARTTLS.
@Suite("STARTTLS under attack")
struct NoStartTLSTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var answers: [String: String] = [:]
    var shakesHands = true
    /// Whether the session may get through to the end, because the attack changes nothing inside TLS.
    var isHarmless = false
    /// What the report has to name.
    var violation: Violation.Kind?
    var testDescription: String { name }
  }

  private static let hello = "250-mx.example.com\r\n"

  static let buffering: [Case] = [
    Case(
      name: "a reply to EHLO behind the 220, in one read",
      answers: ["STARTTLS": "220 go\r\n250-mx.evil.example\r\n250 AUTH LOGIN\r\n"],
      violation: .clearTextAfterStartTLS),
    Case(
      name: "that, and EHLO under TLS is never answered",
      answers: ["STARTTLS": "220 go\r\n250-mx.evil.example\r\n250 AUTH PLAIN\r\n", "TLS EHLO": ""],
      violation: .clearTextAfterStartTLS),
    Case(
      name: "replies for a whole session behind the 220",
      answers: ["STARTTLS": "220 go\r\n250 mx\r\n235 in\r\n250 ok\r\n250 ok\r\n354 go\r\n"],
      violation: .clearTextAfterStartTLS),
    Case(
      name: "half a line behind the 220", answers: ["STARTTLS": "220 go\r\n25"],
      violation: .clearTextAfterStartTLS),
    Case(
      name: "an empty line behind the 220", answers: ["STARTTLS": "220 go\r\n\r\n"],
      violation: .clearTextAfterStartTLS),
    Case(
      name: "clear text in the place of the handshake", answers: ["STARTTLS": "220 go\r\n"],
      shakesHands: false),
    Case(
      name: "the reply to STARTTLS with that to EHLO",
      answers: ["EHLO": hello + "250 STARTTLS\r\n220 go\r\n"]),
    Case(
      name: "the reply to EHLO with the greeting",
      answers: ["GREETING": "220 mx\r\n" + hello + "250 STARTTLS\r\n"]),
    Case(
      name: "the replies to EHLO and STARTTLS with the greeting",
      answers: ["GREETING": "220 mx\r\n" + hello + "250 STARTTLS\r\n220 go\r\n"]),
    Case(
      name: "one more greeting inside TLS", answers: ["TLS GREETING": "220 mx again\r\n"]),
  ]

  static let stripping: [Case] =
    [
      Case(name: "STARTTLS is not offered", answers: ["EHLO": hello + "250 AUTH PLAIN LOGIN\r\n"]),
      Case(name: "nothing is offered", answers: ["EHLO": "250 mx.example.com\r\n"]),
      Case(name: "STARTTLS is crossed out", answers: ["EHLO": hello + "250 XXXXXXXA\r\n"]),
      Case(
        name: "STARTTLS with a letter more, and one less",
        answers: ["EHLO": hello + "250-XSTARTTLS\r\n250 STARTTL\r\n"]),
      Case(
        name: "EHLO is refused and HELO taken", answers: ["EHLO": "502 5.5.1 what\r\n"]),
      Case(
        name: "a greeting as one that needs no TLS",
        answers: [
          "GREETING": "220 PREAUTH mx already authenticated\r\n", "EHLO": hello + "250 HELP\r\n",
        ]),
      Case(
        name: "AUTH is promised for later, STARTTLS is not",
        answers: ["EHLO": hello + "250 AUTH=PLAIN LOGIN\r\n"]),
    ]
    + [221, 250, 354, 421, 454, 500, 501, 502, 503, 530, 538, 550, 554, 334, 235, 600, 199].map {
      Case(
        name: "STARTTLS is answered \($0)", answers: ["STARTTLS": "\($0) no\r\n"],
        shakesHands: false)
    }
    + [221, 354, 421, 500, 501, 530, 550, 554].flatMap { code in
      [
        Case(name: "the greeting is \(code)", answers: ["GREETING": "\(code) no\r\n"]),
        Case(
          name: "EHLO and HELO are answered \(code)",
          answers: ["EHLO": "\(code) no\r\n", "HELO": "\(code) no\r\n"]),
      ]
    }

  static let tampering: [Case] = [
    Case(
      name: "other mechanisms before TLS than in it",
      answers: ["EHLO": hello + "250-STARTTLS\r\n250 AUTH CRAM-MD5 EXTERNAL\r\n"], isHarmless: true),
    Case(
      name: "pipelining and chunks before TLS only",
      answers: ["EHLO": hello + "250-STARTTLS\r\n250-PIPELINING\r\n250 CHUNKING\r\n"],
      isHarmless: true),
    Case(
      name: "a limit of one byte before TLS",
      answers: ["EHLO": hello + "250-STARTTLS\r\n250 SIZE 1\r\n"], isHarmless: true),
    Case(
      name: "STARTTLS offered inside TLS again",
      answers: ["TLS EHLO": hello + "250-STARTTLS\r\n250 AUTH PLAIN\r\n"], isHarmless: true,
      violation: .startTLSOfferedInTLS),
    Case(
      name: "terminal escapes in the reply to STARTTLS",
      answers: ["STARTTLS": "220 \u{1B}]0;owned\u{7} go\r\n"], isHarmless: true),
    Case(
      name: "a reply to STARTTLS of two lines", answers: ["STARTTLS": "220-go\r\n220 ahead\r\n"],
      isHarmless: true),
  ]

  /// How the client was told to insist on TLS.
  enum Demand: CaseIterable, Sendable { case requires, verifies, authenticates, keepsToRecords }

  static let credentials = Result {
    try ServerCredentials.selfSigned(commonName: "sim", names: ["sim"])
  }
  private static let secret = "correct-horse"
  private static let content = "Subject: secret\r\n\r\nonly for you\r\n"

  /// Runs a session; the trace, and what the server heard.
  private func play(_ attack: Case, _ demand: Demand) throws -> (Trace, ScriptedServer) {
    let server = ScriptedServer(
      ScriptedServer.Script(
        answers: attack.answers, shakesHands: attack.shakesHands,
        credentials: try Self.credentials.get()))
    var dialogue = try DialoguePlan(
      ehloName: "probe.example.org",
      envelope: Envelope(
        sender: Array("s@example.org".utf8), recipients: [Array("r@example.com".utf8)]),
      tls: demand == .authenticates || demand == .keepsToRecords ? .auto : .require)
    dialogue.message = MessagePlan(size: Self.content.utf8.count)
    dialogue.authentication = AuthenticationPlan()
    var plan = SessionPlan(
      target: TargetPlan(given: "sim", place: .host("sim"), port: 25), dialogue: dialogue)
    plan.content = {
      SimulatedContent(
        Array(Self.content.utf8), greatestChunk: 65_536, random: SeededRandom(seed: 1))
    }
    plan.tls = ClientConfiguration(loadSystemTrust: false)
    plan.tls.requireVerified = demand == .verifies
    plan.authentication = AuthenticationSetup(
      choice: .any, credentials: Credentials(user: "alice", password: Self.secret),
      isServerOnThisHost: false)
    let network = ScriptedNetwork(server)
    if demand == .keepsToRecords {
      plan.dane = ValidatorPlan()
      network.answers = [
        SecureQuestion(.a, of: "mx"): SecureAnswer(.secure),
        SecureQuestion(.aaaa, of: "mx"): SecureAnswer(.secure),
        SecureQuestion(.tlsa, of: "_25._tcp.mx"): SecureAnswer(
          .secure, records: [[3, 1, 1] + Array(repeating: 0, count: 32)]),
      ]
    }
    var result: Trace?
    let session = Session(plan: plan, network: network) { result = $0 }
    network.clock.schedule(at: 1) { session.start() }
    withExtendedLifetime(session) {
      network.clock.run { result != nil || network.clock.isSpinning }
    }
    return (try #require(result, "the session never ended"), server)
  }

  /// The lines that may be said before TLS by whoever insists on it.
  private static let harmless = ["EHLO", "HELO", "STARTTLS", "QUIT", "RSET", "NOOP"]

  @Test(
    "lets nothing of a message or a password leave in clear",
    arguments: buffering + stripping
      + tampering, Demand.allCases)
  func leaks(attack: Case, demand: Demand) throws {
    let (trace, server) = try play(attack, demand)
    // What begins a handshake is no line.
    let clear = server.inClear.prefix { $0 != 0x16 }
    let text = String(decoding: clear, as: UTF8.self)
    let encoded = String(
      decoding: Base64.encoded(Array("\0alice\0\(Self.secret)".utf8)), as: UTF8.self)
    for word in [Self.secret, encoded, "only for you"] { #expect(!text.contains(word)) }
    for line in text.split(separator: "\r\n") {
      #expect(Self.harmless.contains { line.hasPrefix($0) }, "\(line)")
    }
    let verdict = verdict(of: trace)
    if demand == .requires, !attack.isHarmless { #expect(verdict.status != .ok) }
    if demand == .verifies || demand == .keepsToRecords {
      #expect(verdict.status != .ok && server.inTLS.isEmpty)
    }
    if let kind = attack.violation, demand == .requires {
      #expect(trace.violations.contains { $0.kind == kind }, "\(trace.violations)")
    }
  }

  @Test("changes nothing inside TLS where it lets TLS begin", arguments: tampering)
  func harmless(attack: Case) throws {
    let (trace, server) = try play(attack, .requires)
    #expect(verdict(of: trace).status == .ok)
    #expect(String(decoding: server.inTLS, as: UTF8.self).contains("only for you"))
    #expect(!trace.capabilities.contains { $0.hasPrefix("PIPELINING") || $0.hasPrefix("SIZE") })
  }

  @Test("has no clear text taken for a reply inside TLS", arguments: buffering)
  func injection(attack: Case) throws {
    let (trace, server) = try play(attack, .requires)
    let secured = trace.stages.first { $0.name == .tls }?.start ?? .max
    for reply in trace.replies where reply.at > secured {
      #expect(!reply.lines.contains { $0.contains("evil") }, "\(reply)")
    }
    #expect(server.inTLS.isEmpty || attack.violation == nil)
  }
}
