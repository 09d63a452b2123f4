/// Everything that happened in one session: all a verdict may use, and nothing that was inferred.
///
/// The probe fills it, a saved report carries it, and ``Diagnosis`` reads it: a verdict from a file
/// is the verdict of the live run. Its keys are those of the JSON report (manual, "JSON").
package struct Trace: Codable, Sendable, Equatable {
  /// Wall clock at the start, RFC 3339 in UTC with microseconds.
  package var startedAt: String
  package var duration: Microseconds
  /// The command line, secrets replaced.
  package var arguments: [String]
  package var target: TargetRecord
  /// Every effective option by its long name, as text: `split` → `513`, `nodelay` → `true`.
  package var options: [String: OptionValue]
  /// Questions to a name server that failed although an address was found; `nil` when none did.
  package var failedLookups: [FailedLookup]?
  package var attempts: [ConnectionAttempt]
  package var stages: [StageSpan]
  package var commands: [CommandRecord]
  package var replies: [ReplyRecord]
  package var segments: SegmentLog
  /// Segments dropped from the middle of `segments`.
  package var segmentsOmitted: Int
  package var ledger: Ledger
  /// When more of our bytes were last acknowledged, microseconds from the start; `nil` before any was.
  ///
  /// The kernel's stamps tell it to the microsecond; where it gave none, it is late by the time
  /// between two looks at the most, of which there are eight a timeout.
  package var lastAcknowledgement: Microseconds?
  /// When we closed our direction, microseconds from the start; `nil` when we did not before the end.
  package var halfClosed: Microseconds?
  package var snapshots: [KernelSnapshot]
  package var partialReply: PartialReply?
  package var violations: [Violation]
  package var tls: TLSSummary?
  /// What was found of policies about TLS; `nil` when nobody asked.
  package var tlsPolicies: [TLSPolicyRecord]?
  package var envelope: EnvelopeRecord?
  package var content: ContentRecord?
  /// The keyword lines of the last reply to EHLO, escaped, those too that were not to be used (the option
  /// `ignore_keyword` names them); empty after HELO.
  package var capabilities: [String]
  package var ending: Ending
  /// The stage in which it ended, as the dialogue stood.
  package var endingStage: Stage
  /// From the start of the wait that ended the session until its end; 0 when none did.
  package var waited: Microseconds
  /// A system error met on the way that did not decide the ending: a broken pipe before a reply was found.
  package var wireError: SystemFailure?
  /// What ICMP said on the way; the first hundred.
  package var pathErrors: [PathErrorRecord]
  /// What a `NOOP` brought that was sent into the silence at the end; `nil` when none was.
  package var nudge: NudgeRecord?
  /// Who acknowledges, by distance; `nil` when nobody asked.
  package var hops: HopsRecord?
  package var environment: EnvironmentRecord
  /// Remarks on what the tool itself did otherwise than asked: padding that changed the sender, and the like.
  package var notes: [String]
  /// What was left out of the lists above, see ``bound()``; `nil` when nothing was.
  package var omitted: [OmissionRecord]?

  package init(startedAt: String, arguments: [String], target: TargetRecord) {
    self.startedAt = startedAt
    self.duration = 0
    self.arguments = arguments
    self.target = target
    self.options = [:]
    self.failedLookups = nil
    self.attempts = []
    self.stages = []
    self.commands = []
    self.replies = []
    self.segments = SegmentLog()
    self.segmentsOmitted = 0
    self.ledger = Ledger()
    self.lastAcknowledgement = nil
    self.halfClosed = nil
    self.snapshots = []
    self.partialReply = nil
    self.violations = []
    self.tls = nil
    self.tlsPolicies = nil
    self.envelope = nil
    self.content = nil
    self.capabilities = []
    self.ending = .finished
    self.endingStage = .resolve
    self.waited = 0
    self.wireError = nil
    self.pathErrors = []
    self.nudge = nil
    self.hops = nil
    self.environment = EnvironmentRecord()
    self.notes = []
    self.omitted = nil
  }

  /// The kernel's view at the very end; `nil` when no connection was made.
  package var finalFacts: KernelFacts? { snapshots.last?.facts }

  private enum CodingKeys: String, CodingKey {
    case arguments, target, options, attempts, stages, commands, replies, segments, ledger
    case snapshots, violations, tls, envelope, content, capabilities, ending, nudge, hops,
      environment
    case notes, omitted
    case startedAt = "started_at"
    case failedLookups = "failed_lookups"
    case duration = "duration_us"
    case segmentsOmitted = "segments_omitted"
    case lastAcknowledgement = "last_acknowledgement_us"
    case halfClosed = "half_closed_us"
    case partialReply = "partial_reply"
    case tlsPolicies = "tls_policies"
    case endingStage = "ending_stage"
    case waited = "waited_us"
    case wireError = "wire_error"
    case pathErrors = "path_errors"
  }
}
