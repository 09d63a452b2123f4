import SessionOptions
import SessionTrace
import StrictTransport
import TLSEngine
import TestSupport
import Testing
import Wire

@testable import Probe
@testable import Simulation

/// From the TXT record to the policy, and everything that can go wrong on the way.
@Suite("Search for a policy of MTA-STS")
struct PolicySearchTests {
  /// Certificates, all of which but one are trusted.
  struct Certificates: Sendable {
    let web, web2, otherName, expired, unknown: ServerCredentials

    init() throws {
      func made(
        _ name: String, _ validity: ServerCredentials.Validity = .valid
      ) throws -> ServerCredentials {
        try .selfSigned(commonName: name, names: [name], validity: validity)
      }
      web = try made("mta-sts.example.com")
      web2 = try made("mx.example.com")
      otherName = try made("www.example.com")
      expired = try made("mta-sts.example.com", .expired)
      unknown = try .selfSigned(
        commonName: "nobody", names: ["mta-sts.example.com", "mx.example.com"])
    }

    var trusted: [UInt8] {
      Array([web, web2, otherName, expired].map(\.pemCertificate).joined(separator: "\n").utf8)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var texts: Result<[String], ResolveFailure>? = .success(["v=STSv1; id=1"])
    var addresses = ["192.0.2.80"]
    /// By address, with certificates that are made in the test.
    var hosts: @Sendable (Certificates) -> [String: PolicyNetwork.Host]
    /// `nil`: no policy.
    var mode: STSPolicy.Mode?
    var result: TLSPolicyRecord.Result?
    var reason: String?
    var visited = ["192.0.2.80"]
    /// At least, and not a second more; seconds.
    var took: Microseconds = 0
    var testDescription: String { name }
  }

  private static let policy =
    "version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmax_age: 86400\r\n"

  private static func web(
    _ pieces: [String] = [WebScript.answer(policy)], end: WebScript.End = .closes,
    gap: Microseconds = 1_000
  ) -> @Sendable (Certificates) -> [String: PolicyNetwork.Host] {
    { ["192.0.2.80": .web(WebScript(credentials: $0.web, pieces: pieces, gap: gap, end: end))] }
  }

  private static func shown(
    _ certificate: @escaping @Sendable (Certificates) -> ServerCredentials?
  ) -> @Sendable (Certificates) -> [String: PolicyNetwork.Host] {
    {
      [
        "192.0.2.80": .web(
          WebScript(credentials: certificate($0), pieces: [WebScript.answer(policy)]))
      ]
    }
  }

  private static let url = "https://mta-sts.example.com/.well-known/mta-sts.txt: "
  private static let refused = "mta-sts.example.com could not be connected to: "

