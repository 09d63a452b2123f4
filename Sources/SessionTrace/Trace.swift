/// Everything that happened in one session: all a verdict may use, and nothing that was inferred.
///
/// The probe fills it, a saved report carries it, and ``Diagnosis`` reads it: a verdict from a file
/// is the verdict of the live run. Its keys are those of the JSON report (`01-product`).
package struct Trace: Codable, Sendable, Equatable {
  /// Wall clock at the start, RFC 3339 in UTC with microseconds.
  package var startedAt: String
  package var duration: Microseconds
  /// The command line, secrets replaced.
  package var arguments: [String]
  package var target: TargetRecord
  /// Every effective option by its long name, as text: `split` → `513`, `nodelay` → `true`.
  package var options: [String: OptionValue]
  package var attempts: [ConnectionAttempt]
  package var stages: [StageSpan]
  package var commands: [CommandRecord]
  package var replies: [ReplyRecord]
  package var segments: SegmentLog
  /// Segments dropped from the middle of `segments`.
  package var segmentsOmitted: Int
  package var ledger: Ledger
  package var snapshots: [KernelSnapshot]
  package var partialReply: PartialReply?
  package var violations: [Violation]
  package var tls: TLSSummary?
  package var envelope: EnvelopeRecord?
  package var content: ContentRecord?
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
  package var environment: EnvironmentRecord
  /// Remarks on what the tool itself did otherwise than asked: padding that changed the sender, and the like.
  package var notes: [String]

  package init(startedAt: String, arguments: [String], target: TargetRecord) {
    self.startedAt = startedAt
    self.duration = 0
    self.arguments = arguments
    self.target = target
    self.options = [:]
    self.attempts = []
    self.stages = []
    self.commands = []
    self.replies = []
    self.segments = SegmentLog()
    self.segmentsOmitted = 0
    self.ledger = Ledger()
    self.snapshots = []
    self.partialReply = nil
    self.violations = []
    self.tls = nil
    self.envelope = nil
    self.content = nil
    self.capabilities = []
    self.ending = .finished
    self.endingStage = .resolve
    self.waited = 0
    self.wireError = nil
    self.pathErrors = []
    self.environment = EnvironmentRecord()
    self.notes = []
  }

  /// The kernel's view at the very end; `nil` when no connection was made.
  package var finalFacts: KernelFacts? { snapshots.last?.facts }

  private enum CodingKeys: String, CodingKey {
    case arguments, target, options, attempts, stages, commands, replies, segments, ledger
    case snapshots, violations, tls, envelope, content, capabilities, ending, environment, notes
    case startedAt = "started_at"
    case duration = "duration_us"
    case segmentsOmitted = "segments_omitted"
    case partialReply = "partial_reply"
    case endingStage = "ending_stage"
    case waited = "waited_us"
    case wireError = "wire_error"
    case pathErrors = "path_errors"
  }
}

/// Whom we meant and whom we reached.
package struct TargetRecord: Codable, Sendable, Equatable {
  /// As typed.
  package var given: String
  package var host: String
  package var address: String?
  package var port: Int?
  package var mxPreference: Int?
  package var localAddress: String?
  package var localPort: Int?

  package init(given: String, host: String, port: Int?) {
    self.given = given
    self.host = host
    self.address = nil
    self.port = port
    self.mxPreference = nil
    self.localAddress = nil
    self.localPort = nil
  }

  private enum CodingKeys: String, CodingKey {
    case given, host, address, port
    case mxPreference = "mx_preference"
    case localAddress = "local_address"
    case localPort = "local_port"
  }
}

/// A value in the options object: JSON keeps the type.
package enum OptionValue: Codable, Sendable, Equatable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case none

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .none
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Int.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .none: try container.encodeNil()
    }
  }

  /// As it would stand on a command line.
  package var text: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .none: "none"
    }
  }
}

/// The envelope as it went out.
package struct EnvelopeRecord: Codable, Sendable, Equatable {
  /// Bytes of MAIL, all RCPT and DATA with their CRLFs.
  package var size: Int
  /// Reverse-path without brackets; empty for the null sender. Escaped.
  package var sender: String
  /// How many RCPT commands, and how many different recipients.
  package var recipientCommands: Int
  package var recipients: Int
  /// Bytes added to reach the size asked for.
  package var padding: Int
  /// Whether MAIL, RCPT and DATA left as one flight.
  package var pipelined: Bool

  package init(
    size: Int, sender: String, recipientCommands: Int, recipients: Int, padding: Int,
    pipelined: Bool
  ) {
    self.size = size
    self.sender = sender
    self.recipientCommands = recipientCommands
    self.recipients = recipients
    self.padding = padding
    self.pipelined = pipelined
  }

  private enum CodingKeys: String, CodingKey {
    case size, sender, recipients, padding, pipelined
    case recipientCommands = "recipient_commands"
  }
}

/// How far the message content got.
package struct ContentRecord: Codable, Sendable, Equatable {
  /// Offset in our stream where content begins. Under TLS: of the first ciphertext that carries it.
  package var start: Int
  /// Content bytes taken from the source so far, before dot-stuffing.
  package var taken: Int
  /// Offset in our stream of the end of data; `nil` until the whole content was prepared.
  package var endOfData: Int?
  /// Whether the source was exhausted, and the end of data made.
  package var isComplete: Bool

  package init(start: Int, taken: Int = 0, endOfData: Int? = nil, isComplete: Bool = false) {
    self.start = start
    self.taken = taken
    self.endOfData = endOfData
    self.isComplete = isComplete
  }

  private enum CodingKeys: String, CodingKey {
    case start, taken
    case endOfData = "end_of_data"
    case isComplete = "complete"
  }
}

/// The host the session ran on.
package struct EnvironmentRecord: Codable, Sendable, Equatable {
  /// `uname -r`.
  package var kernel: String
  /// `gnutls_check_version`.
  package var gnutls: String
  /// The sysctls that bear on a stall, by their full names.
  package var sysctl: [String: String]
  /// Congestion control of the connection.
  package var congestionControl: String?

  package init() {
    self.kernel = ""
    self.gnutls = ""
    self.sysctl = [:]
    self.congestionControl = nil
  }

  private enum CodingKeys: String, CodingKey {
    case kernel, gnutls, sysctl
    case congestionControl = "congestion_control"
  }
}
