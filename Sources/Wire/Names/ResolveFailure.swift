package import SessionTrace

/// Why a name led nowhere.
package enum ResolveFailure: Error, Sendable, Equatable {
  /// The name does not exist (NXDOMAIN), or has no record of the kind asked for.
  case notFound(SystemFailure)
  /// No name server could answer now: another try may succeed.
  case temporary(SystemFailure)
  /// The domain says that it takes no mail: one MX record with preference 0 and no host (RFC 7505).
  case nullMX
  /// The lookup could not be made, or failed for good.
  case failed(SystemFailure)

  /// The same as a system failure, for a trace.
  package var failure: SystemFailure {
    switch self {
    case .notFound(let failure), .temporary(let failure), .failed(let failure): failure
    case .nullMX:
      SystemFailure(
        call: "res_nquery", name: "NULL_MX", code: 0,
        text: "the domain accepts no mail (null MX, RFC 7505)")
    }
  }
}