  static let cases: [Case] = [
    Case(name: "a policy", hosts: web(), mode: .enforce),
    Case(
      name: "a policy letter by letter",
      hosts: web(WebScript.answer(policy).map(String.init), end: .stays), mode: .enforce),
    Case(
      name: "mode testing",
      hosts: web([WebScript.answer("version: STSv1\nmode: testing\nmx: *.b\nmax_age: 1\n")]),
      mode: .testing),
    Case(
      name: "in chunks",
      hosts: web([
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf\r\nversion: STSv1\n\r\n",
        "30\r\nmode: enforce\nmx: mx.example.com\nmax_age: 86400\n\r\n0\r\n\r\n",
      ]), mode: .enforce),
    Case(
      name: "up to the end of the stream",
      hosts: web(["HTTP/1.0 200 OK\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + policy]
      ),
      mode: .enforce),
    Case(
      name: "up to an end that TLS knows nothing of",
      hosts: web(["HTTP/1.0 200 OK\r\n\r\n" + policy], end: .cuts), result: .stsPolicyFetchError,
      reason:
        "https://mta-sts.example.com: it closed after 67 bytes without TLS's closing word: it may be cut"
    ),
    Case(
      name: "no record", texts: .failure(PolicyNetwork.noSuchName), hosts: web(),
      reason: "_mta-sts.example.com: no TXT record begins with \"v=STSv1;\"", visited: []),
    Case(
      name: "other records", texts: .success(["v=spf1 -all"]), hosts: web(),
      reason: "_mta-sts.example.com: no TXT record begins with \"v=STSv1;\"", visited: []),
    Case(
      name: "two records", texts: .success(["v=STSv1; id=1", "v=STSv1; id=2"]), hosts: web(),
      reason: "_mta-sts.example.com: 2 TXT records begin with \"v=STSv1;\": keep one", visited: []),
    Case(
      name: "a name server that fails",
      texts: .failure(
        .temporary(SystemFailure(call: "DNS query", name: "SERVFAIL", code: 2, text: "it failed"))),
      hosts: web(), reason: "_mta-sts.example.com could not be looked up: it failed", visited: []),
    Case(
      name: "a name server that never answers", texts: nil, hosts: web(),
      reason: "_mta-sts.example.com could not be looked up within 60 s", visited: [], took: 60),
    Case(
      name: "a policy host without address", addresses: [], hosts: web(),
      result: .stsPolicyFetchError, reason: "mta-sts.example.com has no address: no such name",
      visited: []),
    Case(
      name: "a policy host that refuses", hosts: { _ in [:] }, result: .stsPolicyFetchError,
      reason: refused + "Connection refused"),
    Case(
      name: "a policy host that nobody answers at", hosts: { _ in ["192.0.2.80": .isSilent] },
      result: .stsPolicyFetchError, reason: refused + "no answer within 20000 ms", took: 20),
    Case(
      name: "the second address, and the third is not asked",
      addresses: ["192.0.2.81", "192.0.2.80", "192.0.2.82"], hosts: web(), mode: .enforce,
      visited: ["192.0.2.81", "192.0.2.80"]),
    Case(
      name: "four silent addresses: time is up at the third",
      addresses: ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"],
      hosts: { _ in
        ["192.0.2.1": .isSilent, "192.0.2.2": .isSilent, "192.0.2.3": .isSilent]
      }, result: .stsPolicyFetchError,
      reason: "no policy within 60 s: 192.0.2.3:443 did not answer the connection",
      visited: ["192.0.2.1", "192.0.2.2", "192.0.2.3"], took: 60),
    Case(
      name: "a policy host that says nothing", hosts: web([], end: .stays),
      result: .stsPolicyFetchError,
      reason: "no policy within 60 s: 192.0.2.80:443 did not answer the request", took: 60),
    Case(
      name: "a slow policy host", hosts: web([WebScript.answer(policy)], gap: .seconds(20)),
      mode: .enforce, took: 20),
    Case(
      name: "a policy that drips",
      hosts: web(WebScript.answer(policy).map(String.init), gap: .seconds(1)),
      result: .stsPolicyFetchError,
      reason: "no policy within 60 s: 192.0.2.80:443 had sent 61 bytes of its answer", took: 60),
    Case(
      name: "404", hosts: web(["HTTP/1.1 404 Not Found\r\n\r\n"]), result: .stsPolicyFetchError,
      reason: url + "the answer was 404 Not Found"),
    Case(
      name: "a redirect",
      hosts: web(["HTTP/1.1 302 Found\r\nLocation: https://mta-sts.example.com/x\r\n\r\n"]),
      result: .stsPolicyFetchError,
      reason: url
        + "the answer was 302 Found to https://mta-sts.example.com/x: redirects are not followed"
        + " (RFC 8461 section 3.3)"),
    Case(
      name: "another media type", hosts: web([WebScript.answer(policy, type: "text/html")]),
      result: .stsPolicyFetchError,
      reason: url + "its media type is text/html, and not text/plain"),
    Case(
      name: "over 64 KB",
      hosts: web([WebScript.answer(policy + String(repeating: "a: b\n", count: 13_200))]),
      result: .stsPolicyFetchError,
      reason: "https://mta-sts.example.com: it is longer than 65536 bytes"),
    Case(
      name: "over 64 KB without a length",
      hosts: web(
        ["HTTP/1.1 200 OK\r\n\r\n", String(repeating: "a: b\n", count: 13_200)], end: .stays),
      result: .stsPolicyFetchError,
      reason: "https://mta-sts.example.com: it is longer than 65536 bytes"),
    Case(
      name: "an end in the middle",
      hosts: web([String(WebScript.answer(policy).dropLast(10))]), result: .stsPolicyFetchError,
      reason: "https://mta-sts.example.com: it closed after 56 bytes, 11 too early"),
    Case(
      name: "no answer at all", hosts: web([]), result: .stsPolicyFetchError,
      reason: "https://mta-sts.example.com: it closed without an answer"),
    Case(
      name: "a page", hosts: web([WebScript.answer("<html>\n")]), result: .stsPolicyInvalid,
      reason: url + "line 1: \"<html>\" has no colon: write name, colon, value"),
    Case(
      name: "another name", hosts: shown(\.otherName), result: .stsWebPKIInvalid,
      reason:
        "the certificate of mta-sts.example.com is not accepted: The name in the certificate does not match the expected."
    ),
    Case(
      name: "an expired certificate", hosts: shown(\.expired), result: .stsWebPKIInvalid,
      reason:
        "the certificate of mta-sts.example.com is not accepted: The certificate chain uses expired certificate."
    ),
    Case(
      name: "a certificate of nobody", hosts: shown(\.unknown), result: .stsWebPKIInvalid,
      reason:
        "the certificate of mta-sts.example.com is not accepted: The certificate issuer is unknown."
    ),
    Case(
      name: "no TLS", hosts: shown { _ in nil }, result: .stsPolicyFetchError,
      reason: "TLS with 192.0.2.80:443 failed: What came is no TLS record."),
  ]

  @Test("Each step has its answer, and its way to fail", arguments: cases)
  func finds(_ row: Case) throws {
    let certificates = try Certificates()
    let trust = try Scratch(certificates.trusted, ending: ".pem")
    let network = PolicyNetwork()
    network.texts = row.texts
    network.addresses["mta-sts.example.com"] = row.addresses
    network.hosts = row.hosts(certificates)
    var question = PolicyQuestion(
      domain: "example.com",
      tls: ClientConfiguration(trustFile: trust.path, loadSystemTrust: false),
      connectLimit: .seconds(20))
    question.limit = .seconds(60)
    var findings: [PolicyFinding] = []
    _ = network.policies.ask(question, on: network) { findings.append($0) }
    #expect(findings.isEmpty)
    network.clock.run { false }
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.policy?.mode == row.mode)
    #expect(finding.result == row.result)
    #expect(finding.reason == row.reason)
    #expect(network.visited == row.visited)
    #expect(network.questions == ["_mta-sts.example.com"])
    let took = Microseconds.seconds(row.took)
    #expect(finding.took >= took && finding.took < took + .seconds(1), "\(finding.took)")
  }

