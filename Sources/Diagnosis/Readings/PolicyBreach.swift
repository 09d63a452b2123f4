import SessionTrace

/// What a session met of a policy about TLS that binds it.
extension Trace {
  /// Whether the domain's policy of MTA-STS names none of its exchangers, so that none was connected to.
  package var isOutsideOfPolicy: Bool {
    if case .unreachable(let failure?) = ending { failure.name == "NOT_IN_POLICY" } else { false }
  }

  /// The exchanger that does not keep to a policy of MTA-STS in force; `nil` where every one does, or none is.
  var enforcedBreach: TLSPolicyRecord? {
    tlsPolicies?.last { policy in
      policy.kind == .sts && policy.mode == .enforce && policy.host != nil && policy.result != nil
    }
  }

  /// Whether that is what ended the session.
  var failsByPolicy: Bool {
    if isOutsideOfPolicy { return enforcedBreach != nil }
    guard case .tlsFailed = ending else { return false }
    // Others were passed over before.
    return enforcedBreach?.host == escapedText(target.host.utf8)
  }
}
