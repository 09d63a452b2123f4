import SessionTrace
import Testing
import Wire

@testable import Probe

@Suite("What the names of a domain's exchangers lead to")
struct CandidateTests {
  private static func failure(_ name: String) -> ResolveFailure {
    let failure = SystemFailure(call: "DNS query", name: name, code: 1, text: "reason \(name)")
    return name == "NXDOMAIN" ? .notFound(failure) : .temporary(failure)
  }

  private static func collection(_ failures: [(String, String)]) -> CandidateCollection {
    var collection = CandidateCollection(port: 25)
    for (index, (host, name)) in failures.enumerated() {
      collection.pass(MailExchanger(preference: index * 10, host: host), failure(name))
    }
    return collection
  }

  @Test(
    "is told of each where none has an address, and whether anybody said so",
    arguments: [
      (
        ["NXDOMAIN", "NXDOMAIN"], "NXDOMAIN",
        "none of the 2 mail exchangers of two.t has an address: mx1.t (NXDOMAIN), mx2.t (NXDOMAIN)"
      ),
      (
        ["NXDOMAIN", "SERVFAIL"], "SERVFAIL",
        "no address of the 2 mail exchangers of two.t could be found out: mx1.t (NXDOMAIN), mx2.t (SERVFAIL)"
      ),
      (
        ["NXDOMAIN"], "NXDOMAIN",
        "the only mail exchanger of two.t has no address: mx1.t (NXDOMAIN)"
      ),
      (
        ["SERVFAIL"], "SERVFAIL",
        "the address of the only mail exchanger of two.t could not be found out: mx1.t (SERVFAIL)"
      ),
      (
        Array(repeating: "NXDOMAIN", count: 6), "NXDOMAIN",
        "none of the 6 mail exchangers of two.t has an address: mx1.t (NXDOMAIN), mx2.t (NXDOMAIN), mx3.t (NXDOMAIN), mx4.t (NXDOMAIN) and 2 more"
      ),
    ])
  func noneHasAnAddress(reasons: [String], name: String, text: String) {
    let hosts = reasons.indices.map { "mx\($0 + 1).t" }
    let collection = Self.collection(Array(zip(hosts, reasons)))
    guard case .failure(let nothing) = collection.result(of: "two.t", by: MailRoute([])) else {
      Issue.record("it led somewhere")
      return
    }
    #expect(nothing.passedOver.map(\.host) == hosts)
    #expect(nothing.passedOver.map(\.preference) == hosts.indices.map { $0 * 10 })
    #expect(nothing.remarks == nothing.passedOver.map(\.reason))
    #expect(nothing.remarks.first?.hasSuffix("reason \(reasons[0])") == true)
    #expect(nothing.reason.failure.text == text)
    #expect(nothing.reason.failure.name == name)
    #expect(nothing.reason.failure.isAboutExchangers)
  }

  @Test(
    "is the failure of the name itself, where a domain is its own exchanger or a host was named")
  func ownName() {
    let collection = Self.collection([("two.t", "NXDOMAIN")])
    var expected = NoCandidate(Self.failure("NXDOMAIN"))
    #expect(collection.ofHost == .failure(expected))
    expected.remarks = [Self.implicit]
    #expect(
      collection.result(of: "two.t", by: MailRoute([], isImplicit: true)) == .failure(expected))
  }

  private static let implicit =
    "two.t has no MX record: its own addresses are tried (implicit MX, RFC 5321 section 5.1)"

  @Test(
    "is told where the names or the MX records are not as they must be",
    arguments: [
      (HostAddresses(numbers: ["192.0.2.1"]), MailRoute([]), [String]()),
      (HostAddresses(numbers: ["192.0.2.1"]), MailRoute([], isImplicit: true), [implicit]),
      (
        HostAddresses(numbers: ["192.0.2.1"]), MailRoute([], hasNullMX: true),
        [
          "a null MX, by which two.t says that it takes no mail, stands beside other MX records, as it must not (RFC 7505 section 3): it is passed over"
        ]
      ),
      (
        HostAddresses(numbers: ["192.0.2.1"], alias: "real.t"), MailRoute([]),
        [
          "mx1.t is an alias (CNAME) of real.t; RFC 5321 section 5.1 wants a name that has addresses itself"
        ]
      ),
      (
        HostAddresses(numbers: ["192.0.2.1"], isLiteral: true), MailRoute([]),
        [
          "mx1.t is an address where an MX record must have a host's name (RFC 5321 section 5.1): senders may pass it over"
        ]
      ),
    ])
  func remarks(addresses: HostAddresses, route: MailRoute, expected: [String]) throws {
    var collection = CandidateCollection(port: 25)
    collection.add(addresses, of: MailExchanger(preference: 0, host: "mx1.t"))
    let found = try collection.result(of: "two.t", by: route).get()
    #expect(found[0].remarks == expected)
    #expect(found[0].isImplicit == route.isImplicit)
    #expect(try collection.ofHost.get()[0].remarks.isEmpty)
  }

  @Test("keeps those without address beside the one that has some")
  func oneHasAnAddress() throws {
    var collection = Self.collection([("mx1.t", "NXDOMAIN")])
    collection.add(
      HostAddresses(numbers: ["192.0.2.1"]), of: MailExchanger(preference: 20, host: "mx2.t"))
    let found = try collection.result(of: "two.t", by: MailRoute([])).get()
    #expect(found.map(\.host) == ["mx2.t"] && found[0].preference == 20)
    #expect(found[0].passedOver.map(\.host) == ["mx1.t"])
    #expect(found[0].remarks == ["mx1.t has no address: reason NXDOMAIN"])
  }
}
