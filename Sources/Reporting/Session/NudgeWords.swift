import Diagnosis
import SessionTrace

extension NudgeRecord {
  /// What the `NOOP` brought, in one line.
  func inWords(on target: TargetRecord) -> String {
    let fate = target.isUnixSocket ? "read by the server's program" : "acknowledged"
    var words = "NOOP "
    words +=
      acknowledged.map { "\(fate) after \(durationText(max(0, $0 - sent)))" } ?? "not \(fate)"
    if let first {
      words +=
        "; \(count(receivedBytes, "byte")) came after \(durationText(max(0, first - sent))):"
        + " \(text)"
    } else {
      words += "; nothing came in \(durationText(listened))"
    }
    if let failure { words += "; then \(failure.name) (\(failure.call))" }
    if closed { words += "; then the peer closed" }
    return words
  }
}

extension HopsRecord {
  /// Who acknowledges, in one line.
  var inWords: String {
    var words: String
    if let acknowledgedAtTTL {
      words = "acknowledged within \(count(acknowledgedAtTTL, "hop"))"
    } else if let greatestTTL {
      words = "not acknowledged within \(count(greatestTTL, "hop"))"
    } else {
      words = "who acknowledges was not asked"
    }
    words +=
      pathHops.map { "; the address is \(count($0, "hop")) away" }
      ?? "; how far away the address is, nobody said"
    switch reading {
    case .inFront: words += ": something in front of the server ends TCP"
    case .notFound: words += ": nothing in front of it was found to end TCP"
    case .unknown: break
    }
    return reporters.isEmpty ? words : words + "." + wayInWords
  }

  /// ` On the way: 1 192.0.2.1, 2 198.51.100.2`; empty where nobody answered.
  var wayInWords: String {
    let way = reporters.prefix(30).map { "\($0.ttl) \($0.address)" }
    return way.isEmpty ? "" : " On the way: " + way.joined(separator: ", ")
  }
}
