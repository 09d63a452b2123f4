import CGnuTLS
package import SessionTrace

/// What DANE asks of the peer's certificate.
package struct TLSAExpectation: Sendable, Equatable {
  /// The records, those too that nobody can use.
  package var records: [TLSARecord]
  /// The names of which a certificate must have one, where a record is about its issuer: the name that the
  /// records stand at first (RFC 7672 section 3.2.2).
  package var names: [String]

  package init(records: [TLSARecord], names: [String]) {
    self.records = records
    self.names = names
  }

  /// Whether there is something to hold a certificate to; without, TLS is asked for and nobody authenticated
  /// (RFC 7672 section 2.2).
  package var authenticates: Bool { !records.applicable.isEmpty }
}

/// How a chain of certificates stands to a ``TLSAExpectation``.
package enum TLSAOutcome: Sendable, Equatable {
  /// It fits this record.
  case matched(TLSARecord)
  /// It fits none; the sentence is for a report.
  case failed(TLSPolicyRecord.Result, String)
}

extension CertificateChain {
  /// Holds the chain to the records.
  ///
  /// The key of the leaf is enough, whatever names and dates it has (RFC 7672 section 3.1.1); an issuer has to
  /// have signed for one of the names, and in time (section 3.1.2).
  func outcome(of expectation: TLSAExpectation) -> TLSAOutcome {
    guard let leaf = certificates.first else {
      return .failed(.validationFailure, "The server showed no certificate.")
    }
    let records = expectation.records.applicable
    var failure: TLSAOutcome?
    for record in records {
      if record.usage == 3 {
        if record.fits(leaf) { return .matched(record) }
      } else if let outcome = outcome(of: record, names: expectation.names) {
        if case .matched = outcome { return outcome }
        failure = failure ?? outcome
      }
    }
    if let failure { return failure }
    let those =
      records.count == 1
      ? "The TLSA record does not fit" : "None of \(records.count) TLSA records fits"
    // RFC 7671 section 5.2.2 has the server show the issuer that a digest stands for.
    let hasDigest = records.contains { $0.usage == 2 && $0.matchingType > 0 }
    let rule = hasDigest ? " An issuer that stands there as a digest has to be shown, too." : ""
    return .failed(
      .validationFailure,
      "\(those) the certificate that was shown; this one would: \(TLSARecord.usual(for: leaf)).\(rule)"
    )
  }

  /// Of a record about an issuer; `nil` where nothing that was shown is that issuer.
  private func outcome(of record: TLSARecord, names: [String]) -> TLSAOutcome? {
    var shown = certificates.dropFirst().first(where: record.fits)
    // An issuer that stands whole in the record need not be shown, nor the certificate of its key (RFC 7671
    // sections 5.2.2 and 5.2.3): the one that the key has signed stands in its place.
    let isWhole = record.selector == 0 && record.matchingType == 0
    if shown == nil, !isWhole, let key = record.key {
      shown = certificates.first { key.hasSigned($0) }
    }
    guard shown != nil || isWhole else { return nil }
    let anchor = isWhole ? Array(record.data) : shown.map(encoded) ?? []
    guard let list = try? TrustList(anchor: anchor) else { return nil }
    var judgements = names.map { list.judge(self, name: $0) }
    if judgements.isEmpty { judgements = [list.judge(self, name: nil)] }
    if judgements.contains(where: \.isTrusted) { return .matched(record) }
    guard let judgement = judgements.first else { return nil }
    // An issuer that did not sign the chain is one that was not shown.
    if shown == nil, judgement.status & GNUTLS_CERT_SIGNER_NOT_FOUND.rawValue != 0 { return nil }
    return .failed(
      judgement.fault,
      "A TLSA record (\(record.usage) \(record.selector) \(record.matchingType)) fits an issuer, but: "
        + judgement.problems.joined(separator: " "))
  }
}
