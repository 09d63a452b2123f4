package import SessionTrace

/// What well-known clients would have said of the same event, so that people know their own log line.
///
/// Only wording that these programs really print; `nil` where a program would log nothing, or
/// something that depends on more than the trace tells. Compared with Postfix 3.7, Exim 4.96 and
/// swaks 20201014 as they deliver to the fixtures of the lab (`Tests/StrangerTests/LogLineTests`).
package struct Phrases: Codable, Sendable, Equatable {
  /// What becomes of the delivery, where that is not simply that it fails here.
  package enum Outcome: String, Codable, Sendable {
    /// The message counts as delivered.
    case delivers
    /// The program goes on, in clear text if need be; what comes of it is not known.
    case goesOn = "goes_on"
  }

  /// The reason in Postfix's `status=deferred (...)`.
  package var postfix: String?
  package var postfixOutcome: Outcome?
  /// Exim's main log line, without its time and message id.
  package var exim: String?
  package var eximOutcome: Outcome?
  /// The exit status of swaks.
  package var swaksExit: Int?
  /// The options under which swaks would do what was done here, `--tls --pipeline`.
  package var swaksOptions: String?

  /// The phrases for `trace`, of which `verdict` was found.
  package init(of trace: Trace, verdict: Verdict) {
    let event = LoggedEvent(trace: trace, verdict: verdict)
    self.postfix = event.postfixPhrase
    self.postfixOutcome = event.postfixOutcome
    self.exim = event.eximPhrase
    self.eximOutcome = event.eximOutcome
    self.swaksExit = event.swaksExit
    self.swaksOptions = swaksExit == nil ? nil : event.swaksOptions
  }

  /// Whether none of them would say anything.
  package var isEmpty: Bool {
    postfix == nil && postfixOutcome == nil && exim == nil && eximOutcome == nil && swaksExit == nil
  }

  private enum CodingKeys: String, CodingKey {
    case postfix, exim
    case postfixOutcome = "postfix_outcome"
    case eximOutcome = "exim_outcome"
    case swaksExit = "swaks_exit"
    case swaksOptions = "swaks_options"
  }
}
