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
    resolver.abandon(
      resolver.addresses(of: "localhost", within: .seconds(20)) { _ in answers.append("abandoned") }
    )
    resolver.abandon(
      resolver.addresses(of: String(repeating: "a", count: 2000), within: .seconds(20)) { _ in
        answers.append("abandoned before it began")
      })
    var dropped: Resolver? = Resolver(loop: loop)
    dropped?.addresses(of: "localhost", within: .seconds(20)) { _ in answers.append("dropped") }
    dropped = nil
    var later: Resolver.Token?
    later = resolver.addresses(of: "127.0.0.1", within: .seconds(20)) { _ in
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

  @Test("Many lookups at once share some threads, and each is over in time")
  func manyAtOnce() throws {
    let loop = try EventLoop()
    let silence = try NameServer(loop: loop) { _ in [] }
    let resolver = try Resolver(loop: loop, nameServer: silence.endpoint)
    var ended = 0
    let start = loop.now
    for number in 0..<600 {
      resolver.mailExchangers(of: "d\(number).example", within: .seconds(1)) { _ in ended += 1 }
    }
    let status = try InputFile(path: "/proc/self/status").readAll(atMost: 1 << 16)
    let threads = String(decoding: status, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("Threads:") }?.split(separator: "\t").last.flatMap { Int($0) }
    try loop.run(atMost: .seconds(20)) { ended == 600 }
    #expect(ended == 600)
    #expect(loop.now - start < .seconds(4))
    #expect(try #require(threads) < 300, "those of other tests among them")
  }

  @Test("Mail exchangers come best first, equals in the order of the answer")
  func mailExchangers() throws {
    let found = try exchangers(of: "example.org") { query in
      query.answer([(20, "mx2.example.org"), (10, "MX1.example.org"), (20, "a.example.net")])
    }
    #expect(
      found
        == .success(
          MailRoute([
            MailExchanger(preference: 10, host: "MX1.example.org"),
            MailExchanger(preference: 20, host: "mx2.example.org"),
            MailExchanger(preference: 20, host: "a.example.net"),
          ])))
  }

  @Test("A null MX beside others is told, and is no exchanger")
  func nullMXBesideOthers() throws {
    let found = try exchangers(of: "example.org") { $0.answer([(0, ""), (10, "mx.example.org")]) }
    let exchanger = MailExchanger(preference: 10, host: "mx.example.org")
    #expect(found == .success(MailRoute([exchanger], hasNullMX: true)))
  }

  @Test("Aliases that lead back to a name before are called a loop", arguments: [1, 2, 3])
  func aliasLoop(length: Int) throws {
    let names = (0..<length).map { "n\($0).example.org" }
    let chain = names.indices.map { index in
      NameQuery.Record(
        owner: names[index], type: 5,
        data: NameQuery.encoded(names[(index + 1) % length]))
    }
    for records in [chain, chain.reversed()] {
      let lost = try addresses(of: names[0], .any) { $0.answer(withRecords: records) }
      guard case .failure(.failed(let failure)) = lost else {
        Issue.record("it led to \(lost)")
        return
      }
      #expect(failure.name == "CNAME_LOOP")
      #expect(
        failure.text.hasSuffix(
          "AAAA and A: the aliases (CNAME) lead back to one before, in a loop"))
      let route = try exchangers(of: names[0]) { $0.answer(withRecords: records) }
      guard case .failure(.failed(let failure)) = route else {
        Issue.record("it led to \(route)")
        return
      }
      #expect(failure.name == "CNAME_LOOP")
    }
  }

  @Test("A chain of aliases that ends is no loop, in whatever order it comes")
  func aliasChain() throws {
    let names = (0..<4).map { "n\($0).example.org" }
    let chain = (0..<3).map {
      NameQuery.Record(owner: names[$0], type: 5, data: NameQuery.encoded(names[$0 + 1]))
    }
    for records in [chain, chain.reversed()] {
      let lost = try addresses(of: names[0], .any) { $0.answer(withRecords: records) }
      guard case .failure(.notFound(let failure)) = lost else {
        Issue.record("it led to \(lost)")
        return
      }
      #expect(failure.name == "NO_DATA")
    }
  }

  @Test("A domain without MX record is its own mail exchanger, and that is told")
  func implicitMX() throws {
    let found = try exchangers(of: "example.org") { $0.answer([]) }
    #expect(
      found
        == .success(
          MailRoute([MailExchanger(preference: 0, host: "example.org")], isImplicit: true)))
  }

  @Test("A null MX is told apart from no MX")
  func nullMX() throws {
    let found = try exchangers(of: "example.org") { $0.answer([(0, "")]) }
    #expect(found == .failure(.nullMX))
  }

  @Test(
    "A name server's refusal keeps its name",
    arguments: [
      (UInt8(3), "NXDOMAIN"), (2, "SERVFAIL"), (5, "REFUSED"), (1, "FORMERR"), (9, "RCODE"),
    ])
  func refusal(code: UInt8, name: String) throws {
    let found = try exchangers(of: "example.org") { $0.answer([], code: code) }
    guard case .failure(let failure) = found else {
      Issue.record("it found something")
      return
    }
    #expect(failure.failure.name == name)
    #expect(failure.failure.call == "DNS query")
    #expect(failure.failure.text.hasPrefix("MX: "))
  }

  // From the end of the question on: what has no question is someone else's answer.
  @Test("An answer that is cut or bent anywhere does no harm", arguments: 23...45)
  func malformed(length: Int) throws {
    let found = try exchangers(of: "x.org") { query in
      Array(query.answer([(10, "mx.x.org")]).prefix(length))
        + [UInt8](repeating: 0xC0, count: length % 7)
    }
    switch found {
    case .success(let route): #expect(route.exchangers.count <= 1)
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
    #expect(found == .success(HostAddresses(numbers: ["192.0.2.25"], isLiteral: true)))
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
        query.answer(with: [alias], code: code)
      }
      guard case .failure(.notFound(let failure)) = lost else {
        Issue.record("it led to \(lost)")
        continue
      }
      #expect(failure.text.hasPrefix("an alias of real.example.org: "))
      #expect(failure.name == (code == 0 ? "NO_DATA" : "NXDOMAIN"))
    }
  }

  @Test(
    "One question that fails, or that nobody answers, leaves the answer to the other alone",
    arguments: [
      (UInt8(28), UInt8?.some(2), "SERVFAIL"), (28, 3, "NXDOMAIN"), (1, 5, "REFUSED"),
      (28, nil, "ETIMEDOUT"),
    ])
  func oneQuestionFails(type: UInt8, code: UInt8?, name: String) throws {
    let found = try addresses(of: "mx.example.org", .any) { query in
      if query.type == type { return code.map { query.answer(with: [], code: $0) } ?? [] }
      return query.answer(
        with: [(query.type, [UInt8](repeating: 127, count: query.type == 1 ? 4 : 16))])
    }
    #expect(try found.get().numbers.count == 1)
    let failed = try #require(try found.get().failed.first)
    #expect(failed.type == (type == 1 ? "A" : "AAAA"))
    #expect(failed.failure.name == name)
    #expect(failed.duration < .seconds(4))
  }

  @Test("That there are no records of one family is no failure")
  func oneFamilyOnly() throws {
    let found = try addresses(of: "mx.example.org", .any) { query in
      query.answer(with: query.type == 1 ? [(1, [192, 0, 2, 1])] : [])
    }
    #expect(found == .success(HostAddresses(numbers: ["192.0.2.1"])))
  }

  @Test("What a name server could not say is not taken for a name without address")
  func neitherAnswer() throws {
    let lost = try addresses(of: "mx.example.org", .any) { query in
      query.answer(with: [], code: query.type == 28 ? 0 : 2)
    }
    guard case .failure(.temporary(let failure)) = lost else {
      Issue.record("it led to \(lost)")
      return
    }
    #expect(failure.name == "SERVFAIL")
    #expect(
      failure.text
        == "AAAA: there is no such record (NO_DATA); A: the name server failed (SERVFAIL)")
  }

  @Test("A silent name server keeps nobody longer than the limit")
  func silence() throws {
    let loop = try EventLoop()
    let server = try NameServer(loop: loop) { _ in [] }
    let resolver = try Resolver(loop: loop, nameServer: server.endpoint)
    var texts: [String] = []
    resolver.mailExchangers(of: "example.org", within: .milliseconds(300)) { result in
      if case .failure(.temporary(let failure)) = result { texts.append(failure.text) }
    }
    resolver.addresses(of: "example.org", within: .milliseconds(300)) { result in
      if case .failure(.temporary(let failure)) = result { texts.append(failure.text) }
    }
    let start = loop.now
    try loop.run(atMost: .seconds(20)) { texts.count == 2 }
    let reason = "the name server did not answer within 300 ms"
    #expect(Set(texts) == ["MX: " + reason, "AAAA and A: " + reason])
    #expect(loop.now - start < .seconds(2))
  }

  @Test("An answer that was cut is no answer where TCP brings none")
  func truncation() throws {
    let found = try exchangers(of: "example.org") { query in
      var answer = query.answer([(10, "mx.example.org")])
      answer[2] |= 0x02
      return answer
    }
    guard case .failure(.temporary(let failure)) = found else {
      Issue.record("it led to \(found)")
      return
    }
    #expect(failure.name == "TRUNCATED")
    #expect(
      failure.text
        == "MX: the answer was cut (truncated) by UDP, and by TCP there was none:"
        + " Connection refused")
  }

  @Test("A name that no question can hold is not taken for a silent name server")
  func badName() throws {
    let found = try exchangers(of: "a..b") { $0.answer([]) }
    guard case .failure(let failure) = found else {
      Issue.record("it led somewhere")
      return
    }
    #expect(failure.failure.name == "BADNAME")
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
    resolver.addresses(of: host, family: family, within: .seconds(20)) { answer = $0 }
    try loop.run(atMost: .seconds(60)) { answer != nil }
    return try #require(answer)
  }

  private func resolve(
    _ host: String, _ family: AddressFamily
  ) throws -> Result<[String], ResolveFailure> {
    let loop = try EventLoop()
    let resolver = Resolver(loop: loop)
    var answer: Result<[String], ResolveFailure>?
    resolver.addresses(of: host, family: family, within: .seconds(20)) {
      answer = $0.map(\.numbers)
    }
    #expect(answer == nil)
    try loop.run(atMost: .seconds(60)) { answer != nil }
    return try #require(answer)
  }

  private func exchangers(
    of domain: String, _ reply: @escaping (NameQuery) -> [UInt8]
  ) throws -> Result<MailRoute, ResolveFailure> {
    let loop = try EventLoop()
    let server = try NameServer(loop: loop, reply)
    let resolver = try Resolver(loop: loop, nameServer: server.endpoint)
    var answer: Result<MailRoute, ResolveFailure>?
    resolver.mailExchangers(of: domain, within: .seconds(20)) { answer = $0 }
    try loop.run(atMost: .seconds(60)) { answer != nil }
    return try #require(answer)
  }
}
