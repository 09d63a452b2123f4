package import SessionTrace

/// What a host's name leads to.
package struct HostAddresses: Sendable, Equatable {
  /// Numeric addresses, each once, in the order in which they are to be tried.
  package var numbers: [String]
  /// The name at the end of its CNAME records; `nil` when it has none, or when the system was asked,
  /// which does not tell.
  package var alias: String?
  /// Questions for addresses of the other family that failed; that there are none is no failure.
  package var failed: [FailedLookup]
  /// Whether the name was an address in numbers itself, and nobody was asked.
  package var isLiteral: Bool

  package init(
    numbers: [String], alias: String? = nil, failed: [FailedLookup] = [], isLiteral: Bool = false
  ) {
    self.numbers = numbers
    self.alias = alias
    self.failed = failed
    self.isLiteral = isLiteral
  }
}
