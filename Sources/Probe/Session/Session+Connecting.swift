import SessionOptions
import SessionTrace
import SMTPDialogue
import Wire

extension Session {
  func resolved(_ result: Result<[Candidate], NoCandidate>) {
    guard case .resolving = phase else { return }
    switch result {
    case .failure(let nothing):
      recorder.trace.notes += nothing.remarks
      finish(.unreachable(nothing.reason.failure))
    case .success(let found) where found.isEmpty:
      finish(.unreachable(nil))
    case .success(let found):
      recorder.trace.notes += found.flatMap(\.remarks)
      let failed = found.flatMap(\.failedLookups)
      recorder.trace.failedLookups = failed.isEmpty ? nil : failed
      if let validator = plan.dane {
        askDANE(about: found, by: validator)
      } else {
        consult(about: found)
      }
    }
  }

  /// Nothing is to be looked up any more.
  func connect(toAnyOf candidates: [Candidate]) {
    recorder.end(.resolve, at: network.now)
    recorder.begin(.connect, at: network.now)
    connect(toFirstOf: candidates[...])
  }

  /// Tries the candidates in turn; each failure is kept with its reason.
  func connect(toFirstOf candidates: ArraySlice<Candidate>) {
    guard let candidate = candidates.first else {
      // Still in the phase of the last attempt, so that the wait told is the one it took.
      finish(.unreachable(recorder.trace.attempts.last?.failure))
      return
    }
    phase = .connecting(Connecting(since: network.now))
    further = candidates.dropFirst()
    let channel = Channel(network.makeTransport())
    self.channel = channel
    channel.transport.onReady = { [weak self] readiness in self?.ready(readiness) }
    channel.transport.timesSending = plan.timesSending
    describe(candidate)
    recordHost(candidate.host)
    demandTLS()
    switch channel.transport.connect(to: candidate.endpoint, options: plan.socket) {
    case .inProgress:
      channel.transport.setInterest(reading: false, writing: true)
      rearm()
    case .connected: connected(channel)
    case .failed(let failure): connectFailed(failure)
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
    guard let channel else { return }
    switch channel.transport.finishConnecting() {
    case .inProgress: break
    case .connected: connected(channel)
    case .failed(let failure): connectFailed(failure)
    }
  }

  /// A handshake that failed or took too long: note it, try the next address.
  func connectFailed(_ failure: SystemFailure) {
    guard case .connecting(let attempt) = phase else { return }
    note(attempt, failure, origin: channel?.transport.connectFailureOrigin)
    channel?.transport.onReady = nil
    channel?.transport.close(withReset: false)
    channel = nil
    connect(toFirstOf: further)
  }

  /// Notes the attempt that the end of the whole session cuts off.
  func giveUpConnecting() {
    guard case .connecting(let attempt) = phase, channel != nil else { return }
    note(attempt, .noAnswer(within: network.now - attempt.since), origin: nil)
  }

  private func note(_ attempt: Connecting, _ failure: SystemFailure?, origin: String?) {
    recorder.trace.attempts.append(
      ConnectionAttempt(
        address: recorder.trace.target.address ?? "", port: recorder.trace.target.port ?? 0,
        start: recorder.relative(attempt.since), duration: network.now - attempt.since,
        failure: failure, failureOrigin: origin))
  }

  private func connected(_ channel: Channel) {
    if case .connecting(let attempt) = phase { note(attempt, nil, origin: nil) }
    switch channel.transport.localEndpoint {
    case .ip(let address, let port):
      recorder.trace.target.localAddress = address
      recorder.trace.target.localPort = port
    case .unix, nil: break
    }
    recorder.end(.connect, at: network.now)
    let inSYN = channel.transport.fastOpenBytesAccepted
    sender.sentInSYN(inSYN)
    recorder.wroteInSYN(inSYN, at: network.now)
    recorder.snapshot(channel.transport.facts(), stage: .connect, at: network.now)
    recorder.due(at: network.now)
    progress.moved(at: network.now)
    enqueueProxyHeader(on: channel)
    if plan.dialogue.tls == .implicit {
      secure(channel)
    } else {
      phase = .talking
      recorder.begin(.banner, at: network.now)
      perform(dialogue.receive(.connected))
    }
    proceed()
  }
}

extension SystemFailure {
  /// A handshake of TCP that nobody answered.
  static func noAnswer(within limit: Microseconds) -> SystemFailure {
    SystemFailure(
      call: "connect", name: "ETIMEDOUT", code: 110, text: "no answer within \(limit / 1_000) ms")
  }
}
