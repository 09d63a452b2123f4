import Probe
import SessionOptions
import SessionTrace
import TLSEngine
import Wire

@testable import Simulation

/// A domain with its name server, its policy host and its exchangers, on a virtual clock.
final class PolicyNetwork: VirtualNetwork {
  /// What is met at an address.
  enum Host {
    /// The connection is refused.
    case refuses
    /// Nobody answers.
    case isSilent
    case web(WebScript)
    case mail(ScriptedServer.Script)
  }

  let clock = VirtualClock()
  let wallClockAtZero: Microseconds = 1_790_000_000_000_000
  let policies = PolicyMemory()
  /// The TXT records of any name; `nil` where the name server never says a word.
  var texts: Result<[String], ResolveFailure>? = .success(["v=STSv1; id=1"])
  /// Addresses of names.
  var addresses: [String: [String]] = ["mta-sts.example.com": ["192.0.2.80"]]
  /// In order, one address each.
  var exchangers = ["mx.example.com": "192.0.2.25"]
  var hosts: [String: Host] = [:]
  /// What a validator finds out; anything else is not signed.
  var answers: [SecureQuestion: SecureAnswer] = [:]
  /// Addresses that were connected to, in order.
  private(set) var visited: [String] = []
  /// Questions for TXT records.
  private(set) var questions: [String] = []

  func candidates(
    for target: TargetPlan, family: AddressFamily, within limit: Microseconds,
    _ done: @escaping (Result<[Candidate], NoCandidate>) -> Void
  ) {
    let found: [Candidate]
    if case .mailDomain = target.place {
      found = exchangers.sorted { $0.value < $1.value }.map {
        Candidate(endpoint: .ip(address: $0.value, port: target.port), host: $0.key, preference: 10)
      }
    } else {
      found = (addresses[target.name] ?? []).map {
        Candidate(endpoint: .ip(address: $0, port: target.port), host: target.name)
      }
    }
    clock.after(2_000) {
      done(found.isEmpty ? .failure(NoCandidate(Self.noSuchName)) : .success(found))
    }
  }

  func texts(
    of name: String, nameServer: Endpoint?, within limit: Microseconds,
    _ done: @escaping (Result<[[UInt8]], ResolveFailure>) -> Void
  ) {
    questions.append(name)
    guard let texts else { return }
    clock.after(2_000) { done(texts.map { records in records.map { Array($0.utf8) } }) }
  }

  func ask(
    _ question: SecureQuestion, by validator: ValidatorPlan, within limit: Microseconds,
    _ done: @escaping (SecureAnswer) -> Void
  ) {
    let answer = answers[question] ?? SecureAnswer(.insecure)
    clock.after(1_000) { done(answer) }
  }

  static let noSuchName = ResolveFailure.notFound(
    SystemFailure(call: "DNS query", name: "NXDOMAIN", code: 3, text: "no such name"))

  func makeTransport() -> any Transport { PolicyTransport(self) }

  fileprivate func visit(_ endpoint: Endpoint) -> Host {
    guard case .ip(let address, _) = endpoint else { return .refuses }
    visited.append(address)
    return hosts[address] ?? .refuses
  }
}

/// What a policy host does with a request, whatever is asked for.
struct WebScript {
  enum End { case closes, cuts, stays }

  /// `nil`: it speaks no TLS.
  var credentials: ServerCredentials?
  /// What it says, a read each.
  var pieces: [String] = []
  /// Between two of them, and before the first.
  var gap: Microseconds = 1_000
  var end = End.closes

  /// A whole answer that has this policy.
  static func answer(_ policy: String, type: String = "text/plain") -> String {
    "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(policy.utf8.count)\r\n\r\n\(policy)"
  }
}

/// A connection to whichever host its address belongs to.
private final class PolicyTransport: PlainTransport {
  var onReady: ((Readiness) -> Void)?
  private let network: PolicyNetwork
  private var mail: ScriptedServer?
  private var web: WebServer?

  init(_ network: PolicyNetwork) { self.network = network }

  func connect(to endpoint: Endpoint, options: SocketOptions) -> ConnectProgress {
    switch network.visit(endpoint) {
    case .refuses:
      return .failed(
        SystemFailure(
          call: "connect", name: "ECONNREFUSED", code: 111, text: "Connection refused"))
    case .isSilent: return .inProgress
    case .web(let script):
      web = WebServer(script, clock: network.clock) { [weak self] in self?.tell() }
    case .mail(let script): mail = ScriptedServer(script)
    }
    tell()
    return .connected
  }

  func write(_ bytes: ArraySlice<UInt8>, endsSegment: Bool, wantsTimestamps: Bool) -> WriteOutcome {
    mail?.hear(bytes)
    web?.hear(Array(bytes))
    tell()
    return .wrote(bytes.count)
  }

  private func tell() { network.clock.after(1_000) { [weak self] in self?.onReady?(.readable) } }

  func read(atMost limit: Int) -> ReadOutcome {
    let output = mail?.output ?? web?.output ?? []
    mail?.output = []
    web?.output = []
    if !output.isEmpty { return .bytes(output, at: network.now) }
    return web?.hasEnded == true ? .endOfStream : .wouldBlock
  }
}

/// The far end of a request.
private final class WebServer {
  var output: [UInt8] = []
  private(set) var hasEnded = false
  private let script: WebScript
  private let clock: VirtualClock
  private let tell: () -> Void
  private let tls: TLSSession?
  private var heard: [UInt8] = []
  private var isAnswering = false

  init(_ script: WebScript, clock: VirtualClock, tell: @escaping () -> Void) {
    self.script = script
    self.clock = clock
    self.tell = tell
    tls = script.credentials.flatMap {
      try? TLSSession(server: ServerConfiguration(credentials: $0))
    }
  }

  func hear(_ bytes: [UInt8]) {
    guard let tls else { return answer() }
    for action in tls.receive(bytes) {
      switch action {
      case .send(let flight): output += flight.bytes
      case .plaintext(let text):
        heard += text
        if heard.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] { answer() }
      case .established, .closed, .failed: break
      }
    }
  }

  private func answer() {
    guard !isAnswering else { return }
    isAnswering = true
    say(script.pieces[...])
  }

  private func say(_ pieces: ArraySlice<String>) {
    clock.after(script.gap) { [weak self] in
      guard let self else { return }
      if let piece = pieces.first {
        put(Array(piece.utf8))
        say(pieces.dropFirst())
      } else {
        finish()
      }
      tell()
    }
  }

  private func put(_ bytes: [UInt8]) {
    guard let tls else { return output += bytes }
    if case .success(let flight) = tls.seal(bytes[...]) { output += flight.bytes }
  }

  private func finish() {
    switch script.end {
    case .stays: return
    case .cuts: break
    case .closes: output += tls?.close().bytes ?? []
    }
    hasEnded = true
  }
}
