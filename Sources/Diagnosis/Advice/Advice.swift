package import SessionOptions
package import SessionTrace

/// All that smtpprobe can advise: what happened, on what evidence, and what to try next.
///
/// Advice proposes the next experiment, never a cause: what one session shows fits several.
package enum Advice: Sendable, Equatable {
  /// All acknowledged, nothing answered: one command at a time tells a boundary or pipelining fault
  /// from a slow server.
  case turnPipeliningOff
  /// All acknowledged, nothing answered: other segment sizes tell a fault at this size.
  case splitElsewhere(sizes: [Int])
  /// No split was tried; pieces by command tell whether the size of one write matters.
  case splitByCommand
  /// The server may only be slow: wait as long as the RFC lets it.
  case waitLonger(waited: Microseconds)
  /// Unsent bytes with an open window: let nothing hold them back.
  case sendWithoutDelay
  /// The window is shut: the peer's program does not read. Nothing of ours opens it.
  case peerDoesNotRead
  /// Segments vanish: smaller ones may pass.
  case shrinkSegments(from: Int?)
  /// Bytes vanish with Fast Open on.
  case turnFastOpenOff
  /// We spoke too early.
  case waitForGreeting
  /// The domain's policy stood in the way: others do not look at it.
  case leavePolicyOut
  /// TLS did not come about; the clear-text part of the session can still be tested.
  case tryWithoutTLS
  /// The handshake stalled or broke with a ClientHello of this many bytes.
  case splitTheHandshake(helloLength: Int?)
  /// Our patience ended before the kernel's second SYN.
  case connectLonger(waited: Microseconds)
  /// No connection: the other family, or another port.
  case tryOtherAddress(families: [AddressFamily])
  /// A temporary refusal, with the reason that its words give: come back later, or not.
  case comeBackLater(RefusalReason?)
  /// The session ended while content was sent: no content, or less of it, tells size from substance.
  case sendLess(taken: Int)
  /// The message went by BDAT: DATA tells a fault of CHUNKING from one of the message.
  case sendByData
}

/// The experiments worth doing next, the most telling first; none that is already being done.
package func advice(on trace: Trace, verdict: Verdict) -> [Advice] {
  switch verdict.status {
  case .ok, .interrupted, .internalError: []
  case .protocolError, .rejected: early(trace, verdict) + chunks(trace, verdict)
  case .deferred: early(trace, verdict) + chunks(trace, verdict) + putOff(trace, verdict)
  case .stalled, .closed, .reset:
    early(trace, verdict) + chunks(trace, verdict) + fastOpen(trace) + byCustody(trace, verdict)
      + content(trace, verdict)
  case .tlsFailed: policy(trace) + tls(trace)
  case .unreachable where trace.isOutsideOfPolicy: policy(trace)
  case .unreachable: connecting(trace) + otherAddress(trace)
  }
}

private func early(_ trace: Trace, _ verdict: Verdict) -> [Advice] {
  trace.talkedEarly && verdict.stage <= .ehlo ? [.waitForGreeting] : []
}

/// A server that has waited in vain has met the same silence as we.
private func putOff(_ trace: Trace, _ verdict: Verdict) -> [Advice] {
  if trace.serverTimeout != nil { return segmentation(trace, verdict) + pipelining(trace) }
  let reply = decisiveRefusal(in: trace).map(\.reply) ?? -1
  return [.comeBackLater(trace.replies.indices.contains(reply) ? trace.replies[reply].reason : nil)]
}

private func fastOpen(_ trace: Trace) -> [Advice] {
  (trace.option("fast_open")?.isUnset ?? true) ? [] : [.turnFastOpenOff]
}

private func byCustody(_ trace: Trace, _ verdict: Verdict) -> [Advice] {
  if verdict.stage == .tls { return tls(trace) + patience(verdict) }
  switch verdict.custody {
  case nil: return []
  case .peerSilent, .replyCutShort: return patience(verdict)
  case .heldLocally: return trace.hasFlag("nodelay", byDefault: true) ? [] : [.sendWithoutDelay]
  case .windowClosed: return [.peerDoesNotRead]
  case .unacknowledged:
    // A connection that broke has told more than a lost segment would.
    guard verdict.status == .stalled else { return [] }
    return trace.option("mss")?.isUnset ?? true
      ? [.shrinkSegments(from: trace.finalFacts?.sendMSS)] : []
  case .acknowledgedUnanswered:
    return segmentation(trace, verdict) + pipelining(trace) + patience(verdict)
  }
}

private func pipelining(_ trace: Trace) -> [Advice] {
  trace.envelope?.pipelined == true && trace.option("pipelining") != .text("off")
    ? [.turnPipeliningOff] : []
}

private func segmentation(_ trace: Trace, _ verdict: Verdict) -> [Advice] {
  // A UNIX socket has no segments.
  if trace.target.isUnixSocket { return [] }
  return switch trace.segmentPlan {
  case nil: bySize(verdict)
  case .sizes(let sizes):
    if case .bytes(let size)? = sizes.first, sizes.count == 1 { around(size) } else { [] }
  case .command, .crlf, .endOfData: []
  }
}

/// The neighbours of a size, which a fault at a boundary lets pass.
private func around(_ size: Int) -> [Advice] {
  (2...65_535).contains(size) ? [.splitElsewhere(sizes: [size - 1, size + 1])] : []
}

private func bySize(_ verdict: Verdict) -> [Advice] {
  verdict.pending.commands > 1 ? [.splitByCommand] : []
}

private func patience(_ verdict: Verdict) -> [Advice] {
  // RFC 5321 section 4.5.3.2: five minutes for most replies; who waited that long has waited enough.
  verdict.status == .stalled && verdict.waited < .seconds(300)
    ? [.waitLonger(waited: verdict.waited)] : []
}

private func policy(_ trace: Trace) -> [Advice] { trace.failsByPolicy ? [.leavePolicyOut] : [] }

private func tls(_ trace: Trace) -> [Advice] {
  let split: [Advice] =
    trace.option("split")?.isUnset ?? true && !trace.target.isUnixSocket
    ? [.splitTheHandshake(helloLength: trace.tls?.clientHelloLength)] : []
  let without: [Advice] = trace.option("tls") == .text("off") ? [] : [.tryWithoutTLS]
  // The way the bytes take has no part in what a server offers, or is.
  if case .tlsFailed(let failure) = trace.ending,
    failure.name == "not_offered" || failure.isAboutCertificate
  {
    return without
  }
  return split + without
}

private func connecting(_ trace: Trace) -> [Advice] {
  guard let last = trace.attempts.last, last.hasOneSYN else { return [] }
  return [.connectLonger(waited: last.duration)]
}

private func otherAddress(_ trace: Trace) -> [Advice] {
  if trace.target.isUnixSocket { return [] }
  var families: [AddressFamily] = []
  let tried = trace.attempts.map { $0.address.contains(":") }
  if !tried.contains(false) { families.append(.ipv4) }
  if !tried.contains(true) { families.append(.ipv6) }
  return families.count == 1 ? [.tryOtherAddress(families: families)] : []
}

private func chunks(_ trace: Trace, _ verdict: Verdict) -> [Advice] {
  (verdict.stage == .body || verdict.stage == .dot) && trace.sendsChunks ? [.sendByData] : []
}

private func content(_ trace: Trace, _ verdict: Verdict) -> [Advice] {
  guard verdict.stage == .body || verdict.stage == .dot, let content = trace.content else {
    return []
  }
  return [.sendLess(taken: content.taken)]
}
