import SessionTrace

/// Why there is no connection, as a postmaster would say it: what the name gave, or what became of the
/// addresses that were tried.
func unreachableSummary(_ verdict: Verdict, _ trace: Trace) -> String {
  if trace.endingStage == .resolve { return nameSummary(verdict, trace) }
  guard let last = trace.attempts.last else {
    return "no connection to \(trace.target.host): \(verdict.error ?? "no answer in time")"
  }
  guard trace.endingStage <= .connect else {
    return "the connection to \(last.place) broke: \(verdict.error ?? "no reason was given")"
  }
  let oneSYN =
    last.hasOneSYN ? "; one SYN was sent, and one lost packet is enough for that" : ""
  if trace.attempts.count == 1 { return last.endInWords + oneSYN }
  let hasReached = trace.attempts.contains { $0.failure?.isAboutPolicy == true }
  return "none of the \(trace.attempts.count) addresses of \(trace.target.host)"
    + " \(hasReached ? "will do" : "took a connection");"
    + " the last: \(last.endInWords)\(oneSYN)"
}

/// Which exchangers the domain's own policy leaves out.
private func policySummary(_ trace: Trace) -> String {
  let strangers = (trace.tlsPolicies ?? []).filter { $0.kind == .sts && $0.host != nil }
  let domain = strangers.first?.domain ?? trace.target.host
  guard strangers.count == 1, let host = strangers.first?.host else {
    return "none of the \(strangers.count) exchangers of \(domain) is in its MTA-STS policy:"
      + " none was connected to"
  }
  return "\(host) is not in the MTA-STS policy of \(domain): it was not connected to"
}

private func nameSummary(_ verdict: Verdict, _ trace: Trace) -> String {
  if trace.isOutsideOfPolicy { return policySummary(trace) }
  if case .unreachable(let failure?) = trace.ending,
    failure.isAboutDNSSEC || failure.isAboutExchangers
  {
    return printable(failure.text)
  }
  let isAnswered =
    if case .unreachable(let failure?) = trace.ending { failure.saysThereIsNone } else { false }
  return
    (isAnswered
    ? "no address for \(trace.target.host): "
    : "the address of \(trace.target.host) could not be found out: ")
    + (verdict.error ?? "no answer in time")
}

extension ConnectionAttempt {
  /// `192.0.2.25 port 25`; `the socket /run/lmtp.sock`.
  fileprivate var place: String {
    port > 0 ? "\(address) port \(port)" : "the socket \(address)"
  }

  /// `192.0.2.25 port 25 refused the connection`, `… did not answer within 30 s`.
  fileprivate var endInWords: String {
    switch failure?.name {
    case "ECONNREFUSED" where port > 0: "\(place) refused the connection"
    case "ECONNREFUSED": "nobody listens at \(place)"
    case "ETIMEDOUT", nil: "\(place) did not answer within \(durationText(duration))"
    default: "no connection to \(place): \(failure.map(text) ?? "")"
    }
  }
}
