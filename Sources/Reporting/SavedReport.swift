package import Diagnosis
import FoundationEssentials
package import SessionTrace

/// A session report read back from its JSON form.
///
/// The trace is all that a new verdict needs; the recorded verdict is kept to compare it with.
package struct SavedReport: Sendable, Equatable {
  package var tool: ToolRecord
  package var trace: Trace
  /// What the live run concluded.
  package var verdict: Verdict

  /// Reads a report of this version or an older one.
  package init(json bytes: [UInt8]) throws(SavedReportError) {
    let data = Data(bytes)
    let decoder = JSONDecoder()
    let header = try SavedReport.decode(Header.self, from: data, by: decoder)
    guard header.kind == SessionReport.kind else {
      throw .otherKind(escapedText(header.kind.utf8))
    }
    guard header.schemaVersion <= SessionReport.schemaVersion else {
      throw .newerVersion(header.schemaVersion)
    }
    let body = try SavedReport.decode(Body.self, from: data, by: decoder)
    self.tool = body.tool
    self.verdict = body.verdict
    self.trace = try SavedReport.decode(Trace.self, from: data, by: decoder)
  }

  private struct Header: Decodable {
    let kind: String
    let schemaVersion: Int

    enum CodingKeys: String, CodingKey {
      case kind
      case schemaVersion = "schema_version"
    }
  }

  private struct Body: Decodable {
    let tool: ToolRecord
    let verdict: Verdict
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
