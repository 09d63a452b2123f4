import SessionTrace
import Testing

@testable import Wire

@Suite("TXT records")
struct TextRecordTests {
  /// Strings of a record on the wire.
  private static func encoded(_ strings: [String]) -> [UInt8] {
    strings.flatMap { [UInt8($0.utf8.count)] + $0.utf8 }
  }

  private static let long = String(repeating: "x", count: 200)

  @Test(
    "The strings of a record are one text, and records keep their order",
    arguments: [
      ([["v=STSv1; id=1"]], ["v=STSv1; id=1"]),
      ([["v=STSv1;", " id=", "1"], ["other"]], ["v=STSv1; id=1", "other"]),
      ([[""], []], ["", ""]),
      ([["nul\0inside"]], ["nul\0inside"]),
      ([[long]], [long]),
    ] as [([[String]], [String])])
  func joins(_ records: [[String]], _ expected: [String]) throws {
    let found = try texts { query in
      query.answer(with: records.map { (16, Self.encoded($0)) })
    }
    #expect(found == .success(expected.map { Array($0.utf8) }))
  }

  @Test(
    "A string that is longer than its record is no text",
    arguments: [[5, 0x61], [1, 0x61, 9], [255]] as [[UInt8]])
  func overlong(_ data: [UInt8]) throws {
    guard case .failure(.temporary(let failure)) = try texts({ $0.answer(with: [(16, data)]) })
    else { return #expect(Bool(false), "it was read") }
    #expect(failure.name == "MALFORMED")
    #expect(failure.text == "TXT: the answer cannot be read")
  }

  @Test(
    "Without one, the name server's word is told",
    arguments: [(UInt8(0), "NO_DATA", true), (3, "NXDOMAIN", true), (2, "SERVFAIL", false)])
  func none(_ code: UInt8, _ name: String, _ isSettled: Bool) throws {
    guard case .failure(let failure) = try texts({ $0.answer(with: [], code: code) }) else {
      return #expect(Bool(false), "it led somewhere")
    }
    #expect(failure.failure.name == name)
    if case .notFound = failure { #expect(isSettled) } else { #expect(!isSettled) }
  }

  private func texts(
    _ reply: @escaping (NameQuery) -> [UInt8]
  ) throws -> Result<[[UInt8]], ResolveFailure> {
    let loop = try EventLoop()
    let server = try NameServer(loop: loop, reply)
    let resolver = try Resolver(loop: loop, nameServer: server.endpoint)
    var answer: Result<[[UInt8]], ResolveFailure>?
    resolver.texts(of: "_mta-sts.example.org", within: .seconds(20)) { answer = $0 }
    try loop.run(atMost: .seconds(60)) { answer != nil }
    return try #require(answer)
  }
}
