/// The line by which a step on GitHub marks that a run failed.
///
/// A workflow command ends with its line, and `%` begins an escape in it; without both a server's words could
/// give commands of their own (GitHub's documentation, "Workflow commands").
package enum GitHubAnnotation {
  /// `nil` for a document that is well, or came to what was expected.
  package static func line(for document: any Document) -> String? {
    problem(of: document).map { "::error title=smtpprobe::\(escaped(shown($0)))\n" }
  }

  private static func problem(of document: any Document) -> String? {
    for case .vitals(let vitals) in document.blocks {
      return vitals.health == .ok ? nil : vitals.sentence
    }
    for case .cases(let name, let cases) in document.blocks {
      let failed = cases.filter { $0.verdict == .failure || $0.verdict == .error }
      guard let first = failed.first else { return nil }
      return "\(name): \(failed.count) of \(cases.count) failed, the first \(first.name)"
    }
    return nil
  }

  /// The text as the message of a command.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
