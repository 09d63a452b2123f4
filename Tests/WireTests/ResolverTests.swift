import SessionOptions
import SessionTrace
import Testing
@testable import Wire

@Suite("Resolving names")
struct ResolverTests {
  @Test(
    "Names and literals become numeric addresses of the family asked for",
    arguments: [
      ("localhost", AddressFamily.ipv4, ["127.0.0.1"]),
      ("192.0.2.25", .any, ["192.0.2.25"]),
      ("192.0.2.25", .ipv4, ["192.0.2.25"]),
      ("2001:db8::25", .ipv6, ["2001:db8::25"]),
    ])
  func addresses(host: String, family: AddressFamily, expected: [String]) throws {
    #expect(try resolve(host, family) == .success(expected))
  }

  @Test(
    "What leads nowhere says why, and nothing waits for ever",
    arguments: [
      ("2001:db8::25", AddressFamily.ipv4), ("192.0.2.25", .ipv6), ("no-such-name.invalid", .any),
      ("", .any), (String(repeating: "a.", count: 800), .any), ("a..b", .any),
    ])
  func nowhere(host: String, family: AddressFamily) throws {
    guard case .failure(let failure) = try resolve(host, family) else {
      Issue.record("it led somewhere")
      return
    }
    #expect(!failure.failure.name.isEmpty)
    #expect(!failure.failure.text.isEmpty)
  }

  @Test("An abandoned lookup does not call back, however late it ends")
  func abandoned() throws {
    let loop = try EventLoop()
    let resolver = Resolver(loop: loop)
    var answers: [String] = []
    resolver.abandon(resolver.addresses(of: "localhost") { _ in answers.append("abandoned") })
    resolver.abandon(
      resolver.addresses(of: String(repeating: "a", count: 2000)) { _ in
        answers.append("abandoned before it began")
      })
    var dropped: Resolver? = Resolver(loop: loop)
    dropped?.addresses(of: "localhost") { _ in answers.append("dropped") }
    dropped = nil
    var later: Resolver.Token?
    later = resolver.addresses(of: "127.0.0.1") { _ in
      answers.append("kept")
      if let later { resolver.abandon(later) }
    }
    try loop.run(atMost: .seconds(20)) { answers.contains("kept") }
    var turns = 0
    try loop.run(atMost: .seconds(20)) {
      turns += 1
      return turns > 20
    }
    #expect(answers == ["kept"])
  }

