package import Diagnosis
package import Probe
package import SessionTrace

/// What is found out by many sessions: the machine that asks for them, what each of them does, and what is
/// kept of it.
///
/// ``CampaignDriver`` runs it on any network.
package protocol Campaign: AnyObject {
  associatedtype Asker: Machine

  /// What asks for the sessions.
  var machine: Asker { get set }

  /// Finds out what the machine must know before its first session; `ready` is called once, now or later.
  func prepare(on network: any Network, _ ready: @escaping () -> Void) throws
  /// What a session does.
  func session(for trial: Asker.Trial) throws -> PlannedSession
  /// How long nothing is asked of the server before a session begins.
  func pause(before trial: Asker.Trial) -> Microseconds
  /// What a session tries, for a person who waits: `with TCP_NODELAY`.
  func words(for trial: Asker.Trial) -> String
  /// Keeps of a session what the report needs, and judges it.
  func take(_ trace: inout Trace, of trial: Asker.Trial) -> Verdict
  /// Is told that there will be no such session, and why.
  func leaveOut(_ trial: Asker.Trial, _ reason: LeavingOut)
}

extension Campaign {
  /// None: the pace of the campaign is enough.
  package func pause(before trial: Asker.Trial) -> Microseconds { 0 }

  /// The machine is told, and that is enough.
  package func leaveOut(_ trial: Asker.Trial, _ reason: LeavingOut) {}
}

/// Why a session that was asked for is not made.
package enum LeavingOut: Sendable, Equatable {
  /// It cannot be made.
  case impossible(String)
  /// It may not: all places are in networks that are left alone.
  case excluded(String)

  /// A sentence.
  package var text: String {
    switch self {
    case .impossible(let text), .excluded(let text): text
    }
  }
}

/// What becomes of a session that was asked for.
package enum PlannedSession {
  /// On the campaign's network, or on one of its own, where its sessions pass no gate.
  case run(SessionPlan, on: (any Network)? = nil)
  /// It cannot be made, and why.
  case impossible(String)
}

/// How fast sessions are made.
package struct CampaignPace: Sendable, Equatable {
  /// Sessions at a time.
  package var jobs: Int
  /// From the start of one session to that of the next.
  package var interval: Microseconds

  package init(jobs: Int, interval: Microseconds = 0) {
    self.jobs = jobs
    self.interval = interval
  }

  /// `8 at a time, one every 500.0 ms`.
  package var text: String {
    "\(jobs) at a time" + (interval == 0 ? "" : ", one every \(durationText(interval))")
  }
}

/// Who is told how far a campaign is.
package protocol CampaignObserver: AnyObject {
  /// More sessions were asked for, and so many are likely to come behind them.
  func expect(_ sessions: Int, foreseen: Int)
  /// One begins that tries this.
  func begin(_ words: String)
  /// One of them is over.
  func add(isFailure: Bool)
}
