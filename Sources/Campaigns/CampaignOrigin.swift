import Diagnosis
import Probe
import Reporting
import SessionTrace
import Wire

/// What all sessions of a campaign have in common, as the first of them that ended tells it.
struct CampaignOrigin {
  /// RFC 3339, of the first session that ended; `nil` when none did.
  var startedAt: String? { first?.startedAt }

  private let given: String
  private let describe: (inout Trace) -> Void
  private var first: Trace?

  /// A campaign at a target that was given so; `describe` adds what the host says of itself.
  init(given: String, describe: @escaping (inout Trace) -> Void) {
    self.given = given
    self.describe = describe
  }

  /// A session has ended.
  mutating func note(_ trace: Trace) {
    if first == nil { first = trace }
  }

  /// The head of the report.
  var facts: Facts {
    var trace =
      first
      ?? Trace(
        startedAt: "", arguments: [], target: TargetRecord(given: given, host: given, port: nil))
    describe(&trace)
    var target = trace.target
    target.localPort = nil
    return Facts(
      tool: ToolRecord(environment: trace.environment), environment: trace.environment,
      target: target, notes: trace.notes)
  }

  struct Facts {
    var tool: ToolRecord
    var environment: EnvironmentRecord
    var target: TargetRecord
    /// What the tool did otherwise than asked.
    var notes: [String]
  }
}
