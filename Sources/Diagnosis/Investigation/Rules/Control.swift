package import SessionOptions
package import SessionTrace
package import SMTPDialogue

/// The session as its user gave it, the first time it failed, and what was known before.
package struct Control: Sendable {
  package var trace: Trace
  package var verdict: Verdict
  package var subject: Subject

  package init(trace: Trace, verdict: Verdict, subject: Subject) {
    self.trace = trace
    self.verdict = verdict
    self.subject = subject
  }
}

/// What is known of the sessions before the first of them.
package struct Subject: Sendable, Equatable {
  /// Of the message that each session sends; `nil` when none does.
  package var message: MessageTraits?
  /// The addresses of the target in numbers, in the order in which they are tried.
  package var addresses: [String]
  /// How long each reply is waited for.
  package var patience: Microseconds
  /// The options as their user gave them, without what is in force unasked.
  package var given: SessionOptions

  package init(
    message: MessageTraits? = nil, addresses: [String] = [], patience: Microseconds = .seconds(30),
    given: SessionOptions = SessionOptions()
  ) {
    self.message = message
    self.addresses = addresses
    self.patience = patience
    self.given = given
  }
}

/// Stages that fail for the same reasons; a failure in another group is another failure.
package enum StageGroup: Int, Comparable, Sendable {
  case connection, greeting, hello, security, envelope, message, leaving

  init(_ stage: Stage) {
    switch stage {
    case .resolve, .connect: self = .connection
    case .banner: self = .greeting
    case .ehlo: self = .hello
    case .starttls, .tls, .auth: self = .security
    case .mail, .rcpt, .data: self = .envelope
    case .body, .dot: self = .message
    case .quit: self = .leaving
    }
  }

  package static func < (left: StageGroup, right: StageGroup) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension Control {
  var status: SessionStatus { verdict.status }
  var stage: Stage { verdict.stage }
  var group: StageGroup { StageGroup(verdict.stage) }
  var custody: Custody? { verdict.custody }
  var facts: KernelFacts? { trace.finalFacts }

  /// Silence, or an end, with everything of ours acknowledged.
  ///
  /// Or the server gave up first, in words that say no more.
  var isUnanswered: Bool {
    status == .stalled && custody == .acknowledgedUnanswered || trace.serverTimeout != nil
  }
  /// Silence with bytes of ours on their way.
  var isUnacknowledged: Bool { status == .stalled && custody == .unacknowledged }
  /// The connection ended under way.
  var isBrokenOff: Bool { status == .closed || status == .reset }
  /// Whether it still moved when its time was over.
  var crawls: Bool { trace.ending == .timedOut(.total) }
  /// Whether MAIL, RCPT and DATA left together.
  var isPipelined: Bool { trace.envelope?.pipelined == true }
  /// Whether the failure came under TLS, or in setting it up.
  var isUnderTLS: Bool { trace.tls != nil }
  /// Whether a segment plan of the user's was in force.
  var isCut: Bool { trace.hasOption("split") }
  var usesFastOpen: Bool { trace.fastOpenOutcome != .off }
  /// Bytes of the ClientHello; `nil` when none left.
  var helloSize: Int? { trace.helloSize }
  /// The largest piece a segment of ours may have, bytes.
  var segmentSize: Int { max(facts?.sendMSS ?? 1_448, 88) }
  /// The reply that decided the session, or put off a part of its recipients, where one did.
  var refusal: ReplyRecord? { trace.refusal }
}

extension Trace {
  /// Bytes of the ClientHello; `nil` when none left.
  package var helloSize: Int? {
    commands.first { $0.stage == .tls && $0.text.contains("ClientHello") }.map {
      $0.end &- $0.start
    }
  }

  /// Whether the option has a value other than none or false.
  func hasOption(_ name: String) -> Bool {
    switch options[name] {
    case nil, .some(.none), .flag(false): false
    case .text, .number, .flag(true): true
    }
  }
}
