import SessionTrace
import TestSupport
import Testing

@testable import Wire

@Suite("Answers that DNSSEC vouches for")
struct ValidatorTests {
  /// A zone with everything in it, one below it that is not signed, one whose signatures are of long ago, and one
  /// that is signed by another key than is known.
  private func makeZones() async throws -> SignedZone {
    try await SignedZone(
      [
        "dane.example": """
        @ MX 10 mx
        mx A 127.0.0.1
        mail CNAME mx
        _25._tcp.mx TLSA 3 1 1 \(String(repeating: "0123456789abcdef", count: 4))
        plain NS ns
        """,
        "plain.dane.example": "mx A 127.0.0.1",
        "late.example": "mx A 127.0.0.1",
        "other.example": "mx A 127.0.0.1",
      ],
      faults: [
        "_25._tcp.broken.dane.example. TLSA servfail", "_25._tcp.slow.dane.example. TLSA silent",
        "late.example. - expired", "plain.dane.example. - unsigned",
      ])
  }

  /// Every answer, in the order of the questions.
  private func ask(_ questions: [SecureQuestion], _ plan: ValidatorPlan) throws -> [SecureAnswer] {
    let loop = try EventLoop()
    let validator = try Validator(loop: loop, plan)
    var answers: [Int: SecureAnswer] = [:]
    for (number, question) in questions.enumerated() {
      validator.ask(question, within: .seconds(3)) { answers[number] = $0 }
    }
    try loop.run(atMost: .seconds(20)) { answers.count == questions.count }
    return questions.indices.compactMap { answers[$0] }
  }

  @Test("Each answer is secure, insecure, bogus, or none")
  func answers() async throws {
    let zones = try await makeZones()
    let wrong = "other.example. IN DS 1 13 2 " + String(repeating: "00", count: 32)
    let plan = ValidatorPlan(
      nameServer: .ip(address: "127.0.0.1", port: zones.port),
      anchors: [zones.anchors["dane.example"], zones.anchors["late.example"], wrong]
        .compactMap(\.self))
    let rows: [(SecureQuestion, SecureAnswer)] = [
      (
        SecureQuestion(.a, of: "mx.dane.example"), SecureAnswer(.secure, records: [[127, 0, 0, 1]])
      ),
      (SecureQuestion(.aaaa, of: "mx.dane.example"), SecureAnswer(.secure)),
      (
        SecureQuestion(.a, of: "mail.dane.example"),
        SecureAnswer(.secure, records: [[127, 0, 0, 1]], canonicalName: "mx.dane.example")
      ),
      (
        SecureQuestion(.aaaa, of: "mail.dane.example"),
        SecureAnswer(.secure, canonicalName: "mx.dane.example")
      ),
      (
        SecureQuestion(.mx, of: "dane.example"),
        SecureAnswer(.secure, records: [[0, 10] + NameQuery.encoded("mx.dane.example")])
      ),
      (
        SecureQuestion(.tlsa, of: "_25._tcp.mx.dane.example"),
        SecureAnswer(
          .secure,
          records: [
            [3, 1, 1]
              + Array(repeating: [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF], count: 4)
              .joined()
          ])
      ),
      (SecureQuestion(.tlsa, of: "_25._tcp.nobody.dane.example"), SecureAnswer(.secure)),
      (
        SecureQuestion(.a, of: "mx.plain.dane.example"),
        SecureAnswer(.insecure, records: [[127, 0, 0, 1]])
      ),
      (SecureQuestion(.tlsa, of: "_25._tcp.mx.plain.dane.example"), SecureAnswer(.insecure)),
      (
        SecureQuestion(.tlsa, of: "_25._tcp.broken.dane.example"),
        SecureAnswer(.indeterminate, reason: "the name server answered SERVFAIL")
      ),
      (
        SecureQuestion(.tlsa, of: "_25._tcp.slow.dane.example"),
        SecureAnswer(.indeterminate, reason: "no answer within 3000 ms")
      ),
    ]
    let answers = try ask(rows.map(\.0), plan)
    for (row, answer) in zip(rows, answers) {
      #expect(answer == row.1, "\(row.0.name) \(row.0.type.name)")
    }
    let bogus = try ask(
      [SecureQuestion(.a, of: "mx.late.example"), SecureQuestion(.a, of: "mx.other.example")], plan)
    #expect(bogus.map(\.security) == [.bogus, .bogus])
    #expect(bogus.flatMap(\.records).isEmpty)
    #expect(bogus.first?.reason?.contains("signature expired") == true, "\(bogus)")
  }

  @Test("What is no trust anchor is refused before anybody asks")
  func anchors() {
    let problem = Validator.problem(with: ValidatorPlan(anchors: ["what is this"]))
    #expect(problem == .refused("initialization failure"))
    #expect(Validator.problem(with: ValidatorPlan()) == nil)
  }

  @Test("A validator that is let go of answers no more")
  func abandoned() throws {
    let loop = try EventLoop()
    let silent = try NameServer(loop: loop) { _ in [] }
    var validator: Validator? = try Validator(
      loop: loop, ValidatorPlan(nameServer: silent.endpoint))
    validator?.ask(SecureQuestion(.a, of: "mx.example"), within: .milliseconds(10)) { _ in
      Issue.record("it answered")
    }
    weak let gone = validator
    validator = nil
    var isLater = false
    loop.schedule(at: loop.now + .milliseconds(50)) { isLater = true }
    try loop.run(atMost: .seconds(5)) { isLater }
    #expect(gone == nil, "its question keeps it")
  }
}
