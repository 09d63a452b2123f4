/// One line as monitoring plugins print it: `SMTP CRITICAL - what happened | time=30.1s;;;0 …`.
///
/// After the Monitoring Plugins' guidelines: status and sentence first, behind the bar the performance
/// data `label=value[unit];warn;crit;min`; the process ends with 0 to 3 (``Vitals/Health``). Nagios, Icinga,
/// Naemon, Checkmk and Sensu read it.
enum NagiosFold {
  /// What stands in front, for the service.
  static let service = "SMTP"
  /// Longer sentences are cut: Nagios takes 4 KiB of a line, and people one.
  private static let most = 400

  static func render(_ document: any Document, _: Look) -> [UInt8] {
    guard let vitals = vitals(of: document) else { return [] }
    let numbers = vitals.metrics.compactMap { metric -> String? in
      guard let short = metric.short, let value = metric.samples.first?.value else { return nil }
      return "\(short.label)=\(value)\(short.unit);;;0"
    }
    let sentence = shown(vitals.sentence, limit: most).replacing("|", with: #"\x7C"#)
    let line = "\(service) \(word(vitals.health)) - \(sentence)"
    return Array("\(line)\(numbers.isEmpty ? "" : " | ")\(numbers.joined(separator: " "))\n".utf8)
  }

  /// What the process ends with.
  static func exitCode(of document: any Document) -> Int {
    (vitals(of: document)?.health ?? .unknown).rawValue
  }

  private static func vitals(of document: any Document) -> Vitals? {
    for case .vitals(let vitals) in document.blocks { return vitals }
    return nil
  }

  private static func word(_ health: Vitals.Health) -> String {
    switch health {
    case .ok: "OK"
    case .warning: "WARNING"
    case .critical: "CRITICAL"
    case .unknown: "UNKNOWN"
    }
  }
}

/// The line of a plugin that could not look at anything, and ended with that status.
package func unknownToNagios(status: Int32) -> String {
  "\(NagiosFold.service) UNKNOWN - no session: see standard error (exit status \(status))\n"
}
