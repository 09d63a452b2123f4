import SessionTrace
@testable import StrictTransport
@testable import TLSEngine

extension FuzzTarget {
  /// A web server's answer, whole and cut: the same outcome, within its bounds. What it brought is read as a
  /// policy, and so is the input itself.
  ///
  /// The first byte is the length of each cut, 0 for a cut at every length in turn; the second tells whether TLS
  /// said that the stream ends.
  static let policies = FuzzTarget(name: "policies") { input in
    var choices = Choices(input)
    let step = choices.byte()
    let isClean = choices.flag()
    let bytes = Array(choices.rest)
    let whole = answer(bytes, isClean: isClean) { _ in .max }
    let cut = answer(bytes, isClean: isClean) { step > 0 ? step : $0 % 7 + 1 }
    require(whole == cut, "an answer depends on where a read ends: \(whole), \(cut)")
    switch whole {
    case .failure(let error): require(isPlain(error.text.utf8), error.text)
    case .success(let answer):
      require((200...999).contains(answer.status), "status \(answer.status)")
      require(answer.body.count <= HTTPReader.longestBody, "a body without a bound")
      for words in [answer.phrase, answer.contentType ?? "", answer.location ?? ""] {
        require(isPlain(words.utf8), words)
      }
      read(policy: answer)
    }
    read(policy: HTTPAnswer(status: 200, body: bytes))
  }

  /// Records that a name server says a domain has: TXT for MTA-STS, TLSA for DANE. 0xFF ends each.
  static let records = FuzzTarget(name: "records") { input in
    let records = input.split(separator: 0xFF, omittingEmptySubsequences: false).map { Array($0) }
    do throws(STSRecord.Absence) {
      let record = try STSRecord.find(among: records)
      require((1...32).contains(record.id.utf8.count) && isPlain(record.id.utf8), record.id)
    } catch {
      require(isPlain(error.text.utf8), error.text)
    }
    let associations = records.map { TLSARecord($0) }
    for record in associations {
      require(isPlain(record.description.utf8), record.description)
      if let problem = record.problem { require(isPlain(problem.utf8), problem) }
    }
    let applicable = associations.applicable
    for record in associations where record.problem == nil && !applicable.contains(record) {
      let isOutdone = applicable.contains {
        $0.usage == record.usage && $0.selector == record.selector
          && $0.matchingType > record.matchingType
      }
      require(isOutdone, "\(record) does not count, and nothing stronger does")
    }
    let backwards = Array(associations.reversed()).applicable
    require(
      backwards.count == applicable.count && backwards.allSatisfy(applicable.contains),
      "what counts depends on the order of the answer: \(applicable), \(backwards)")
  }

  private static func answer(
    _ bytes: [UInt8], isClean: Bool, cut length: (Int) -> Int
  ) -> Result<HTTPAnswer, HTTPError> {
    var reader = HTTPReader()
    var rest = bytes[...]
    var round = 0
    while !rest.isEmpty {
      let piece = rest.prefix(length(round))
      rest = rest.dropFirst(piece.count)
      round += 1
      reader.receive(Array(piece))
    }
    reader.endOfStream(isClean: isClean)
    guard let outcome = reader.outcome else { fatalError("an answer without an end") }
    return outcome
  }

  private static func read(policy answer: HTTPAnswer) {
    guard let text = try? answer.policyText() else { return }
    do throws(STSPolicyError) {
      let policy = try STSPolicy(parsing: text)
      require(policy.mode == .none || !policy.exchangers.isEmpty, "a policy about nobody")
      require((0...STSPolicy.greatestAge).contains(policy.maxAge), "\(policy.maxAge) seconds")
      require(policy.exchangers.allSatisfy { isPlain($0.utf8) }, "\(policy.exchangers)")
    } catch {
      let lines = text.count { $0 == 10 } + 1
      require(error.line.map { (1...lines).contains($0) } ?? true, "line \(error.line ?? 0)")
      require(isPlain(error.description.utf8), error.description)
    }
  }
}
