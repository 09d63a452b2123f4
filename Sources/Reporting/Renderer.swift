/// Turns a report into the bytes of one format; it never prints, and never fails.
package protocol Renderer: Sendable {
  /// The whole document, ending in a line feed.
  func render(_ report: SessionReport) -> [UInt8]
}
