import Diagnosis
import SessionTrace
import TestSupport
import Testing

/// One host, one session, and what of the one bears on the other: `id -> cause`, `id !> cause` where
/// it is ruled out.
struct HostRow: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let trace: Trace
  let expected: [String]

  init(
    _ name: String, _ session: Trace, _ expected: [String], _ change: (inout Trace) -> Void
  ) {
    var trace = session
    change(&trace)
    testDescription = name
    self.trace = trace
    self.expected = expected
  }

  var findings: [EnvironmentFinding] {
    environmentFindings(of: trace, verdict: verdict(of: trace))
  }
}

@Suite("Findings about this host")
struct EnvironmentTests {
  @Test("are those that bear on the verdict", arguments: HostRow.tracking + HostRow.others)
  func findings(row: HostRow) {
    let told = row.findings.map { finding in
      let sign = finding.bearing == .suspect ? "->" : "!>"
      return "\(finding.id) \(sign) \(finding.cause?.rawValue ?? "nothing")"
    }
    #expect(told == row.expected)
  }

  @Test("name causes that the catalogue knows, in words that can be printed")
  func words() {
    for row in HostRow.tracking + HostRow.others {
      for finding in row.findings {
        if let cause = finding.cause { #expect(Catalogue.cause(cause)?.id == cause) }
        let texts =
          [finding.text] + finding.remedies.flatMap { [$0.setting, $0.text] }.compactMap { $0 }
        #expect(texts.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
        #expect(!finding.text.hasSuffix(".") && !finding.text.isEmpty)
      }
    }
  }

  @Test("are none where the session went well", arguments: HostRow.tracking + HostRow.others)
  func healthy(row: HostRow) {
    var trace = Trace.healthy
    trace.environment = row.trace.environment
    trace.options = row.trace.options
    #expect(environmentFindings(of: trace, verdict: verdict(of: trace)) == [])
  }

  @Test("are none where the host tells nothing", arguments: [Trace.losing, .unanswered, .refused])
  func silentHost(session: Trace) {
    var trace = session
    trace.environment = EnvironmentRecord()
    #expect(environmentFindings(of: trace, verdict: verdict(of: trace)) == [])
  }

  @Test("stay printable whatever a saved file says of the host")
  func hostile() {
    let bad = "5.15\u{1B}[31m\n\u{202E}é`|"
    var losing = Trace.losing
    losing.options["fast_open"] = .text("cookie")
    losing.environment.kernel = bad
    losing.snapshots[0].facts.pathMTU = 1400
    losing.environment.packetFilters = [bad]
    losing.environment.route = RouteRecord(interface: bad, interfaceMTU: 1500, pathMTU: 1400)
    losing.environment.hostCounters = [
      "IpOutRequests": 9, "IpOutTransmits": -1, "TcpExtTCPRetransFail": 7,
    ]
    var refusing = Trace.refusing
    refusing.attempts[0].address = bad
    refusing.target.address = bad
    let findings = [losing, refusing].flatMap {
      environmentFindings(of: $0, verdict: verdict(of: $0))
    }
    #expect(findings.count == 4)
    for finding in findings {
      let texts =
        [finding.text] + finding.remedies.flatMap { [$0.setting, $0.text] }.compactMap { $0 }
      #expect(texts.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } }, "\(texts)")
    }
  }

  @Test("say what is left open where the distribution may have fixed the kernel")
  func caveat() throws {
    let row = try #require(HostRow.tracking.first)
    let text = try #require(row.findings.first?.text)
    #expect(text.contains("5.15.0-91-generic, which its distribution may have fixed"))
    #expect(text.contains("65536 acknowledged"))
  }
}
