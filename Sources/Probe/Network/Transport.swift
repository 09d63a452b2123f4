package import SessionOptions
package import SessionTrace
package import Wire

/// One connection, as a session needs it: connect, write a piece, read, kernel facts, close.
///
/// The kernel's sockets are one implementation, the simulated network of the tests the other. This
/// is the seam where thousands of sessions run against a truth that is known byte for byte.
package protocol Transport: AnyObject {
  /// Called from the loop when something can be done; level-triggered by interest.
  var onReady: ((Readiness) -> Void)? { get set }
  func setInterest(reading: Bool, writing: Bool)
  func connect(to endpoint: Endpoint, options: SocketOptions) -> ConnectProgress
  /// Called after readiness, until it no longer answers `.inProgress`.
  func finishConnecting() -> ConnectProgress
  var connectFailureOrigin: String? { get }
  /// Bytes of Fast Open data that the SYN took; 0 without.
  var fastOpenBytesAccepted: Int { get }
  /// Whether the times of a write have that among them at which it left, beside that of its acknowledgement.
  var timesSending: Bool { get set }
  func write(_ bytes: ArraySlice<UInt8>, endsSegment: Bool, wantsTimestamps: Bool) -> WriteOutcome
  func read(atMost limit: Int) -> ReadOutcome
  func facts() -> KernelFacts
  /// Changes an option of the live connection; returns what stood against it.
  func set(_ option: LiveOption) -> SystemFailure?
  /// Asks the kernel for what follows now; otherwise it is what came with readiness for errors.
  func ask()
  /// Times of our writes since the last call.
  func drainTimestamps() -> [TransmitTimestamp]
  /// What the path reported beside the stream since the last call.
  func drainErrors() -> [SocketErrorReport]
  var localEndpoint: Endpoint? { get }
  var congestionControl: String? { get }
  /// Sends FIN behind what was written; reading goes on.
  func shutdownWrite()
  func close(withReset: Bool)
}

/// Where transports come from, and the only clock a session knows.
package protocol Network: AnyObject {
  /// Microseconds on a clock that never steps back.
  var now: Microseconds { get }
  /// Wall clock at `now == 0`, microseconds since the epoch.
  var wallClockAtZero: Microseconds { get }
  func makeTransport() -> any Transport
  /// Runs `action` at `moment`; the result cancels it.
  func schedule(at moment: Microseconds, _ action: @escaping () -> Void) -> () -> Void
  /// Runs `action` on the next turn, after the I/O of that turn.
  func soon(_ action: @escaping () -> Void)
  /// Counts the routers on the way to a numeric address, leaving from `local`; `done` is called once,
  /// later, unless the result of the call, which gives it up, was called before.
  func tracePath(
    to address: String, from local: String?, _ done: @escaping (PathLength) -> Void
  ) -> () -> Void
  /// Finds where to connect, each lookup within `limit`; `done` is called once, later.
  func candidates(
    for target: TargetPlan, family: AddressFamily, within limit: Microseconds,
    _ done: @escaping (Result<[Candidate], NoCandidate>) -> Void)
  /// Finds the TXT records of a name, of one name server or the system's, within `limit`; `done` is called once,
  /// later.
  func texts(
    of name: String, nameServer: Endpoint?, within limit: Microseconds,
    _ done: @escaping (Result<[[UInt8]], ResolveFailure>) -> Void)
  /// What sessions on it know of the policies of domains.
  var policies: PolicyMemory { get }
  /// Asks for records, and has the answer validated; `done` is called once, later, within `limit`.
  func ask(
    _ question: SecureQuestion, by validator: ValidatorPlan, within limit: Microseconds,
    _ done: @escaping (SecureAnswer) -> Void)
}

/// One place to try.
package struct Candidate: Sendable, Equatable {
  package var endpoint: Endpoint
  /// The name it was found under: the mail exchanger's, where MX records were asked.
  package var host: String
  /// Preference of the MX record; `nil` when none was asked for.
  package var preference: Int?
  /// What was learnt on the way here: an alias, an exchanger that has no address. Plain ASCII.
  package var remarks: [String]
  /// Questions for addresses of the same host that failed.
  package var failedLookups: [FailedLookup]
  /// Exchangers without an address that stand before it, or, of the last place, behind it.
  package var passedOver: [PassedOver] = []
  /// Whether the domain has no MX record, and this is its own name.
  package var isImplicit = false

  package init(
    endpoint: Endpoint, host: String, preference: Int? = nil, remarks: [String] = [],
    failedLookups: [FailedLookup] = []
  ) {
    self.endpoint = endpoint
    self.host = host
    self.preference = preference
    self.remarks = remarks
    self.failedLookups = failedLookups
  }
}

/// A mail exchanger that there is no way to.
package struct PassedOver: Sendable, Equatable {
  package var host: String
  package var preference: Int
  /// A sentence, plain ASCII.
  package var reason: String

  package init(host: String, preference: Int, reason: String) {
    self.host = host
    self.preference = preference
    self.reason = reason
  }
}

/// Why there is no place to try.
package struct NoCandidate: Error, Sendable, Equatable {
  package var reason: ResolveFailure
  /// The exchangers of the domain, where it has some and none has an address.
  package var passedOver: [PassedOver]
  /// What was learnt on the way here. Plain ASCII.
  package var remarks: [String]

  package init(
    _ reason: ResolveFailure, passedOver: [PassedOver] = [], remarks: [String] = []
  ) {
    self.reason = reason
    self.passedOver = passedOver
    self.remarks = remarks
  }
}
