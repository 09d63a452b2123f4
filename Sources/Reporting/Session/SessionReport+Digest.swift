import Diagnosis
import SessionTrace

extension SessionReport {
  /// `STALLED mail 513/522 acked 30.0s mx.example.com [192.0.2.25]:25`: of all bytes written those that were
  /// acknowledged, and the wait that ended the session, or the whole session where none did.
  package var digest: [String] {
    let time = verdict.waited > 0 ? verdict.waited : trace.duration
    var words = [
      verdict.status.rawValue.uppercased(), verdict.stage.rawValue, progress,
      tenthsText(time) + "s", trace.target.inLine,
    ]
    if let refusal { words.append("- \(refusal)") }
    if let expectation, !expectation.isMet(by: verdict) {
      words.append("(expected \(expectation))")
    }
    return [words.joined(separator: " ")]
  }

  /// How far our bytes got, by the word of the kernel; on a UNIX socket by the replies.
  private var progress: String {
    let ledger = verdict.ledger
    return trace.target.isUnixSocket
      ? "\(ledger.answered)/\(ledger.written) answered"
      : "\(ledger.acknowledged)/\(ledger.written) acked"
  }

  /// What the server said where it refused.
  private var refusal: String? {
    guard verdict.status == .rejected || verdict.status == .deferred,
      let index = decisiveRefusal(in: trace)?.reply, trace.replies.indices.contains(index)
    else { return nil }
    return String(trace.replies[index].quoted.prefix(160))
  }
}

extension TargetRecord {
  /// `mx.example.com [192.0.2.25]:25`.
  var inLine: String {
    if isUnixSocket { return given }
    let end = port.map { ":\($0)" } ?? ""
    // Without an address the port belongs to the name.
    guard let address else { return given.contains(":") ? given : given + end }
    return address == serverName ? "[\(address)]\(end)" : "\(serverName) [\(address)]\(end)"
  }
}

/// Seconds with one digit behind the point, for a line: `30.0`.
func tenthsText(_ duration: Microseconds) -> String {
  let tenths = (max(0, duration) + 50_000) / 100_000
  return "\(tenths / 10).\(tenths % 10)"
}
