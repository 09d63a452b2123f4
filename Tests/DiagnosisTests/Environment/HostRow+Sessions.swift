import SessionTrace

extension Trace {
  /// A message of which 65,536 bytes are acknowledged, and full segments after them are not.
  static let losing: Trace = {
    var trace = Trace.healthy
    trace.content = ContentRecord(start: 100, taken: 300_000)
    trace.ending = .timedOut(.write)
    trace.endingStage = .body
    trace.ledger = Ledger(
      written: 200_000, sent: 80_000, acknowledged: 65_536, answered: 100, unsent: 120_000)
    var facts = trace.finalFacts ?? KernelFacts()
    facts.options = ["timestamps", "sack", "wscale"]
    facts.retransmits = 5
    facts.totalRetransmits = 5
    facts.peerWindow = 65_536
    facts.pathMTU = 1500
    trace.snapshots = [KernelSnapshot(stage: .body, at: 200_000, facts: facts)]
    return trace
  }()

  /// A window that was shut in the middle of a message.
  static let shut: Trace = {
    var trace = Trace.losing
    trace.ledger = Ledger(
      written: 200_000, sent: 65_536, acknowledged: 65_536, answered: 100, unsent: 134_464)
    var facts = trace.finalFacts ?? KernelFacts()
    facts.peerWindow = 0
    trace.snapshots = [KernelSnapshot(stage: .body, at: 200_000, facts: facts)]
    return trace
  }()

  /// Bytes that never left, into an open window.
  static let held: Trace = {
    var trace = Trace.losing
    trace.ledger = Ledger(
      written: 80_000, sent: 65_536, acknowledged: 65_536, answered: 100, unsent: 14_464)
    return trace
  }()

  /// Half a reply.
  static let cutShort: Trace = {
    var trace = Trace.losing
    trace.partialReply = PartialReply(bytes: "250-mx", length: 6, firstAt: 1, lastAt: 1)
    return trace
  }()

  /// No answer to any SYN.
  static let unanswered = withoutConnection("ETIMEDOUT", origin: nil)
  /// A reset in answer to the SYN.
  static let refused = withoutConnection("ECONNREFUSED", origin: "rst")
  /// No SYN left at all.
  static let refusing = withoutConnection("EPERM", origin: "local")

  static func withoutConnection(_ name: String, origin: String?, address: String = "192.0.2.25")
    -> Trace
  {
    let failure = SystemFailure(call: "connect", name: name, code: 1, text: "no")
    var trace = Trace(
      startedAt: "2026-11-21T10:02:11.204512Z", arguments: ["mx.example.com"],
      target: TargetRecord(given: "mx.example.com", host: "mx.example.com", port: 25))
    trace.target.address = address
    trace.attempts = [
      ConnectionAttempt(
        address: address, port: 25, start: 0, duration: 4_000_000, failure: failure,
        failureOrigin: origin)
    ]
    trace.ending = .unreachable(failure)
    trace.endingStage = .connect
    return trace
  }

  /// A sysctl of `net.ipv4`.
  mutating func set(_ name: String, _ value: Int) {
    environment.sysctl["net.ipv4." + name] = String(value)
  }

  /// How far a counter of the host grew.
  mutating func grow(_ name: String, by number: Int) {
    environment.hostCounters = environment.hostCounters ?? [:]
    environment.hostCounters?[name] = number
  }

  /// A kernel that may have the fault, and connection tracking.
  mutating func trackOldKernel() {
    environment.kernel = "5.15.0-91-generic"
    environment.connectionTracking = ConnectionTrackingRecord(
      isLoaded: true, entries: 3, limit: 262_144)
    options["fast_open"] = .text("cookie")
  }
}
