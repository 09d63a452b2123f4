package import Lab
package import Probe
import SessionOptions
package import SessionTrace
package import Wire

/// Sessions on this host's network, on a loop of their own: one, or those of a campaign; the fixture beside
/// them where the target is one.
package struct LiveSessions {
  /// Where the fixture is found, when the target is one.
  package var place: ServerPlace? { lab?.server.address }

  private let loop: EventLoop
  /// Kept alive while sessions run.
  private let lab: LabRun?

  /// So often a log hears of a campaign that goes on.
  private static let heartbeat = Microseconds.seconds(10)

  /// A fixture with a network moves the process into it: before any thread is made.
  package init(_ request: SessionRequest) throws {
    if case .lab(let name) = request.target.place {
      loop = try EventLoop(forgivesStalls: true)
      lab = try LabRun(
        namedFixture(name), playsFault: request.options.fault,
        overIPv6: request.options.family == .ipv6, loop: loop)
    } else {
      loop = try EventLoop()
      lab = nil
    }
  }

  /// Sessions with many targets, each of which may be a fixture.
  package init() throws {
    loop = try EventLoop(forgivesStalls: true)
    lab = nil
  }

  /// The fixture that this session is for, started; `nil` where it is for none.
  package func lab(for request: SessionRequest) throws -> LabRun? {
    guard case .lab(let name) = request.target.place else { return nil }
    return try LabRun(
      namedFixture(name), playsFault: request.options.fault,
      overIPv6: request.options.family == .ipv6, loop: loop)
  }

  /// The trace of a session, whatever ended it; a signal ends it early. `watch` shows it meanwhile.
  ///
  /// `first` is a session before it, for what that leaves behind; nobody hears more of it than a note. What
  /// the host says of itself (`host`) is asked for only where somebody will read it: it takes as long as a
  /// small session does.
  package func trace(
    of plan: SessionPlan, after first: SessionPlan? = nil, watch: LiveWatch? = nil,
    capture: CaptureOutput? = nil, host detail: HostView.Detail? = .all
  ) throws -> Trace {
    defer { lab?.server.stop() }
    var current: Session?
    // What it knows of names and policies serves both.
    let network = KernelNetwork(loop: loop)
    try loop.onSignals(EndingSignals.numbers) { current?.interrupt(signal: Int($0)) }
    func run(
      _ plan: SessionPlan, _ watch: LiveWatch?, _ capture: CaptureOutput?
    ) throws -> Trace {
      var result: Trace?
      capture?.begin(port: plan.target.port, on: loop)
      let host = detail.map(HostView.init)
      let session = Session(plan: plan, network: network) { result = $0 }
      current = session
      session.start()
      watch?.begin(session, on: loop)
      try loop.run {
        watch?.look()
        return result != nil
      }
      var trace = result ?? session.trace
      watch?.end(of: trace)
      host?.describe(&trace)
      if let capture {
        try linger(CaptureOutput.linger(after: trace))
        capture.end(of: &trace, secrets: session.secrets)
      }
      return trace
    }
    guard let first else { return try run(plan, watch, capture) }
    let before = try run(first, nil, nil)
    if case .interrupted = before.ending { return before }
    var trace = try run(plan, watch, capture)
    trace.notes.insert(before.remarkOnResumption, at: 0)
    return trace
  }

  private func linger(_ time: Microseconds) throws {
    var isOver = false
    loop.schedule(at: loop.now + time) { isOver = true }
    try loop.run { isOver }
  }

  /// What a campaign came to; a signal has it conclude on the sessions that there were.
  ///
  /// `rules` are for sessions with targets of their own.
  package func run<Work: Campaign>(
    _ campaign: Work, pace: CampaignPace, isQuiet: Bool = false,
    rules: AddressGate.Rules? = nil
  ) throws -> CampaignEnd<Work.Asker.Conclusion> {
    let progress =
      isQuiet
      ? nil
      : Progress(
        WorkCount(of: "sessions so far", failed: "not ok", timeLeft: "in all"), loop: loop,
        heartbeat: Self.heartbeat)
    let network = KernelNetwork(loop: loop)
    let driver = CampaignDriver(
      campaign, on: network, pace: pace,
      through: rules.map { AddressGate(network: network, rules: $0) }, observer: progress)
    var signal: Int32?
    let start = loop.now
    try loop.onSignals(EndingSignals.numbers) {
      signal = $0
      driver.stop()
    }
    driver.start()
    try loop.run { driver.result != nil }
    lab?.server.stop()
    progress?.clear()
    guard let result = driver.result else {
      throw ExitMessage(status: .bug, text: "a campaign without an end")
    }
    return CampaignEnd(
      conclusion: try result.get(), duration: loop.now - start, signal: signal)
  }
}

extension Progress: CampaignObserver {}

/// How a campaign ended.
package struct CampaignEnd<Conclusion> {
  package var conclusion: Conclusion
  package var duration: Microseconds
  /// The signal that ended it early, if one did.
  package var signal: Int32?

  package init(conclusion: Conclusion, duration: Microseconds, signal: Int32? = nil) {
    self.conclusion = conclusion
    self.duration = duration
    self.signal = signal
  }
}
