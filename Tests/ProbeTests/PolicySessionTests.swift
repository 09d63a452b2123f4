import Diagnosis
import SMTPDialogue
import SessionOptions
import SessionTrace
import TLSEngine
import TestSupport
import Testing
import Wire

@testable import Probe
@testable import Simulation

/// Sessions that keep to a domain's policy of MTA-STS (RFC 8461 sections 4 and 5).
@Suite("Sessions under a policy of MTA-STS")
struct PolicySessionTests {
  private typealias Certificates = PolicySearchTests.Certificates

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var mode = "enforce"
    var patterns = ["mx.example.com"]
    var texts = ["v=STSv1; id=1"]
    /// By host, what its certificate is.
    var certificate: @Sendable (PolicySearchTests.Certificates) -> ServerCredentials
    var answers: [String: String] = [:]
    var exchangers = ["mx.example.com": "192.0.2.25"]
    var tls = TLSMode.auto
    let status: SessionStatus
    /// Exchangers that were connected to.
    var visited = ["192.0.2.25"]
    /// Under TLS, and the name that was announced.
    var serverName: String?
    /// Of each host with one: its name, and whether it kept to the policy.
    var results: [String] = []
    var testDescription: String { name }
  }

  private static let stranger = ["mx.other.example": "192.0.2.20", "mx.example.com": "192.0.2.25"]

  static let cases: [Case] = [
    Case(
      name: "enforce, and all is well", certificate: \.web2, status: .ok,
      serverName: "mx.example.com", results: ["mx.example.com kept"]),
    Case(
      name: "by a wildcard", patterns: ["*.example.com"], certificate: \.web2, status: .ok,
      serverName: "mx.example.com", results: ["mx.example.com kept"]),
    Case(
      name: "a first exchanger that is not in the policy", certificate: \.web2,
      exchangers: stranger, status: .ok, serverName: "mx.example.com",
      results: ["mx.other.example validation-failure", "mx.example.com kept"]),
    Case(
      name: "no exchanger in the policy", patterns: ["*.example.net"], certificate: \.web2,
      status: .unreachable, visited: [], results: ["mx.example.com validation-failure"]),
    Case(
      name: "enforce, and a certificate for another name", certificate: \.otherName,
      status: .tlsFailed, serverName: "mx.example.com",
      results: ["mx.example.com certificate-host-mismatch"]),
    Case(
      name: "enforce, and nobody's certificate", certificate: \.unknown, status: .tlsFailed,
      serverName: "mx.example.com", results: ["mx.example.com certificate-not-trusted"]),
    Case(
      name: "enforce, and an expired certificate", certificate: \.expired, status: .tlsFailed,
      serverName: "mx.example.com", results: ["mx.example.com certificate-expired"]),
    Case(
      name: "enforce, and no STARTTLS", certificate: \.web2,
      answers: ["EHLO": "250 mx.example.com\r\n"], status: .tlsFailed,
      results: ["mx.example.com starttls-not-supported"]),
    Case(
      name: "enforce, and STARTTLS is refused", certificate: \.web2,
      answers: ["STARTTLS": "454 4.7.0 later\r\n"], status: .deferred,
      results: ["mx.example.com starttls-not-supported"]),
    Case(
      name: "enforce, and no TLS behind STARTTLS", certificate: \.web2,
      answers: ["STARTTLS": "220 go\r\n500 what\r\n"], status: .protocolError,
      results: ["mx.example.com validation-failure"]),
    Case(
      name: "testing, and all is well", mode: "testing", certificate: \.web2, status: .ok,
      serverName: "mx.example.com", results: ["mx.example.com kept"]),
    Case(
      name: "testing, and a certificate for another name", mode: "testing",
      certificate: \.otherName, status: .ok, serverName: "mx.example.com",
      results: ["mx.example.com certificate-host-mismatch"]),
    Case(
      name: "testing, and no STARTTLS", mode: "testing", certificate: \.web2,
      answers: ["EHLO": "250 mx.example.com\r\n"], status: .ok,
      results: ["mx.example.com starttls-not-supported"]),
    Case(
      name: "testing, and a first exchanger that is not in the policy", mode: "testing",
      certificate: \.web2, exchangers: stranger, status: .ok, visited: ["192.0.2.20"],
      serverName: "mx.other.example", results: ["mx.other.example validation-failure"]),
    Case(
      name: "none", mode: "none", certificate: \.otherName, status: .ok, visited: ["192.0.2.25"]),
    Case(
      name: "no policy", texts: [], certificate: \.otherName, status: .ok,
      visited: ["192.0.2.25"]),
    Case(
      name: "a policy that cannot be had", mode: "forever", certificate: \.otherName, status: .ok),
    Case(
      name: "enforce, with TLS from the first byte and another name", certificate: \.otherName,
      tls: .implicit, status: .tlsFailed, serverName: "mx.example.com",
      results: ["mx.example.com certificate-host-mismatch"]),
  ]

  @Test("What a policy asks for is asked of its exchangers, and told", arguments: cases)
  func keepsTo(_ row: Case) throws {
    let certificates = try PolicySearchTests.Certificates()
    let trust = try Scratch(certificates.trusted, ending: ".pem")
    let network = try network(row, certificates)
    let trace = try #require(try run(row, on: network, trust: trust.path))
    #expect(verdict(of: trace).status == row.status, "\(trace.ending)")
    #expect(network.visited.filter { $0 != "192.0.2.80" } == row.visited)
    #expect(trace.tls?.serverName == row.serverName)
    let policies = try #require(trace.tlsPolicies)
    #expect(policies.first?.host == nil)
    let told = policies.compactMap { policy in
      policy.host.map { "\($0) \(policy.result?.rawValue ?? "kept")" }
    }
    #expect(told == row.results)
    // Its certificate was good enough before somebody asked for a policy.
    if row.status == .ok { #expect(trace.ending == .finished) }
  }

  @Test("The end of all time, or a signal, ends the search too", arguments: [true, false])
  func endsInTime(isSignal: Bool) throws {
    let certificates = try PolicySearchTests.Certificates()
    let trust = try Scratch(certificates.trusted, ending: ".pem")
    let network = PolicyNetwork()
    network.hosts = ["192.0.2.80": .isSilent]
    var plan = try plan(trust: trust.path)
    plan.timeouts.total = isSignal ? nil : .seconds(10)
    var ended: Trace?
    let session = Session(plan: plan, network: network) { ended = $0 }
    session.start()
    if isSignal { network.clock.after(.seconds(5)) { session.interrupt(signal: 2) } }
    network.clock.run { ended != nil }
    let trace = try #require(ended)
    #expect(trace.ending == (isSignal ? .interrupted(signal: 2) : .timedOut(.total)))
    #expect(trace.endingStage == .resolve)
    #expect(trace.duration / .seconds(1) == (isSignal ? 5 : 10))
    network.clock.run { false }
    #expect(network.now < .seconds(11), "nothing is left to be waited for")
  }

  @Test("TLSA records go before a policy, whatever that says", arguments: [true, false])
  func goesBehindDANE(isNamed: Bool) throws {
    let certificates = try PolicySearchTests.Certificates()
    let trust = try Scratch(certificates.trusted, ending: ".pem")
    let row = Case(
      name: "", patterns: [isNamed ? "mx.example.com" : "mx.example.net"],
      certificate: \.otherName, status: .tlsFailed)
    let network = try network(row, certificates)
    network.answers = [
      SecureQuestion(.a, of: "mx.example.com"): SecureAnswer(.secure),
      SecureQuestion(.aaaa, of: "mx.example.com"): SecureAnswer(.secure),
      SecureQuestion(.tlsa, of: "_25._tcp.mx.example.com"): SecureAnswer(
        .secure, records: [[3, 1, 1] + Array(repeating: 0, count: 32)]),
    ]
    let ended = try run(row, on: network, trust: trust.path) { $0.dane = ValidatorPlan() }
    let trace = try #require(ended)
    #expect(network.visited.last == "192.0.2.25", "it is not passed over")
    guard case .tlsFailed(let failure) = trace.ending else {
      return #expect(Bool(false), "\(trace.ending)")
    }
    #expect(failure.name == "dane_mismatch")
    let failed = (trace.tlsPolicies ?? []).filter { $0.result != nil }
    #expect(failed.map(\.kind) == [.tlsa])
    #expect(!trace.isOutsideOfPolicy)
  }

  @Test("A policy binds where DANE has nothing to say, and each has a word of its own")
  func besideDANE() throws {
    let certificates = try PolicySearchTests.Certificates()
    let trust = try Scratch(certificates.trusted, ending: ".pem")
    let row = Case(name: "", certificate: \.otherName, status: .tlsFailed)
    let network = try network(row, certificates)
    // Records that authenticate nobody, at the name that an alias leads to.
    let useless: [UInt8] = [1, 1, 1] + Array(repeating: 0, count: 32)
    for isSigned in [false, true] {
      let security =
        isSigned ? SecureAnswer(.secure, canonicalName: "real") : SecureAnswer(.insecure)
      network.answers = [
        SecureQuestion(.a, of: "mx.example.com"): security,
        SecureQuestion(.aaaa, of: "mx.example.com"): security,
        SecureQuestion(.tlsa, of: "_25._tcp.real"): SecureAnswer(.secure, records: [useless]),
      ]
      let ended = try run(row, on: network, trust: trust.path) { $0.dane = ValidatorPlan() }
      let trace = try #require(ended)
      #expect(verdict(of: trace).status == .tlsFailed, "\(trace.ending)")
      #expect(trace.tls?.serverName == "mx.example.com")
      let told = (trace.tlsPolicies ?? []).filter { $0.host == "mx.example.com" }
      #expect(told.map(\.kind) == [isSigned ? .tlsa : .none, .sts])
      #expect(told.map(\.result) == [isSigned ? .tlsaInvalid : nil, .certificateHostMismatch])
      #expect(told.last?.matched != nil)
    }
  }

  private func network(_ row: Case, _ certificates: Certificates) throws -> PolicyNetwork {
    let network = PolicyNetwork()
    let policy =
      (["version: STSv1", "mode: \(row.mode)", "max_age: 86400"] + row.patterns.map { "mx: \($0)" })
      .joined(separator: "\n")
    network.texts = .success(row.texts)
    network.exchangers = row.exchangers
    network.hosts["192.0.2.80"] = .web(
      WebScript(credentials: certificates.web, pieces: [WebScript.answer(policy)]))
    let script = ScriptedServer.Script(
      answers: row.answers, credentials: row.certificate(certificates))
    for address in row.exchangers.values {
      network.hosts[address] =
        row.tls == .implicit
        ? .web(WebScript(credentials: row.certificate(certificates))) : .mail(script)
    }
    return network
  }

  private func plan(trust: String, tls: TLSMode = .auto) throws -> SessionPlan {
    let envelope = try Envelope(sender: [], recipients: [Array("postmaster@example.com".utf8)])
    var plan = SessionPlan(
      target: TargetPlan(
        given: "mx:example.com", place: .mailDomain("example.com"), port: 25),
      dialogue: try DialoguePlan(ehloName: "probe.example", envelope: envelope, tls: tls))
    plan.tls = ClientConfiguration(trustFile: trust, loadSystemTrust: false)
    plan.policy = PolicyQuestion(
      domain: "example.com", tls: plan.tls, connectLimit: plan.timeouts.connect)
    return plan
  }

  private func run(
    _ row: Case, on network: PolicyNetwork, trust: String,
    change: (inout SessionPlan) -> Void = { _ in }
  ) throws -> Trace? {
    var ended: Trace?
    var plan = try plan(trust: trust, tls: row.tls)
    change(&plan)
    let session = Session(plan: plan, network: network) { ended = $0 }
    session.start()
    network.clock.run { ended != nil }
    return ended
  }
}
