import SMTPDialogue
import SessionTrace
import Wire

/// A host whose TLS is not as a policy demands is left for the next one, as senders do (RFC 7672 section 2.2, RFC
/// 8461 section 5): the mail may be safe with that.
extension Session {
  /// Goes on with the next exchanger where this one did not keep to what binds; false where the session ends.
  func passesOver(after ending: Ending) -> Bool {
    let host = recorder.trace.target.host
    guard case .mailDomain = plan.target.place, isBoundToTLS, isAboutTLS(ending),
      further.contains(where: { $0.host != host })
    else { return false }
    recordOutcome(of: ending)
    settleDANE(ending)
    further = further.filter { $0.host != host }[...]
    phase = .passingOver
    cancelAlarm?()
    cancelPause?()
    channel?.transport.onReady = nil
    // Whoever called is still at work on this connection.
    network.soon { [weak self] in self?.passOver(host) }
    return true
  }

  /// Whether a policy demands TLS with the host at hand.
  private var isBoundToTLS: Bool {
    if tlsaExpectation(of: recorder.trace.target.host) != nil { return true }
    return policyInForce?.isEnforced == true
  }

  /// Whether it ended before any mail, and because there was no TLS, or none that will do.
  private func isAboutTLS(_ ending: Ending) -> Bool {
    guard recorder.trace.envelope == nil else { return false }
    switch ending {
    case .tlsFailed: return true
    case .finished, .endOfStream, .failed, .protocolError,
      .timedOut(.reply), .timedOut(.write), .timedOut(.handshake):
      return lackOfTLS(ending) != nil
    case .timedOut(.resolve), .timedOut(.connect), .timedOut(.total), .unreachable,
      .notAuthenticated, .interrupted, .internalError:
      return false
    }
  }

  private func passOver(_ host: String) {
    guard case .passingOver = phase else { return }
    let name = escapedText(host.utf8)
    let policies = recorder.trace.tlsPolicies ?? []
    let reason =
      policies.last { $0.host == name && $0.result != nil }?.reason ?? "no reason is known"
    channel?.close(politely: true, unsent: recorder.trace.ledger.unsent)
    channel = nil
    cancelAlarm?()
    dialogue = Dialogue(plan.dialogue)
    sender = Sender(plan.segmentation)
    progress = ProgressWatch(at: network.now)
    exchange = nil
    isCorked = false
    recorder = recorder.withNextHost(
      at: network.now, failure: .policyNotKept(reason),
      note: "\(name) is passed over, TLS there being not what its policy demands: \(reason)")
    connect(toFirstOf: further)
  }
}

extension SystemFailure {
  /// A host that was reached, and will not do.
  fileprivate static func policyNotKept(_ reason: String) -> SystemFailure {
    SystemFailure(call: Self.policyCall, name: "NOT_KEPT", code: 0, text: reason)
  }
}
