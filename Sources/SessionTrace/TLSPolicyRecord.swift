/// What a domain or a host asks of a sender's TLS, and whether the session could keep to it: one entry for each
/// host that was looked at, or each policy that was fetched.
///
/// The words are those of TLS reports (RFC 8460 sections 4.3 and 4.4), so that what stands here can be laid
/// beside what other senders report. Names and texts of the peer are escaped.
package struct TLSPolicyRecord: Codable, Sendable, Equatable {
  /// `policy-type`: where the policy comes from.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// TLSA records that DNSSEC vouches for (RFC 7672).
    case tlsa
    /// A policy that HTTPS vouches for (RFC 8461).
    case sts
    /// Looked for, and there is none.
    case none = "no-policy-found"
  }

  /// What DNSSEC says of an answer (RFC 4033 section 5).
  package enum Security: String, Codable, Sendable, CaseIterable {
    case secure
    /// Provably not signed.
    case insecure
    /// Signed, and not as it should be.
    case bogus
    /// There was no answer to judge.
    case indeterminate
  }

  /// What a policy of MTA-STS asks for (RFC 8461 section 5).
  package enum Mode: String, Codable, Sendable, CaseIterable {
    /// Who does not keep to it gets no mail.
    case enforce
    /// It gets mail, and the domain a report.
    case testing
    /// The domain has done with policies.
    case none
  }

  /// `result-type`: why a policy was not kept to.
  package enum Result: String, Codable, Sendable, CaseIterable {
    case starttlsNotSupported = "starttls-not-supported"
    case certificateHostMismatch = "certificate-host-mismatch"
    case certificateExpired = "certificate-expired"
    case certificateNotTrusted = "certificate-not-trusted"
    case validationFailure = "validation-failure"
    case tlsaInvalid = "tlsa-invalid"
    case dnssecInvalid = "dnssec-invalid"
    case stsPolicyFetchError = "sts-policy-fetch-error"
    case stsPolicyInvalid = "sts-policy-invalid"
    case stsWebPKIInvalid = "sts-webpki-invalid"
  }

  package var kind: Kind
  /// `policy-domain`: the name that the policy stands at, for TLSA records the base domain.
  package var domain: String
  /// The exchanger that it was looked up for; `nil` where it is for all of the domain.
  package var host: String?
  /// `policy-string`: records as `3 1 1 0123…`, or the lines of a policy.
  package var strings: [String]
  /// `nil` where DNSSEC has no part in it.
  package var security: Security?
  /// `nil` but for a policy of MTA-STS.
  package var mode: Mode?
  /// The one of ``strings`` that the certificate fits; `nil` while none does.
  package var matched: String?
  /// `nil` when the session kept to the policy, or did not come to where it would show.
  package var result: Result?
  /// A sentence about it: what holds, or why not.
  package var reason: String?
  /// From the first question until all was known that was asked for.
  package var took: Microseconds

  package init(
    kind: Kind, domain: String, host: String? = nil, strings: [String] = [],
    security: Security? = nil, mode: Mode? = nil, matched: String? = nil, result: Result? = nil,
    reason: String? = nil, took: Microseconds = 0
  ) {
    self.kind = kind
    self.domain = domain
    self.host = host
    self.strings = strings
    self.security = security
    self.mode = mode
    self.matched = matched
    self.result = result
    self.reason = reason
    self.took = took
  }

  /// Why it was not kept to, in a sentence or else by the type of the result; `nil` where it has none.
  package var whyNotKept: String? { result.map { reason ?? $0.rawValue } }

  /// Whether it leaves no choice but TLS with the host that it is for.
  package var demandsTLS: Bool {
    switch kind {
    case .tlsa: !strings.isEmpty
    case .sts: mode == .enforce
    case .none: false
    }
  }

  private enum CodingKeys: String, CodingKey {
    case domain, host, strings, security, mode, matched, result, reason
    case kind = "type"
    case took = "took_us"
  }
}

extension Trace {
  /// Whether a policy left no choice but TLS with the host that was tried last.
  package var isBoundToTLS: Bool {
    let host = escapedText(target.host.utf8)
    return tlsPolicies?.contains { $0.demandsTLS && ($0.host == nil || $0.host == host) } ?? false
  }
}
