import ArgumentParser
import Diagnosis
import SessionOptions
import SessionTrace

/// How much of a server is asked for by a command that makes many sessions, and how fast.
///
/// One set of rules for all such commands: what stays on this host is free, another host is asked
/// for little and slowly, and for more only when the user says so.
struct PolitenessOptions: ParsableArguments {
  @Option(help: "Sessions at a time. Default: 8 for a sweep, 4 for a diagnosis.")
  var jobs: Int?

  @Option(help: "Sessions begun a second. Default: 2/s; no limit on this host.")
  var rate: RateArgument?

  @Option(help: "The most connections. Default: 100 to another host, and 400 for a diagnosis.")
  var maxConnections: Int?

  @Flag(help: "Do make more than 100 connections to another host, or deliver mail to it.")
  var yes = false

  /// Another host is not asked for more connections than this without `--yes`.
  static let politeLimit = 100

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("--jobs \(jobs): give 1 to 256.")
    }
    if let maxConnections, maxConnections < 1 {
      throw ValidationError("--max-connections \(maxConnections): give at least 1.")
    }
  }

  /// Sessions at a time: as given, or what the command does usually.
  func jobs(usually number: Int) -> Int { jobs ?? number }

  /// From the start of one session to that of the next.
  func interval(to target: Target) -> Microseconds {
    rate?.interval ?? (target.isOnThisHost ? 0 : 500_000)
  }

  /// The most sessions that may be begun; `nil` where these options set no limit.
  func sessionLimit(to target: Target) -> Int? {
    maxConnections ?? (target.isOnThisHost || yes ? nil : Self.politeLimit)
  }

  /// Refuses what its user may not have meant to do to another host, before the first connection.
  ///
  /// `sessions` is how many are certain to be wanted; `--max-connections` takes its place when given.
  func check(sessions: Int, deliversMail: Bool, to target: Target) throws {
    guard !target.isOnThisHost, !yes else { return }
    if deliversMail {
      throw ExitMessage(
        status: .usage, text: "each session delivers a message to \(target.given): say --yes")
    }
    let connections = maxConnections ?? sessions
    if connections > Self.politeLimit {
      throw ExitMessage(
        status: .usage,
        text: "\(connections) connections to \(target.given): say --yes, or ask for fewer"
          + " (--max-connections)")
    }
  }

  /// `8 at a time, one every 500 ms`.
  func pace(to target: Target, usually number: Int) -> String {
    let interval = interval(to: target)
    return "\(jobs(usually: number)) at a time"
      + (interval == 0 ? "" : ", one every \(durationText(interval))")
  }
}
