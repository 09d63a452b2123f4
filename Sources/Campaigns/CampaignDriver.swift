package import Diagnosis
package import Probe
import SessionTrace

/// Runs the sessions that a machine asks for, on whatever network, until it concludes.
///
/// How fast they are made is the pace's business; how many there are, and when a server that says 421 has had
/// enough of us, the machine's.
package final class CampaignDriver<Work: Campaign> {
  /// What the machine came to, or the error that ended it all; `nil` while it is under way.
  package private(set) var result: Result<Work.Asker.Conclusion, any Error>?

  private let campaign: Work
  private let network: any Network
  private let pool: SessionPool
  private let jobs: Int
  /// Sessions that were asked for and have no plan yet: a plan is made when its turn comes, since thousands of
  /// them would fill the memory.
  private var trials: ArraySlice<Work.Asker.Trial> = []
  /// What each session has to pass first; `nil` where all have one target, which is known.
  private let gate: AddressGate?
  private let observer: (any CampaignObserver)?

  package init(
    _ campaign: Work, on network: any Network, pace: CampaignPace,
    through gate: AddressGate? = nil, observer: (any CampaignObserver)? = nil
  ) {
    self.campaign = campaign
    self.network = network
    self.gate = gate
    self.observer = observer
    jobs = max(1, pace.jobs)
    pool = SessionPool(network: network, jobs: jobs, interval: pace.interval)
  }

  /// Begins, once what the machine must know is known.
  package func start() {
    do {
      try campaign.prepare(on: network) { [weak self] in
        guard let self, result == nil else { return }
        perform(campaign.machine.start())
      }
    } catch {
      end(.failure(error))
    }
  }

  /// Makes no more sessions; the machine concludes on those that there were.
  package func stop() { receive(.stopped) }

  private func receive(_ input: MachineInput<Work.Asker.Trial>) {
    guard result == nil else { return }
    perform(campaign.machine.receive(input))
  }

  private func perform(_ action: MachineAction<Work.Asker.Trial, Work.Asker.Conclusion>) {
    switch action {
    case .wait: break
    case .conclude(let conclusion): end(.success(conclusion))
    case .run(let trials):
      observer?.expect(trials.count, foreseen: campaign.machine.outlook)
      self.trials += trials
      beginNext()
    }
  }

  private func beginNext() {
    while result == nil, pool.open < jobs, let trial = trials.popFirst() {
      let pause = campaign.pause(before: trial)
      guard pause > 0 else {
        begin(trial)
        continue
      }
      _ = network.schedule(at: network.now + pause) { [weak self] in
        guard let self, result == nil else { return }
        begin(trial)
      }
    }
  }

  private func begin(_ trial: Work.Asker.Trial) {
    observer?.begin(campaign.words(for: trial))
    do {
      switch try campaign.session(for: trial) {
      case .run(let plan, let network): submit(plan, of: trial, on: network)
      case .impossible(let reason):
        // Not from within the machine's own answer.
        network.soon { [weak self] in self?.leaveOut(trial, .impossible(reason)) }
      }
    } catch {
      end(.failure(error))
    }
  }

  private func submit(
    _ plan: SessionPlan, of trial: Work.Asker.Trial, on network: (any Network)?
  ) {
    guard let gate else {
      pool.submit(plan, on: network) { [weak self] in self?.take($0, of: trial) }
      return
    }
    gate.admit(plan) { [weak self] admission in
      switch admission {
      case .barred(let reason): self?.leaveOut(trial, .excluded(reason))
      case .open(let pass):
        self?.pool.submit(plan, on: pass.network) { trace in
          gate.leave(pass, after: trace.duration)
          self?.take(trace, of: trial)
        }
      }
    }
  }

  private func leaveOut(_ trial: Work.Asker.Trial, _ reason: LeavingOut) {
    guard result == nil else { return }
    campaign.leaveOut(trial, reason)
    observer?.add(isFailure: false)
    receive(.impossible(trial, reason.text))
    beginNext()
  }

  private func take(_ trace: Trace, of trial: Work.Asker.Trial) {
    guard result == nil else { return }
    var trace = trace
    let verdict = campaign.take(&trace, of: trial)
    observer?.add(isFailure: verdict.status != .ok)
    receive(.ended(trial, trace, verdict))
    beginNext()
  }

  private func end(_ result: Result<Work.Asker.Conclusion, any Error>) {
    self.result = result
    trials = []
    gate?.abandon()
    pool.abandon()
  }
}
