import ArgumentParser
import Campaigns
import Diagnosis
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// `smtpprobe sweep`: many sessions that differ in the value of one option.
struct SweepCommand: ParsableCommand, ReportsWhenEnded {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Find the values of one option at which sessions fail.",
    usage: "smtpprobe sweep TARGET --envelope-size A..B [probe options]",
    discussion: """
      One option is given as A..B; it varies, and all others are those of smtpprobe probe. \
      Likely boundaries come first, then what their failures lead to; failing values and their \
      neighbours are tested three times. Sweeps of messages and lines deliver mail.

      Exit status: 0 nothing found; 1 something found; 2 inconclusive (failures that come and go, \
      or stopped early).
      """)

  @Option(help: ArgumentHelp("Sizes of the envelope, bytes.", valueName: "a..b"))
  var envelopeSize: SweepValueArgument?

  @Option(help: ArgumentHelp("Sizes of the first and each next segment.", valueName: "a..b"))
  var split: SweepValueArgument?

  @Option(help: ArgumentHelp("Sizes of a made-up message, bytes.", valueName: "a..b"))
  var messageSize: SweepValueArgument?

  @Option(help: ArgumentHelp("Lengths of its lines, without CRLF.", valueName: "a..b"))
  var lineLength: SweepValueArgument?

  @Option(
    help: ArgumentHelp("RCPT commands: the recipients given, repeated.", valueName: "a..b"))
  var recipients: SweepValueArgument?

  @Option(
    help: ArgumentHelp("Sizes of the TLS ClientHello, bytes on the wire.", valueName: "a..b"))
  var clienthelloSize: SweepValueArgument?

  @Flag(help: "Test every value.")
  var exhaustive = false

  @Flag(help: "Print the first values; open no connection.")
  var plan = false

  @OptionGroup(title: "Rate limits") var rateLimits: RateLimitOptions
  @OptionGroup(title: "Output") var output: OutputOptions<SweepReport>

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("TARGET and any option of smtpprobe probe.", valueName: "target"))
  var probe: [String] = []

  /// Sessions at a time, unless given.
  private static let usualJobs = 8
  /// The most values that `--exhaustive` takes on.
  private static let exhaustiveLimit = 65_536

  func validate() throws {
    let (_, range, _) = try varied()
    if exhaustive, range.count > Self.exhaustiveLimit {
      throw ValidationError("--exhaustive takes at most \(Self.exhaustiveLimit) values.")
    }
  }

  func run() throws { try output.endingAsReadersExpect { try reportingErrors(sweep) } }

  private func sweep() throws {
    let (option, range, fixed) = try varied()
    let setup = try SweepSetup(
      option: option, range: range, of: commonRequest(of: probe, for: "sweep", with: fixed))
    let target = setup.request.target
    let limits = rateLimits.limits
    let sweepPlan = SweepPlan(
      option: option, range: setup.range, isExhaustive: exhaustive,
      segmentSizes: setup.segmentSizes, sessionLimit: limits.sessionLimit(to: target))
    if plan {
      try TextStream.standardOutput.print(setup.preview(of: sweepPlan))
      return
    }
    try limits.check(
      sessions: sweepPlan.firstValues.count, deliversMail: setup.deliversMail, to: target)
    let outputs = try output.opened()
    let pace = limits.pace(to: target, usually: Self.usualJobs)
    if !output.quiet { try TextStream.standardError.print(setup.announcement(of: sweepPlan, pace)) }
    let sessions = try LiveSessions(setup.request)
    let campaign = SweepCampaign(setup, plan: sweepPlan, place: sessions.place)
    let end = try sessions.run(campaign, pace: pace, isQuiet: output.quiet)
    let report = campaign.report(on: end, arguments: typedWords(for: setup.request))
    try outputs.write(report)
    throw outputs.exitCode(
      for: report, usually: end.signal.map { 128 + Int($0) } ?? report.conclusion.exitCode)
  }

  /// The option that varies, its values, and those beside it that do not.
  private func varied() throws -> (SweepOption, ClosedRange<Int>, [OptionEntry]) {
    let all: [(SweepOption, SweepValueArgument?)] = [
      (.envelopeSize, envelopeSize), (.split, split), (.messageSize, messageSize),
      (.lineLength, lineLength), (.recipients, recipients), (.clienthelloSize, clienthelloSize),
    ]
    var ranges: [(SweepOption, ClosedRange<Int>)] = []
    var fixed: [OptionEntry] = []
    for (option, value) in all {
      switch value {
      case nil: break
      case .range(let range): ranges.append((option, range))
      case .noRange(let text):
        throw ValidationError(
          "\(option.flag) \(text): give a range A..B of whole numbers from 1 up, the lower one first."
        )
      case .fixed(let text):
        guard let row = option.row else {
          throw ValidationError("\(option.flag) \(text): give a range A..B.")
        }
        do {
          fixed.append(try row.entry(text))
        } catch {
          throw ValidationError(
            "\(option.flag) \(text): \(error.description), or a range A..B that is swept.")
        }
      }
    }
    guard let (option, range) = ranges.first, ranges.count == 1 else {
      throw ValidationError(
        "Give exactly one of \(all.map(\.0.flag).joined(separator: ", ")) as a range A..B.")
    }
    guard range.upperBound <= option.greatest else {
      throw ValidationError(
        "\(option.flag) \(range.lowerBound)..\(range.upperBound): the most is \(option.greatest).")
    }
    return (option, range, fixed)
  }
}
