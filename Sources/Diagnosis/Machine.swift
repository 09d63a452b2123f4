package import SessionTrace

/// What learns by asking for sessions and being told of them: a sweep, an investigation.
///
/// It runs nothing itself and knows no time, so that whoever runs its sessions may do so on any network.
package protocol Machine: Sendable {
  /// A session that it asks for.
  associatedtype Trial: Sendable
  /// What it comes to in the end.
  associatedtype Conclusion: Sendable

  /// The first sessions.
  mutating func start() -> MachineAction<Trial, Conclusion>
  /// How many sessions are likely to come beyond those asked for, for whoever tells how long it will take.
  var outlook: Int { get }
  /// Takes what happened, and says what is to be done.
  mutating func receive(_ input: MachineInput<Trial>) -> MachineAction<Trial, Conclusion>
}

extension Machine {
  /// Nobody knows.
  package var outlook: Int { 0 }
}

/// What whoever runs the sessions of a machine has to tell it.
package enum MachineInput<Trial: Sendable>: Sendable {
  /// A session that was asked for has ended.
  case ended(Trial, Trace, Verdict)
  /// Such a session cannot be made, and why.
  case impossible(Trial, String)
  /// No more sessions can be had: SIGINT or SIGTERM.
  case stopped
}

/// What a machine wants done.
package enum MachineAction<Trial: Sendable, Conclusion: Sendable>: Sendable {
  /// Sessions that were asked for are still to come.
  case wait
  /// Run these, in this order; several at a time will do.
  case run([Trial])
  /// Nothing more is needed; sessions under way may be dropped.
  case conclude(Conclusion)
}

extension MachineAction: Equatable where Trial: Equatable, Conclusion: Equatable {}
