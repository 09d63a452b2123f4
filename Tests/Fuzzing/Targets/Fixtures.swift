@testable import Lab

extension FuzzTarget {
  /// The fixture language: fixtures, or one error that can be shown and names a line of the file.
  static let fixtures = FuzzTarget(name: "fixtures") { input in
    let text = String(decoding: input, as: UTF8.self)
    do throws(FixtureError) {
      let fixtures = try parseFixtures(path: "tls/fuzzed.smtp", text: text)
      require(!fixtures.isEmpty && fixtures.allSatisfy { !$0.runs.isEmpty }, "nothing to run")
    } catch {
      require(!error.problem.isEmpty, "an error without a problem")
      let lines = input.count { $0 == 10 } + 1
      require(error.line.map { (1...lines).contains($0) } ?? true, "line \(error.line ?? 0)")
    }
  }

  /// Questions to the lab's name server: an answer that repeats the question, or silence.
  static let names = FuzzTarget(name: "names") { input in
    guard let message = NameMessage(query: input) else { return }
    guard let answer = message.answer(from: zone) else { return }
    require(answer.count >= 12 && answer[..<2] == input[..<2], "an answer to another question")
    require(answer[2] & 0x80 != 0, "an answer that is a question")
  }

  private static let zone = [
    NameRecord(name: "example.org", content: .exchanger(preference: 10, host: "mx.example.org")),
    NameRecord(name: "mx.example.org", content: .address("192.0.2.1")),
    NameRecord(name: "mx.example.org", content: .address("2001:db8::1")),
    NameRecord(name: "alias.example.org", content: .alias("mx.example.org")),
    NameRecord(name: "loop.example.org", content: .alias("loop.example.org")),
    NameRecord(name: "broken.example.org", content: .failure),
    NameRecord(name: "quiet.example.org", content: .silence),
  ]
}