  @Test("Of sessions side by side one asks, and later ones are told what it found")
  func asksOnce() throws {
    let certificates = try Certificates()
    let trust = try Scratch(certificates.trusted, ending: ".pem")
    let network = PolicyNetwork()
    network.hosts = Self.web()(certificates)
    var question = PolicyQuestion(
      domain: "example.com",
      tls: ClientConfiguration(trustFile: trust.path, loadSystemTrust: false),
      connectLimit: .seconds(20))
    var modes: [STSPolicy.Mode?] = []
    func ask() -> () -> Void {
      network.policies.ask(question, on: network) { modes.append($0.policy?.mode) }
    }
    let giveUp = ask()
    _ = ask()
    giveUp()
    network.clock.run { false }
    _ = ask()
    #expect(modes == [.enforce])
    network.clock.run { false }
    #expect(modes == [.enforce, .enforce])
    #expect(network.visited == ["192.0.2.80"])
    question.port = 8_443
    _ = ask()
    network.clock.run { false }
    #expect(network.visited.count == 2, "another place is another question")
    question.domain = "example.net"
    ask()()
    network.clock.run { false }
    #expect(modes.count == 3, "whoever gave up is not told")
  }

  @Test("Of many domains the answers for the last ones are kept")
  func bounded() {
    let network = PolicyNetwork()
    network.texts = .success([])
    func ask(_ number: Int) {
      var isTold = false
      let question = PolicyQuestion(
        domain: "d\(number).example", tls: ClientConfiguration(loadSystemTrust: false),
        connectLimit: .seconds(1))
      _ = network.policies.ask(question, on: network) { _ in isTold = true }
      network.clock.run { isTold }
    }
    for number in 0...PolicyMemory.mostAnswered { ask(number) }
    let asked = network.questions.count
    ask(PolicyMemory.mostAnswered)
    #expect(network.questions.count == asked)
    ask(0)
    #expect(network.questions.count == asked + 1)
  }
}
