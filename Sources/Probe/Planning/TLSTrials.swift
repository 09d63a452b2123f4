import Synchronization
import TLSEngine
import Wire

/// TLS settings that were tried out before a connection is made: a priority string that does not parse must
/// not wait for a handshake.
///
/// Sessions of one request share it: what all of them have alike is tried once, and they share one trust
/// store.
package final class TLSTrials: Sendable {
  /// Sessions of one request resume each other's TLS, where they are to.
  let resumption = TLSResumption()
  private let last = Mutex<(configuration: ClientConfiguration, isTried: Bool)?>(nil)
  private let trial: @Sendable (ClientConfiguration) throws(TLSError) -> Void
  private let anchors = Mutex<(path: String, records: [String])?>(nil)
  private let validated = Mutex<ValidatorPlan?>(nil)

  package convenience init() {
    self.init { configuration throws(TLSError) in _ = try TLSSession(client: configuration) }
  }

  /// Settings are tried by `trial`, which throws what is wrong with them.
  init(trial: @escaping @Sendable (ClientConfiguration) throws(TLSError) -> Void) {
    self.trial = trial
  }

  /// The configuration as it is to be used; throws what is wrong with it.
  ///
  /// What can have nothing wrong with it is not tried unless TLS is certain to be needed (`isNeeded`): to load
  /// GnuTLS takes as long as a small session in clear.
  func tried(
    _ configuration: ClientConfiguration, isNeeded: Bool
  ) throws(TLSError) -> ClientConfiguration {
    let known = last.withLock { $0 }
    let wanted = known.map { configuration.sharingTrust(with: $0.configuration) } ?? configuration
    var isTried = known.map { $0.isTried && $0.configuration.isLike(wanted) } ?? false
    if !isTried, isNeeded || !wanted.isPlain {
      try trial(wanted)
      isTried = true
    }
    last.withLock { [isTried] in $0 = (wanted, isTried) }
    return wanted
  }

  /// The trust anchors in a file: records DS and DNSKEY, a line each, as `ldns-key2ds` and `dig` print them.
  func anchors(in path: String) throws(PlanError) -> [String] {
    if let known = anchors.withLock({ $0?.path == path ? $0?.records : nil }) { return known }
    let bytes: [UInt8]
    do throws(ExitMessage) { bytes = try contents(of: path) } catch {
      throw PlanError(error.status, error.text)
    }
    let records = try Self.anchors(in: String(decoding: bytes, as: UTF8.self), of: path)
    anchors.withLock { $0 = (path, records) }
    return records
  }

  static func anchors(in text: String, of path: String) throws(PlanError) -> [String] {
    var records: [String] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let record = line.prefix { $0 != ";" }.split { $0 == " " || $0 == "\t" }
      if record.isEmpty { continue }
      guard record.dropFirst().contains(where: { ["DS", "DNSKEY"].contains($0.uppercased()) })
      else {
        throw PlanError(
          .badInput, "\(path), line \(index + 1): give records DS or DNSKEY, each on one line")
      }
      records.append(record.joined(separator: " "))
    }
    guard !records.isEmpty else {
      throw PlanError(.badInput, "\(path): no trust anchor in it; give records DS or DNSKEY")
    }
    return records
  }

  /// What stands against a plan; what stood against none before is not tried again.
  func problem(with plan: ValidatorPlan) -> Validator.Problem? {
    if validated.withLock({ $0 == plan }) { return nil }
    if let problem = Validator.problem(with: plan) { return problem }
    validated.withLock { $0 = plan }
    return nil
  }
}
