package import SessionTrace

/// What became of TCP Fast Open, as far as a client can tell.
package enum FastOpenOutcome: String, Codable, Sendable, CaseIterable {
  /// Not asked for.
  case off
  /// Asked for without data in the SYN: the client's kernel keeps no proof that a cookie was used.
  case requested
  /// Data in the SYN was acknowledged with it (`TCPI_OPT_SYN_DATA`).
  case accepted
  /// The kernel says that it failed (`tcpi_fastopen_client_fail`).
  case failed
}

extension Trace {
  /// What became of TCP Fast Open in this session.
  package var fastOpenOutcome: FastOpenOutcome {
    switch option("fast_open") {
    case nil, .some(.none), .flag(false), .text("off"): return .off
    case .text, .number, .flag(true): break
    }
    if finalFacts?.options?.contains("syn_data") == true { return .accepted }
    if let failure = finalFacts?.fastOpenFailure, failure > 0 { return .failed }
    return .requested
  }
}
