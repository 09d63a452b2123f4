import SessionOptions
import SessionTrace
import StrictTransport
import TLSEngine
import Wire

/// One GET by HTTPS, from the first of several addresses that can be connected to.
///
/// It stands on the session's loop and on the same channel, so that nothing blocks, and so that it can tell at
/// which step it was when time ran out. The deadline is its owner's.
///
/// ```
/// connecting ──► securing ──► waiting ──► over
///     └─ next address ┘ (only while there is no connection)
/// ```
final class PolicyFetch {
  /// Why there is no answer.
  struct Failure: Error {
    var result: TLSPolicyRecord.Result
    /// A sentence without its dot. Plain ASCII.
    var text: String
  }

  typealias Completion = (Result<HTTPAnswer, Failure>) -> Void

  private enum Step {
    case notBegun
    case connecting
    case securing
    /// For an answer, or for the rest of it.
    case waiting
    case over
  }

  private let host: String
  private let request: [UInt8]
  private let tls: ClientConfiguration
  private let connectLimit: Microseconds
  private let network: any Network
  private var done: Completion?
  private var step = Step.notBegun
  private var further: ArraySlice<Candidate> = []
  private var place = ""
  private var channel: Channel?
  private var reader = HTTPReader()
  private var received = 0
  /// What the kernel has not taken yet.
  private var outgoing: [UInt8] = []
  private var lastFailure: SystemFailure?
  private var cancelTimer: (() -> Void)?

  init(
    host: String, path: String, tls: ClientConfiguration, connectLimit: Microseconds,
    on network: any Network
  ) {
    self.host = host
    self.tls = tls
    self.connectLimit = connectLimit
    self.network = network
    request = HTTPAnswer.request(host: host, path: path)
  }

  /// Begins; `done` is called once, perhaps at once.
  func start(at candidates: [Candidate], _ done: @escaping Completion) {
    self.done = done
    further = candidates[...]
    connectToNext()
  }

  /// Ends it without a word.
  func cancel() {
    done = nil
    step = .over
    cancelTimer?()
    cancelTimer = nil
    channel?.transport.onReady = nil
    channel?.close(politely: false, unsent: 0)
    channel = nil
  }

  /// What it waits for, for a sentence.
  var whereItStands: String {
    switch step {
    case .notBegun, .over: "it was not asked for"
    case .connecting: "\(place) did not answer the connection"
    case .securing: "TLS with \(place) was not set up"
    case .waiting where received == 0: "\(place) did not answer the request"
    case .waiting: "\(place) had sent \(received) bytes of its answer"
    }
  }

  // MARK: - The connection

  private func connectToNext() {
    guard let candidate = further.popFirst() else {
      let reason = lastFailure.map { ": \($0.text)" } ?? ""
      return fail("\(host) could not be connected to\(reason)")
    }
    step = .connecting
    place = candidate.endpoint.description
    let channel = Channel(network.makeTransport())
    self.channel = channel
    channel.transport.onReady = { [weak self] in self?.ready($0) }
    cancelTimer = network.schedule(at: network.now + connectLimit) { [weak self] in
      self?.connectFailed(nil)
    }
    take(channel.transport.connect(to: candidate.endpoint, options: .init()))
  }

  private func take(_ progress: ConnectProgress) {
    switch progress {
    case .inProgress: channel?.transport.setInterest(reading: false, writing: true)
    case .connected: secure()
    case .failed(let failure): connectFailed(failure)
    }
  }

  private func connectFailed(_ failure: SystemFailure?) {
    lastFailure = failure ?? .noAnswer(within: connectLimit)
    cancelTimer?()
    channel?.transport.onReady = nil
    channel?.transport.close(withReset: false)
    channel = nil
    connectToNext()
  }

  private func secure() {
    cancelTimer?()
    cancelTimer = nil
    step = .securing
    do throws(TLSError) {
      guard let channel else { return }
      perform(try channel.secure(tls))
      flush()
    } catch {
      fail("cannot \(error.operation): \(error.text)")
    }
  }

  // MARK: - Bytes

  private func ready(_ readiness: Readiness) {
    guard let channel else { return }
    switch step {
    case .notBegun, .over: return
    case .connecting: return take(channel.transport.finishConnecting())
    case .securing, .waiting: break
    }
    // What the kernel says beside the stream is nobody's here, and must not wake us again.
    channel.transport.ask()
    _ = channel.transport.drainTimestamps()
    _ = channel.transport.drainErrors()
    read()
    flush()
  }

  private func read() {
    for _ in 0..<16 {
      guard let channel else { return }
      switch channel.read() {
      case .bytes(let opened):
        if case .waiting = step { received += opened.clear.count }
        if !opened.endsTLS { perform(opened.actions) }
        reader.receive(opened.clear)
        if opened.endsTLS { perform(opened.actions) }
        settle()
      case .wouldBlock: return
      case .endOfStream: return ended(nil)
      case .failed(let failure): return ended(failure)
      }
    }
  }

  private func ended(_ failure: SystemFailure?) {
    guard case .waiting = step, failure == nil else {
      let how = failure.map { " (\($0.text))" } ?? ""
      return fail("\(place) closed the connection\(how): \(whereItStands)")
    }
    reader.endOfStream(isClean: channel?.closeNotify == true)
    settle()
  }

  private func perform(_ actions: [TLSSession.Action]) {
    for action in actions {
      switch action {
      case .send(let flight): outgoing += flight.bytes
      case .established:
        step = .waiting
        if case .success(let sealed) = channel?.seal(request) { outgoing += sealed.bytes }
      case .plaintext: break
      case .closed(let isClean):
        reader.endOfStream(isClean: isClean)
      case .failed(let failure):
        flush()
        return tlsFailed(failure)
      }
    }
  }

  private func tlsFailed(_ failure: TLSFailureRecord) {
    if let problems = channel?.tls?.lastSummary?.verificationProblems, !problems.isEmpty {
      let text = escapedText(problems.joined(separator: " ").utf8)
      return fail("the certificate of \(host) is not accepted: \(text)", .stsWebPKIInvalid)
    }
    let alert = failure.alert.map { " (\($0))" } ?? ""
    fail("TLS with \(place) failed: \(failure.text)\(alert)")
  }

  /// Hands over the answer, once there is one.
  private func settle() {
    guard let outcome = reader.outcome else { return }
    switch outcome {
    case .success(let answer): finish(.success(answer))
    case .failure(let error): fail("https://\(host): \(error.text)")
    }
  }

  /// Gives the kernel what it takes.
  private func flush() {
    guard let channel, step != .over else { return }
    if !outgoing.isEmpty {
      switch channel.write(outgoing[...]) {
      case .wrote(let count): outgoing.removeFirst(count)
      case .wouldBlock: break
      // What came before the break is still to be read, and reading says how it ended.
      case .failed: outgoing = []
      }
    }
    channel.transport.setInterest(reading: true, writing: !outgoing.isEmpty)
  }

  // MARK: - The end

  private func fail(_ text: String, _ result: TLSPolicyRecord.Result = .stsPolicyFetchError) {
    finish(.failure(Failure(result: result, text: text)))
  }

  private func finish(_ outcome: Result<HTTPAnswer, Failure>) {
    guard let done else { return }
    cancel()
    done(outcome)
  }
}
