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

/// A domain of two exchangers, of which the first does not keep to what is demanded (RFC 7672 section 2.2, RFC 8461
/// section 5).
@Suite("An exchanger whose TLS is not as a policy demands")
struct PassingOverTests {
  private static let first = "192.0.2.20"
  private static let second = "192.0.2.25"

  /// What is wrong with the first.
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var answers: [String: String] = [:]
    let result: TLSPolicyRecord.Result
  }

  static let faults = [
    Fault(
      testDescription: "a certificate for another name",
      result: .certificateHostMismatch),
    Fault(
      testDescription: "no STARTTLS", answers: ["EHLO": "250 mx1.example.com\r\n"],
      result: .starttlsNotSupported),
    Fault(
      testDescription: "STARTTLS refused", answers: ["STARTTLS": "454 4.7.0 later\r\n"],
      result: .starttlsNotSupported),
    Fault(
      testDescription: "no TLS behind STARTTLS", answers: ["STARTTLS": "220 go\r\n500 what\r\n"],
      result: .validationFailure),
  ]

  /// The first with its fault, the second well or as given.
  private func play(
    _ fault: Fault, mode: String = "enforce", second: PolicyNetwork.Host? = nil,
    tlsa: [UInt8]? = nil, interruptedAt moment: Microseconds? = nil
  ) throws -> (Trace, PolicyNetwork) {
    let certificates = try PolicySearchTests.Certificates()
    let trust = try Scratch(certificates.trusted, ending: ".pem")
    let network = PolicyNetwork()
    network.exchangers = ["mx1.example.com": Self.first, "mx.example.com": Self.second]
    let policy = "version: STSv1\nmode: \(mode)\nmax_age: 86400\nmx: *.example.com"
    network.hosts["192.0.2.80"] = .web(
      WebScript(credentials: certificates.web, pieces: [WebScript.answer(policy)]))
    network.hosts[Self.first] = .mail(
      ScriptedServer.Script(answers: fault.answers, credentials: certificates.otherName))
    network.hosts[Self.second] =
      second ?? .mail(ScriptedServer.Script(credentials: certificates.web2))
    let envelope = try Envelope(sender: [], recipients: [Array("postmaster@example.com".utf8)])
    var plan = SessionPlan(
      target: TargetPlan(given: "mx:example.com", place: .mailDomain("example.com"), port: 25),
      dialogue: try DialoguePlan(ehloName: "probe.example", envelope: envelope))
    plan.tls = ClientConfiguration(trustFile: trust.path, loadSystemTrust: false)
    if let tlsa {
      plan.dane = ValidatorPlan()
      network.answers = [
        SecureQuestion(.a, of: "mx1.example.com"): SecureAnswer(.secure),
        SecureQuestion(.aaaa, of: "mx1.example.com"): SecureAnswer(.secure),
        SecureQuestion(.tlsa, of: "_25._tcp.mx1.example.com"): SecureAnswer(
          .secure, records: [tlsa]),
      ]
    } else {
      plan.policy = PolicyQuestion(
        domain: "example.com", tls: plan.tls, connectLimit: plan.timeouts.connect)
    }
    var ended: Trace?
    let session = Session(plan: plan, network: network) { ended = $0 }
    session.start()
    if let moment { network.clock.after(moment) { session.interrupt(signal: 2) } }
    network.clock.run { ended != nil }
    return (try #require(ended), network)
  }

  @Test("is passed over for the next, and it is told why", arguments: faults)
  func isPassedOver(_ fault: Fault) throws {
    let (trace, network) = try play(fault)
    #expect(network.visited == ["192.0.2.80", Self.first, Self.second])
    #expect(verdict(of: trace).status == .ok, "\(trace.ending)")
    #expect(trace.target.host == "mx.example.com" && trace.target.address == Self.second)
    let policies = (trace.tlsPolicies ?? []).filter { $0.host != nil }
    #expect(policies.map(\.host) == ["mx1.example.com", "mx.example.com"])
    #expect(policies.map(\.result) == [fault.result, nil])
    #expect(trace.notes.contains { $0.hasPrefix("mx1.example.com is passed over") })
    #expect(trace.attempts.map { $0.failure?.isAboutPolicy } == [true, nil])
    // The books are of the second alone.
    #expect(trace.commands.first?.start == 0 && trace.commands.count { $0.stage == .starttls } == 1)
    #expect(trace.ledger.written == trace.commands.last?.end)
    #expect(trace.stages.map(\.name).filter { $0 == .ehlo }.count == 2, "in clear and in TLS")
    #expect(trace.stages.map(\.name).filter { $0 == .connect }.count == 1)
    #expect(trace.replies.first?.stage == .banner && trace.violations.isEmpty)
  }

  @Test("is passed over, too, where TLSA records demand another certificate")
  func underDANE() throws {
    let (trace, network) = try play(
      Self.faults[0], tlsa: [3, 1, 1] + Array(repeating: 0, count: 32))
    #expect(network.visited == [Self.first, Self.second])
    #expect(verdict(of: trace).status == .ok && trace.target.host == "mx.example.com")
    let first = trace.tlsPolicies?.first { $0.host == "mx1.example.com" }
    #expect(first?.kind == .tlsa && first?.result == .validationFailure)
  }

  @Test("is talked to where the policy is only tested")
  func testing() throws {
    let (trace, network) = try play(Self.faults[0], mode: "testing")
    #expect(network.visited.last == Self.first)
    #expect(verdict(of: trace).status == .ok && trace.target.host == "mx1.example.com")
  }

  @Test("leaves the session without a host where the next takes no connection")
  func noneIsLeft() throws {
    let (trace, _) = try play(Self.faults[0], second: .refuses)
    let verdict = verdict(of: trace)
    #expect(verdict.status == .unreachable && verdict.stage == .connect)
    #expect(verdict.summary.hasPrefix("none of the 2 addresses of mx.example.com will do"))
    #expect(trace.commands.isEmpty)
  }

  @Test("is told of like the next, where that does not keep to it either")
  func both() throws {
    let certificates = try PolicySearchTests.Certificates()
    let other = PolicyNetwork.Host.mail(
      ScriptedServer.Script(credentials: certificates.otherName))
    let (trace, network) = try play(Self.faults[1], second: other)
    #expect(network.visited.last == Self.second)
    #expect(verdict(of: trace).status == .tlsFailed)
    let results = (trace.tlsPolicies ?? []).filter { $0.host != nil }.map(\.result)
    // Its issuer is another than the one that is trusted here, which comes before its name.
    #expect(results == [.starttlsNotSupported, .certificateNotTrusted])
  }

  @Test("ends with the session at any moment that a signal comes")
  func interrupted() throws {
    for moment in stride(from: Microseconds(1_000), through: 40_000, by: 3_000) {
      let (trace, _) = try play(Self.faults[2], interruptedAt: moment)
      let isEnded = trace.ending == .interrupted(signal: 2) || trace.ending == .finished
      #expect(isEnded, "\(moment): \(trace.ending)")
    }
  }
}
