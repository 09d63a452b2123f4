import FoundationEssentials
import SessionTrace

/// A JSON document whose kind and version are known, and the rest of which is still to be read.
struct SavedFile {
  let kind: DocumentKind
  private let data: Data
  private let decoder = JSONDecoder()

  /// Reads the header of a report of one of these kinds, of this version or an older one.
  init(json bytes: [UInt8], kinds: [DocumentKind]) throws(SavedReportError) {
    data = Data(bytes)
    let header = try SavedFile.decode(Header.self, from: data, by: decoder)
    guard let kind = kinds.first(where: { $0.rawValue == header.kind }) else {
      throw .otherKind(escapedText(header.kind.utf8), wanted: kinds.map(\.rawValue))
    }
    self.kind = kind
    guard header.schemaVersion <= SessionReport.schemaVersion else {
      throw .newerVersion(header.schemaVersion)
    }
    _ = try SavedFile.decode(BoundedNumbers.self, from: data, by: decoder)
  }

  /// The whole document as a value.
  func decode<Value: Decodable>(_ type: Value.Type) throws(SavedReportError) -> Value {
    try SavedFile.decode(type, from: data, by: decoder)
  }

  private struct Header: Decodable {
    let kind: String
    let schemaVersion: Int

    enum CodingKeys: String, CodingKey {
      case kind
      case schemaVersion = "schema_version"
    }
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, from data: Data, by decoder: JSONDecoder
  ) throws(SavedReportError) -> Value {
    do {
      return try decoder.decode(type, from: data)
    } catch let error as DecodingError {
      throw SavedReportError(error)
    } catch {
      throw .notJSON(escapedText("\(error)".utf8))
    }
  }
}
