/// The runs that are known to come out wrong, each with the reason.
///
/// ```
/// # what waits for a kernel that tells
/// path/pmtu-black-hole/forward    # the kernel of our CI retransmits too late
/// ```
/// One id a line, and behind `#` why. A reason is demanded: a list without reasons only grows.
package struct KnownFailures: Sendable, Equatable {
  /// Id to reason.
  package private(set) var reasons: [String: String] = [:]

  /// No failure is known.
  package init() {}

  /// Reads a file; `known` says whether an id is that of a run, so that what was renamed or mended
  /// and removed does not stay on the list.
  package init(text: String, file: String, isRun: (String) -> Bool) throws(KnownFailuresError) {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      func error(_ problem: String) -> KnownFailuresError {
        KnownFailuresError(file: file, line: index + 1, problem: problem)
      }
      let halves = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let id = halves.first.map(trimmed) ?? ""
      guard !id.isEmpty else { continue }
      guard halves.count == 2, case let reason = trimmed(halves[1]), !reason.isEmpty else {
        throw error("\"\(id)\" has no reason; write one behind a #")
      }
      guard isRun(id) else {
        throw error("no run is called \"\(id)\" (smtpprobe lab list --runs names them all)")
      }
      guard reasons.updateValue(reason, forKey: id) == nil else {
        throw error("\"\(id)\" stands here twice")
      }
    }
  }
}

/// A list of known failures that cannot be used, with the place in it.
package struct KnownFailuresError: Error, Equatable, CustomStringConvertible {
  package let file: String
  /// Counted from 1.
  package let line: Int
  package let problem: String

  package var description: String { "\(file):\(line): \(problem)" }
}

private func trimmed(_ text: Substring) -> String {
  var text = text
  while text.first?.isWhitespace == true { text.removeFirst() }
  while text.last?.isWhitespace == true { text.removeLast() }
  return String(text)
}
