package import Authentication
package import Probe
package import SessionOptions
import SessionTrace
package import Wire

/// Whom to reach and with which options: one session, or what all sessions of a campaign have in
/// common.
package struct SessionRequest: Sendable {
  package let target: Target
  package var options: SessionOptions
  /// Options of a recorded session that given ones exclude, and that were left out for them.
  package internal(set) var leftOut: [OptionRow] = []
  /// Whether it has options that others of its campaign have not.
  var hasOwnOptions = false
  /// What `--data` can read once, for every session anew; `nil` where it is read as it goes.
  private let standardInput: [UInt8]?
  package var credentials: Credentials?
  private let trials: TLSTrials
  private let recipientFile: RecipientFile

  package init(
    target: Target, options: SessionOptions, standardInput: [UInt8]? = nil,
    credentials: Credentials? = nil, recipientFile: RecipientFile = RecipientFile(),
    trials: TLSTrials = TLSTrials()
  ) {
    self.target = target
    self.options = options
    self.standardInput = standardInput
    self.credentials = credentials
    self.recipientFile = recipientFile
    self.trials = trials
  }

  /// The words that ask for this very session.
  package var command: [String] { ["smtpprobe"] + options.commandLine(at: target.given) }

  /// What a session does; `place` is where the fixture is found, when the target is one.
  ///
  /// `arguments` are what its report says that was typed: ``command`` where nobody typed it.
  package func plan(
    at place: ServerPlace?, arguments: [String]? = nil
  ) throws(PlanError) -> SessionPlan {
    try builder(at: place).plan(arguments: arguments ?? command)
  }

  /// The same for a session that hardly anybody will ask about; whoever does, describes its trace first.
  package func briefPlan(at place: ServerPlace?) throws(PlanError) -> SessionPlan {
    try builder(at: place).plan(arguments: nil)
  }

  /// Writes down how a session was asked for whose plan was brief.
  func describe(_ trace: inout Trace, at place: ServerPlace?) {
    builder(at: place).describe(&trace, arguments: command)
  }

  /// The words of a command line as reports show them.
  package func shown(_ arguments: [String]) -> [String] { builder(at: nil).shown(arguments) }

  /// Whether such a session can be had, as far as target and options alone say.
  func check() throws(PlanError) { try builder(at: nil).check() }

  /// The options in force, with the defaults that depend on target and host.
  package var effective: SessionOptions { builder(at: nil).effective }

  /// The same with other options.
  func with(_ options: SessionOptions) -> SessionRequest {
    var request = self
    request.options = options
    return request
  }

  private func builder(at place: ServerPlace?) -> PlanBuilder {
    PlanBuilder(
      target: target, options: options, place: place, standardInput: standardInput,
      credentials: credentials, trials: trials,
      recipientFile: recipientFile)
  }
}
