import SessionTrace

/// Why a file is no report that can be read; every text is plain ASCII, whatever the file held.
package enum SavedReportError: Error, Equatable, CustomStringConvertible {
  /// Not JSON at all, with the parser's reason.
  case notJSON(String)
  /// JSON, but a report of a kind that is not asked for, or none at all.
  case otherKind(String, wanted: [String])
  /// Written by a newer version of the tool.
  case newerVersion(Int)
  /// The key at this path is not there.
  case missing(path: String)
  /// The value at this path is not what belongs there.
  case wrongValue(path: String, reason: String)

  package var description: String {
    switch self {
    case .notJSON(let reason): "not a JSON document: \(reason)"
    case .otherKind(let kind, let wanted):
      "a report of kind \"\(kind)\", where one of kind \(list(of: wanted)) is needed"
    case .newerVersion(let version):
      "schema_version \(version) is newer than \(SessionReport.schemaVersion), the newest this smtpprobe reads"
    case .missing(let path): "\(path) is missing"
    case .wrongValue(let path, let reason): "\(path): \(reason)"
    }
  }

  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self = .missing(path: SavedReportError.path(context.codingPath + [key]))
    case .valueNotFound(_, let context):
      self = .wrongValue(
        path: SavedReportError.path(context.codingPath), reason: "null where a value is needed")
    case .typeMismatch(let type, let context):
      self = .wrongValue(
        path: SavedReportError.path(context.codingPath), reason: "not of the type \(type)")
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      let cause = context.underlyingError.map { ": \($0)" } ?? ""
      self = .notJSON(escapedText((context.debugDescription + cause).utf8))
    case .dataCorrupted(let context):
      self = .wrongValue(
        path: SavedReportError.path(context.codingPath),
        reason: escapedText(context.debugDescription.utf8))
    @unknown default:
      self = .notJSON(escapedText("\(error)".utf8))
    }
  }

  /// `"session", "sweep" or "diagnosis"`.
  private func list(of kinds: [String]) -> String {
    let quoted = kinds.map { "\"\($0)\"" }
    let head = quoted.dropLast().joined(separator: ", ")
    return (head.isEmpty ? "" : head + " or ") + (quoted.last ?? "")
  }

  /// `replies[3].code`; `(document)` for the whole.
  private static func path(_ keys: [any CodingKey]) -> String {
    var path = ""
    for key in keys {
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += (path.isEmpty ? "" : ".") + escapedText(key.stringValue.utf8)
      }
    }
    return path.isEmpty ? "(document)" : path
  }
}
