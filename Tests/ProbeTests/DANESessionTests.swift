import Diagnosis
import SMTPDialogue
import SessionOptions
import SessionTrace
import TLSEngine
import Testing
import Wire

@testable import Probe
@testable import Simulation

/// What DNSSEC says of names decides which host is talked to, and how.
@Suite("A session that keeps to TLSA records")
struct DANESessionTests {
  typealias Zone = [SecureQuestion: SecureAnswer]

  /// What a session came to, by what is at `mx1` and `mx2`, two exchangers of one server.
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    var zone: Zone = [:]
    var target = TargetPlan.Place.mailDomain("example.com")
    var answers: [String: String] = [:]
    /// The exchangers; one that will not do is passed over for the next.
    var hosts = ["mx1", "mx2"]
    var outcome = "ok"
    var isEncrypted = true
    /// The host that the session was with.
    var host = "mx1"
    var kind = TLSPolicyRecord.Kind.tlsa
    var security = TLSPolicyRecord.Security.secure
    var result: TLSPolicyRecord.Result?
    /// Whether a record fits.
    var isMatched = false
    var note: String?
    var serverName: String?
    var testDescription: String { name }
  }

  static let credentials = Result {
    try ServerCredentials.selfSigned(commonName: "mx", names: ["mx"])
  }

  /// `3 0 0`, the whole certificate.
  private static let fitting: [UInt8] =
    [3, 0, 0]
    + ((try? credentials.get()).flatMap { made in
      Base64.decoded(
        Array(
          made.pemCertificate.split(separator: "\n").dropFirst().dropLast()
            .joined().utf8))
    } ?? [])
  private static let strange: [UInt8] = [3, 1, 1] + Array(repeating: 7, count: 32)
  private static let useless: [UInt8] = [1, 1, 1] + Array(repeating: 7, count: 32)

  private static func addresses(_ host: String, _ answer: SecureAnswer) -> Zone {
    [SecureQuestion(.a, of: host): answer, SecureQuestion(.aaaa, of: host): answer]
  }

  private static func exchangers(_ answer: SecureAnswer) -> Zone {
    [SecureQuestion(.mx, of: "example.com"): answer]
  }

  private static let both = SecureAnswer(
    .secure, records: ["mx1", "MX2"].map { [0, 10, 3] + Array($0.utf8) + [0] })

  /// Signed, with these records at the first host.
  private static func signed(
    _ records: SecureAnswer, at name: String = "_25._tcp.mx1", others: Zone = [:]
  ) -> Zone {
    exchangers(both).merging(addresses("mx1", SecureAnswer(.secure))) { $1 }
      .merging([SecureQuestion(.tlsa, of: name): records]) { $1 }.merging(others) { $1 }
  }

  private static let inClear = ["EHLO": "250-mx.example.com\r\n250 HELP\r\n"]

  static let rows = [
    Row(
      name: "the certificate fits", zone: signed(SecureAnswer(.secure, records: [fitting])),
      isMatched: true, serverName: "mx1"),
    Row(
      name: "an old record beside the one that fits",
      zone: signed(SecureAnswer(.secure, records: [strange, fitting])), isMatched: true),
    Row(
      name: "no record fits", zone: signed(SecureAnswer(.secure, records: [strange])),
      hosts: ["mx1"], outcome: "tls_failed@tls", result: .validationFailure),
    Row(
      name: "STARTTLS is not offered", zone: signed(SecureAnswer(.secure, records: [fitting])),
      answers: inClear, hosts: ["mx1"], outcome: "tls_failed@starttls", isEncrypted: false,
      result: .starttlsNotSupported),
    Row(
      name: "STARTTLS is refused", zone: signed(SecureAnswer(.secure, records: [fitting])),
      answers: ["STARTTLS": "454 4.7.0 not now\r\n"], hosts: ["mx1"], outcome: "deferred@starttls",
      isEncrypted: false, result: .starttlsNotSupported),
    Row(
      name: "no record is of use", zone: signed(SecureAnswer(.secure, records: [useless])),
      result: .tlsaInvalid),
    Row(
      name: "no record is of use, and STARTTLS is not offered",
      zone: signed(SecureAnswer(.secure, records: [useless])), answers: inClear,
      hosts: ["mx1"], outcome: "tls_failed@starttls", isEncrypted: false,
      result: .starttlsNotSupported),
    Row(name: "it is proved that there is none", zone: signed(SecureAnswer(.secure)), kind: .none),
    Row(
      name: "it is proved that there is none, and STARTTLS is not offered",
      zone: signed(SecureAnswer(.secure)), answers: inClear, isEncrypted: false, kind: .none),
    Row(
      name: "the host is not signed", zone: exchangers(both), kind: .none, security: .insecure),
    Row(
      name: "records that are not signed",
      zone: signed(SecureAnswer(.insecure, records: [strange])), kind: .none, security: .insecure),
    Row(
      name: "the records are bogus: the next exchanger",
      zone: signed(SecureAnswer(.bogus, reason: "signature expired")), host: "mx2", kind: .none,
      security: .insecure, note: "mx1 is passed over"),
    Row(
      name: "the records cannot be had: the next exchanger",
      zone: signed(SecureAnswer(.indeterminate, reason: "SERVFAIL")), host: "mx2", kind: .none,
      security: .insecure, note: "there is no answer for TLSA of _25._tcp.mx1: SERVFAIL"),
    Row(
      name: "the records of all are bogus",
      zone: signed(
        SecureAnswer(.bogus, reason: "signature expired"),
        others: addresses("mx2", SecureAnswer(.bogus))), outcome: "unreachable@resolve",
      isEncrypted: false, host: "example.com", security: .bogus, result: .dnssecInvalid),
    Row(
      name: "the addresses of one family cannot be had, as of many a server",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]),
        others: [SecureQuestion(.aaaa, of: "mx1"): SecureAnswer(.indeterminate)]), isMatched: true),
    Row(
      name: "no addresses can be had for certain",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]),
        others: addresses("mx1", SecureAnswer(.indeterminate))), host: "mx2", kind: .none,
      security: .insecure),
    Row(
      name: "an alias, with records where it leads",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]), at: "_25._tcp.real",
        others: addresses("mx1", SecureAnswer(.secure, canonicalName: "real"))), isMatched: true,
      serverName: "real"),
    Row(
      name: "an alias, with records of its own",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]),
        others: addresses("mx1", SecureAnswer(.secure, canonicalName: "real"))
          .merging([SecureQuestion(.tlsa, of: "_25._tcp.real"): SecureAnswer(.secure)]) { $1 }),
      isMatched: true, serverName: "mx1"),
    Row(
      name: "a signed alias that leads out of what is signed",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]),
        others: addresses("mx1", SecureAnswer(.insecure, canonicalName: "real"))
          .merging([SecureQuestion(.cname, of: "mx1"): SecureAnswer(.secure)]) { $1 }),
      isMatched: true, serverName: "mx1"),
    Row(
      name: "an alias that is not signed",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]),
        others: addresses("mx1", SecureAnswer(.insecure, canonicalName: "real"))), kind: .none,
      security: .insecure),
    Row(
      name: "an alias of which nobody can say whether it is signed: the next exchanger",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]),
        others: addresses("mx1", SecureAnswer(.insecure, canonicalName: "real"))
          .merging([
            SecureQuestion(.cname, of: "mx1"): SecureAnswer(.indeterminate, reason: "SERVFAIL")
          ]) { $1 }), host: "mx2", kind: .none, security: .insecure,
      note: "there is no answer for CNAME of mx1: SERVFAIL"),
    Row(
      name: "an alias that is bogus: the next exchanger",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]),
        others: addresses("mx1", SecureAnswer(.insecure, canonicalName: "real"))
          .merging([SecureQuestion(.cname, of: "mx1"): SecureAnswer(.bogus)]) { $1 }),
      host: "mx2", kind: .none, security: .insecure, note: "mx1 is passed over"),
    Row(
      name: "MX records that are not signed",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]),
        others: exchangers(SecureAnswer(.insecure))), isMatched: true,
      note: "the MX records of example.com are not signed"),
    Row(
      name: "MX records that are bogus",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]), others: exchangers(SecureAnswer(.bogus))),
      outcome: "unreachable@resolve", isEncrypted: false, host: "example.com", security: .bogus,
      result: .dnssecInvalid),
    Row(
      name: "another exchanger than DNSSEC vouches for",
      zone: signed(
        SecureAnswer(.secure, records: [fitting]),
        others: exchangers(SecureAnswer(.secure, records: [[0, 10, 3] + Array("mx2".utf8) + [0]]))),
      host: "mx2", kind: .none, security: .insecure, note: "none of the mail exchangers"),
    Row(
      name: "a host that was named", zone: signed(SecureAnswer(.secure, records: [fitting])),
      target: .host("mx1"), isMatched: true),
  ]

  private func play(_ row: Row) throws -> (Trace, PeerNetwork) {
    let server = ScriptedServer(
      ScriptedServer.Script(answers: row.answers, credentials: try Self.credentials.get()))
    let dialogue = try DialoguePlan(
      ehloName: "probe.example.org",
      envelope: Envelope(
        sender: Array("s@example.org".utf8), recipients: [Array("r@example.com".utf8)]))
    var plan = SessionPlan(
      target: TargetPlan(given: "sim", place: row.target, port: 25), dialogue: dialogue)
    plan.tls = ClientConfiguration(loadSystemTrust: false)
    plan.dane = ValidatorPlan()
    let network = PeerNetwork(server)
    network.hosts = row.hosts
    network.answers = row.zone
    var result: Trace?
    let session = Session(plan: plan, network: network) { result = $0 }
    network.clock.schedule(at: 1) { session.start() }
    withExtendedLifetime(session) {
      network.clock.run { result != nil || network.clock.isSpinning }
    }
    return (try #require(result, "the session never ended"), network)
  }

  @Test("talks to whom it may, as it must, and says why", arguments: rows)
  func outcome(row: Row) throws {
    let (trace, _) = try play(row)
    let verdict = verdict(of: trace)
    let status =
      verdict.status == .ok ? "ok" : "\(verdict.status.rawValue)@\(verdict.stage.rawValue)"
    #expect(status == row.outcome, "\(verdict.summary)")
    #expect((trace.tls != nil) == row.isEncrypted)
    let host = row.outcome == "unreachable@resolve" ? "mx1" : row.host
    #expect(trace.target.host == row.host)
    let policy = try #require(trace.tlsPolicies?.first { $0.host == host })
    #expect(policy.kind == row.kind && policy.security == row.security, "\(policy)")
    #expect(policy.result == row.result, "\(policy)")
    #expect((policy.matched != nil) == row.isMatched, "\(policy)")
    #expect(policy.reason?.isEmpty == false)
    if let note = row.note {
      #expect(trace.notes.contains { $0.contains(note) }, "\(trace.notes)")
    }
    if let name = row.serverName { #expect(trace.tls?.serverName == name) }
  }

  @Test("asks nothing about TLSA records where a host is not signed")
  func questions() throws {
    let (_, network) = try play(Row(name: "", zone: Self.exchangers(Self.both)))
    #expect(!network.questions.isEmpty)
    #expect(!network.questions.contains { $0.type == .tlsa })
  }

  @Test("has nothing to ask about an address")
  func address() throws {
    let (trace, _) = try play(Row(name: "", target: .host("192.0.2.1")))
    #expect(trace.tlsPolicies?.map(\.kind) == [.none, .none])
  }
}
