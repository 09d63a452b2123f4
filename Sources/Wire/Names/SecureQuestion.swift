package import SessionTrace

/// A question to DNS whose answer counts for what DNSSEC says of it.
package struct SecureQuestion: Sendable, Hashable {
  /// The types that are asked for, by their numbers.
  package enum RecordType: Int, Sendable {
    case a = 1
    case cname = 5
    case mx = 15
    case aaaa = 28
    case tlsa = 52

    /// As DNS calls it.
    package var name: String {
      switch self {
      case .a: "A"
      case .cname: "CNAME"
      case .mx: "MX"
      case .aaaa: "AAAA"
      case .tlsa: "TLSA"
      }
    }
  }

  package var type: RecordType
  package var name: String

  package init(_ type: RecordType, of name: String) {
    self.type = type
    self.name = name
  }
}

/// What came of a ``SecureQuestion``.
package struct SecureAnswer: Sendable, Equatable {
  package var security: TLSPolicyRecord.Security
  /// Data of each record as the wire carries it; none where there is none, or none that counts.
  package var records: [[UInt8]]
  /// Where the name leads to, without a closing dot; `nil` for one that is no alias.
  package var canonicalName: String?
  /// Why it is bogus, or why there is no answer.
  package var reason: String?

  package init(
    _ security: TLSPolicyRecord.Security, records: [[UInt8]] = [], canonicalName: String? = nil,
    reason: String? = nil
  ) {
    self.security = security
    self.records = records
    self.canonicalName = canonicalName
    self.reason = reason
  }
}

/// Whom to ask, and what to believe.
package struct ValidatorPlan: Sendable, Hashable {
  /// `nil` for the servers of resolv.conf.
  package var nameServer: Endpoint?
  /// Records DS or DNSKEY, as a zone file has them.
  package var anchors: [String]

  package init(nameServer: Endpoint? = nil, anchors: [String] = Self.rootAnchors) {
    self.nameServer = nameServer
    self.anchors = anchors
  }

  /// The keys of the root, of 2017 and of 2024 (https://data.iana.org/root-anchors/root-anchors.xml).
  package static let rootAnchors = [
    ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
    ". IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
  ]
}
