import ArgumentParser
import Campaigns

/// How much of a server is asked for by a command that makes many sessions, and how fast.
struct RateLimitOptions: ParsableArguments {
  @Option(help: "Sessions at a time. Default: 8 for a sweep, 4 for a diagnosis.")
  var jobs: Int?

  @Option(help: "Sessions begun a second. Default: 2/s; no limit on this host.")
  var rate: RateArgument?

  @Option(help: "The most connections. Default: 100 to another host, and 400 for a diagnosis.")
  var maxConnections: Int?

  @Flag(help: "Do make more than 100 connections to another host, or deliver mail to it.")
  var yes = false

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("--jobs \(jobs): give 1 to 256.")
    }
    if let maxConnections, maxConnections < 1 {
      throw ValidationError("--max-connections \(maxConnections): give at least 1.")
    }
  }

  /// What was given.
  var limits: CampaignLimits {
    CampaignLimits(
      jobs: jobs, interval: rate?.interval, mostConnections: maxConnections, isInsistent: yes)
  }
}
