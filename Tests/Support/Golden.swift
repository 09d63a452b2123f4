import FoundationEssentials
import Testing

/// Whole documents, kept in the folder `Golden` beside a test. `GOLDEN=write swift test` writes them anew;
/// read the diff.
package struct Golden {
  private let folder: String

  /// The folder beside `file`, the test's own.
  package init(beside file: StaticString = #filePath) {
    folder =
      "\(file)".split(separator: "/", omittingEmptySubsequences: false)
      .dropLast().joined(separator: "/") + "/Golden/"
  }

  /// Records an issue where the document is not the one kept under `name`.
  package func expect(_ document: [UInt8], _ name: String) throws {
    let path = folder + name.replacing(" ", with: "-")
    if ProcessInfo.processInfo.environment["GOLDEN"] == "write" {
      try Data(document).write(to: URL(filePath: path))
    }
    let golden = try [UInt8](Data(contentsOf: URL(filePath: path)))
    #expect(
      String(decoding: document, as: UTF8.self) == String(decoding: golden, as: UTF8.self),
      "\(name)")
  }
}
