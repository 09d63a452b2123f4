package import SessionOptions
package import SessionTrace
package import Wire

/// How much of a server is asked for by a command that makes many sessions, and how fast.
///
/// One set of rules for all such commands: what stays on this host is free, another host is asked
/// for little and slowly, and for more only when the user says so.
package struct CampaignLimits: Sendable {
  /// Sessions at a time; `nil` for what the command does usually.
  package var jobs: Int?
  /// From the start of one session to that of the next; `nil` for what the target asks for.
  package var interval: Microseconds?
  /// The most connections; `nil` for what the target asks for.
  package var mostConnections: Int?
  /// Whether the user wants more of another host than is polite.
  package var isInsistent: Bool

  /// Another host is not asked for more connections than this without its user's insistence.
  package static let politeLimit = 100

  package init(
    jobs: Int? = nil, interval: Microseconds? = nil, mostConnections: Int? = nil,
    isInsistent: Bool = false
  ) {
    self.jobs = jobs
    self.interval = interval
    self.mostConnections = mostConnections
    self.isInsistent = isInsistent
  }

  /// How fast sessions are made; `jobs` at a time is what the command does usually.
  package func pace(to target: Target, usually jobs: Int) -> CampaignPace {
    CampaignPace(
      jobs: self.jobs ?? jobs, interval: interval ?? (target.isOnThisHost ? 0 : .milliseconds(500)))
  }

  /// The most sessions that may be begun; `nil` where these options set no limit.
  package func sessionLimit(to target: Target) -> Int? {
    mostConnections ?? (target.isOnThisHost || isInsistent ? nil : Self.politeLimit)
  }

  /// Refuses what its user may not have meant to do to another host, before the first connection.
  ///
  /// `sessions` is how many are certain to be wanted; the most that the user allows takes its place.
  package func check(
    sessions: Int, deliversMail: Bool, to target: Target
  ) throws(ExitMessage) {
    guard !target.isOnThisHost, !isInsistent else { return }
    if deliversMail {
      throw ExitMessage(
        status: .usage, text: "each session delivers a message to \(target.given): say --yes")
    }
    let connections = mostConnections ?? sessions
    if connections > Self.politeLimit {
      throw ExitMessage(
        status: .usage,
        text: "\(connections) connections to \(target.given): say --yes, or ask for fewer"
          + " (--max-connections)")
    }
  }
}
