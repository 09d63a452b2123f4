/// A document in a line, for a script's log or for someone who looks at many: status first, then where, how far,
/// how long, and whom it is about.
///
/// The first word is our own, so no server can begin the line.
enum LineFold {
  static func render(_ document: any Document, _: Look) -> [UInt8] {
    document.digest.flatMap { Array((shown($0, limit: most) + "\n").utf8) }
  }

  /// Longer ones are cut: a line is read at a glance.
  private static let most = 400
}