  @Test("Mail exchangers come best first, equals in the order of the answer")
  func mailExchangers() throws {
    let found = try exchangers(of: "example.org") { query in
      query.answer([(20, "mx2.example.org"), (10, "MX1.example.org"), (20, "a.example.net")])
    }
    #expect(
      found
        == .success([
          MailExchanger(preference: 10, host: "MX1.example.org"),
          MailExchanger(preference: 20, host: "mx2.example.org"),
          MailExchanger(preference: 20, host: "a.example.net"),
        ]))
  }

  @Test("A domain without MX record is its own mail exchanger")
  func implicitMX() throws {
    let found = try exchangers(of: "example.org") { $0.answer([]) }
    #expect(found == .success([MailExchanger(preference: 0, host: "example.org")]))
  }

  @Test("A null MX is told apart from no MX")
  func nullMX() throws {
    let found = try exchangers(of: "example.org") { $0.answer([(0, "")]) }
    #expect(found == .failure(.nullMX))
  }

  @Test(
    "A name server's refusal keeps its name",
    arguments: [(UInt8(3), "HOST_NOT_FOUND"), (2, "TRY_AGAIN")])
  func refusal(code: UInt8, name: String) throws {
    let found = try exchangers(of: "example.org") { $0.answer([], code: code) }
    guard case .failure(let failure) = found else {
      Issue.record("it found something")
      return
    }
    #expect(failure.failure.name == name)
    #expect(failure.failure.call == "res_nquery")
  }

  // From the end of the question on: glibc takes what has no question for someone else's answer.
  @Test("An answer that is cut or bent anywhere does no harm", arguments: 23...45)
  func malformed(length: Int) throws {
    let found = try exchangers(of: "x.org") { query in
      Array(query.answer([(10, "mx.x.org")]).prefix(length))
        + [UInt8](repeating: 0xC0, count: length % 7)
    }
    switch found {
    case .success(let exchangers): #expect(exchangers.count <= 1)
    case .failure(let failure): #expect(!failure.failure.name.isEmpty)
    }
  }

  @Test(
    "A name server that is named says what it knows, and the system is not asked",
    arguments: [
      (AddressFamily.any, ["192.0.2.1", "192.0.2.2", "2001:db8::1"]),
      (.ipv4, ["192.0.2.1", "192.0.2.2"]), (.ipv6, ["2001:db8::1"]),
    ])
  func addressesFromServer(family: AddressFamily, expected: [String]) throws {
    let found = try addresses(of: "localhost", family) { query in
      switch query.type {
      case 1:
        query.answer(with: [(1, [192, 0, 2, 1]), (1, [192, 0, 2, 2]), (1, [192, 0, 2, 1])])
      case 28:
        query.answer(with: [(28, [0x20, 1, 0xD, 0xB8] + [UInt8](repeating: 0, count: 11) + [1])])
      default: query.answer(with: [])
      }
    }
    // Whether this host has a way to IPv6 decides what comes first.
    #expect(try Set(found.get().numbers) == Set(expected))
    #expect(try found.get().numbers.count == expected.count)
    #expect(try found.get().alias == nil)
  }

  @Test("A name server at an IPv6 address is asked as well")
  func serverOverIPv6() throws {
    let found = try addresses(of: "mx.example.org", .ipv4, at: "::1") {
      $0.answer(with: [(1, [192, 0, 2, 1])])
    }
    #expect(found == .success(HostAddresses(numbers: ["192.0.2.1"])))
  }

  @Test("Numbers are not asked for")
  func numbers() throws {
    let found = try addresses(of: "192.0.2.25", .any) { $0.answer(with: [(1, [192, 0, 2, 1])]) }
    #expect(found == .success(HostAddresses(numbers: ["192.0.2.25"])))
  }

  @Test("An alias is told, whether or not it leads somewhere")
  func alias() throws {
    let alias: (type: UInt8, data: [UInt8]) = (5, NameQuery.encoded("real.example.org"))
    let found = try addresses(of: "mx.example.org", .ipv4) {
      $0.answer(with: [alias, (1, [192, 0, 2, 1])])
    }
    #expect(
      found == .success(HostAddresses(numbers: ["192.0.2.1"], alias: "real.example.org")))
    for code in [UInt8(0), 3] {
      let lost = try addresses(of: "mx.example.org", .any) { query in
        query.answer(with: [alias], code: query.type == 5 ? 0 : code)
      }
      guard case .failure(.notFound(let failure)) = lost else {
        Issue.record("it led to \(lost)")
        continue
      }
      #expect(failure.text.hasPrefix("an alias of real.example.org: "))
      #expect(failure.name == (code == 0 ? "NO_DATA" : "HOST_NOT_FOUND"))
    }
  }

  @Test("An address record of the wrong length is left out", arguments: [0, 3, 5, 16])
  func wrongLength(length: Int) throws {
    let found = try addresses(of: "mx.example.org", .ipv4) {
      $0.answer(with: [(1, [UInt8](repeating: 1, count: length)), (1, [192, 0, 2, 1])])
    }
    #expect(found == .success(HostAddresses(numbers: ["192.0.2.1"])))
  }

  private func addresses(
    of host: String, _ family: AddressFamily, at address: String = "127.0.0.1",
    _ reply: @escaping (NameQuery) -> [UInt8]
  ) throws -> Result<HostAddresses, ResolveFailure> {
    let loop = try EventLoop()
    let server = try NameServer(loop: loop, at: address, reply)
    let resolver = try Resolver(loop: loop, nameServer: server.endpoint)
    var answer: Result<HostAddresses, ResolveFailure>?
    resolver.addresses(of: host, family: family) { answer = $0 }
    try loop.run(atMost: .seconds(60)) { answer != nil }
    return try #require(answer)
  }

  private func resolve(
    _ host: String, _ family: AddressFamily
  ) throws -> Result<[String], ResolveFailure> {
    let loop = try EventLoop()
    let resolver = Resolver(loop: loop)
    var answer: Result<[String], ResolveFailure>?
    resolver.addresses(of: host, family: family) { answer = $0.map(\.numbers) }
    #expect(answer == nil)
    try loop.run(atMost: .seconds(60)) { answer != nil }
    return try #require(answer)
  }

  private func exchangers(
    of domain: String, _ reply: @escaping (NameQuery) -> [UInt8]
  ) throws -> Result<[MailExchanger], ResolveFailure> {
    let loop = try EventLoop()
    let server = try NameServer(loop: loop, reply)
    let resolver = try Resolver(loop: loop, nameServer: server.endpoint)
    var answer: Result<[MailExchanger], ResolveFailure>?
    resolver.mailExchangers(of: domain) { answer = $0 }
    try loop.run(atMost: .seconds(60)) { answer != nil }
    return try #require(answer)
  }
}
