package import Reporting
package import Wire

extension SavedDocument {
  /// The report in a file that the user named.
  package init(path: String) throws(ExitMessage) {
    let bytes = try contents(of: path)
    do {
      try self.init(json: bytes)
    } catch {
      throw ExitMessage(status: .badInput, text: "\(path): \(error.description)")
    }
  }
}
