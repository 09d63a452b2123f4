/// What is kept out of a report; the raw values are the words of `--redact` and of JSON.
package enum RedactionMode: String, Codable, Sendable, CaseIterable {
  case none
  /// Our own host's name and addresses, the user, and paths.
  case local
  /// Those, the envelope, and the server's names and addresses.
  case all
}

/// What was kept out of a report, and how often it stood there.
package struct RedactionRecord: Codable, Sendable, Equatable {
  package var mode = RedactionMode.none
  /// Places at which a stand-in stands now, in the document as it is saved.
  package var replaced = 0

  package init() {}
}
