import SessionOptions
import SessionTrace
import SMTPDialogue
import Wire

extension Session {
  func resolved(_ result: Result<[Candidate], ResolveFailure>) {
    guard case .resolving = phase else { return }
    switch result {
    case .failure(let failure):
      finish(.unreachable(failure.failure))
    case .success(let found) where found.isEmpty:
      finish(.unreachable(nil))
    case .success(let found):
      candidates = found
      recorder.trace.notes += found.flatMap(\.remarks)
      let failed = found.flatMap(\.failedLookups)
      recorder.trace.failedLookups = failed.isEmpty ? nil : failed
      recorder.end(.resolve, at: network.now)
      recorder.begin(.connect, at: network.now)
      connectToNext()
    }
  }

  /// Tries the candidates in turn; each failure is kept with its reason.
  private func connectToNext() {
    guard nextCandidate < candidates.count else {
      // Still in the phase of the last attempt, so that the wait told is the one it took.
      finish(.unreachable(recorder.trace.attempts.last?.failure))
      return
    }
    let candidate = candidates[nextCandidate]
    nextCandidate += 1
    phase = .connecting(since: network.now)
    let transport = network.makeTransport()
    self.transport = transport
    transport.onReady = { [weak self] readiness in self?.ready(readiness) }
    describe(candidate)
    switch transport.connect(to: candidate.endpoint, options: plan.socket) {
    case .inProgress:
      transport.setInterest(reading: false, writing: true)
      rearm()
    case .connected:
      connected()
    case .failed(let failure):
      connectFailed(failure)
    }
  }

  /// Says in the trace whom we talk to; the last candidate tried is the one that stays.
  private func describe(_ candidate: Candidate) {
    recorder.trace.target.host = candidate.host
    recorder.trace.target.mxPreference = candidate.preference
    switch candidate.endpoint {
    case .ip(let address, let port):
      recorder.trace.target.address = address
      recorder.trace.target.port = port
    case .unix(let path):
      recorder.trace.target.address = path
    }
  }

  func continueConnecting() {
    guard let transport else { return }
    switch transport.finishConnecting() {
    case .inProgress: break
    case .connected: connected()
    case .failed(let failure): connectFailed(failure)
    }
  }

  /// A handshake that failed or took too long: note it, try the next address.
  func connectFailed(_ failure: SystemFailure) {
    noteAttempt(failure, origin: transport?.connectFailureOrigin)
    transport?.onReady = nil
    transport?.close(withReset: false)
    transport = nil
    connectToNext()
  }

  /// Notes the attempt that the end of the whole session cuts off.
  func giveUpConnecting() {
    guard case .connecting(let since) = phase, transport != nil else { return }
    noteAttempt(noAnswer(within: network.now - since), origin: nil)
  }

  /// A handshake that nobody answered.
  func noAnswer(within limit: Microseconds) -> SystemFailure {
    SystemFailure(
      call: "connect", name: "ETIMEDOUT", code: 110, text: "no answer within \(limit / 1_000) ms")
  }

  private func noteAttempt(_ failure: SystemFailure?, origin: String?) {
    guard case .connecting(let since) = phase else { return }
    recorder.trace.attempts.append(
      ConnectionAttempt(
        address: recorder.trace.target.address ?? "", port: recorder.trace.target.port ?? 0,
        start: recorder.relative(since), duration: network.now - since, failure: failure,
        failureOrigin: origin))
  }

  private func connected() {
    guard let transport else { return }
    noteAttempt(nil, origin: nil)
    switch transport.localEndpoint {
    case .ip(let address, let port):
      recorder.trace.target.localAddress = address
      recorder.trace.target.localPort = port
    case .unix, nil: break
    }
    recorder.end(.connect, at: network.now)
    alreadySent = transport.fastOpenBytesAccepted
    recorder.wroteInSYN(alreadySent, at: network.now)
    recorder.snapshot(transport.facts(), stage: .connect, at: network.now)
    recorder.due(at: network.now)
    lastProgress = network.now
    if plan.dialogue.tls == .implicit {
      secure()
    } else {
      phase = .talking
      recorder.begin(.banner, at: network.now)
      perform(dialogue.receive(.connected))
    }
    proceed()
  }
}
