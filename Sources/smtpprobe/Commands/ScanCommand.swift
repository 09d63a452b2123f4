import ArgumentParser
import Campaigns
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// `smtpprobe scan [FILE|-]`: one session with each target of a list.
struct ScanCommand: ParsableCommand, ReportsWhenEnded {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "One session with each target of a list; a line of JSON for each.",
    usage: "smtpprobe scan [FILE|-] [scan options] [probe options]",
    discussion: """
      FILE has a target on each line, perhaps with options behind it, or JSON objects with target, \
      tag and options by their long names. Options given here are those of all; a line's own win. \
      Standard output (or -o FILE) gets JSON Lines alone: a result for each target as it ends, and a summary.

      Exit status: 0 whatever became of the targets; 64, 65, 66 where options or the list are wrong; \
      73 where a result could not be written; 130, 143 after a signal.
      """)

  @OptionGroup(title: "Scan options") var scan: ScanOptions

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("FILE, and any option of smtpprobe probe.", valueName: "file"))
  var probe: [String] = []

  func run() throws { try reportingErrors(visit) }

  private func visit() throws {
    let common = try ListedSessions(probe, of: "scan", writing: "JSON Lines")
    let choice = try ShardChoice(
      given: scan.shard, count: scan.shardCount, environment: environmentVariable)
    var excluded = NetworkList()
    for value in scan.exclude { try excluded.add(networkOrFile: value) }
    let setup = try ScanSetup(
      TargetList(path: common.path), options: common.options, shard: choice.shard,
      mayDeliver: scan.yes,
      standardInput: common.standardInput)
    if !scan.quiet, let remark = choice.remark { try tell(remark) }
    try tellOfConfiguration()
    if scan.plan {
      try TextStream.standardOutput.print(setup.preview)
      return
    }
    let metrics = try scan.prometheus.map(metricsFile)
    let journal = try scan.resume.map { try ScanJournal(path: $0, setup: setup) }
    let output =
      try scan.output.flatMap { ReportPlace($0).isStandardOutput ? nil : $0 }.map {
        try ScanOutput(path: $0, goesOn: journal != nil, list: common.path)
      } ?? .standard
    let seed = scan.seed ?? journal?.seed ?? UInt64.random(in: 0..<1 << 32)
    try journal?.begin(seed: seed)
    let live = try LiveScan(
      setup, pace: CampaignPace(jobs: scan.jobs, interval: scan.rate?.interval ?? 0),
      rules: AddressGate.Rules(
        lookups: scan.jobs, perAddress: scan.perHost, excluded: excluded),
      metrics: metrics, output: output, isQuiet: scan.quiet
    ) { try? tell($0) }
    if !scan.quiet {
      try tell(setup.announcement(seed: seed, doneBefore: journal?.tally.done ?? 0))
    }
    let (summary, signal) = try live.run(setup, seed: seed, journal: journal)
    EndingSignals.release()
    if !scan.quiet { try TextStream.standardError.print(summary.text) }
    if let failure = output.write(summary.line), failure.name != "EPIPE" {
      throw ExitMessage(status: .cannotWrite, text: "\(output.name): \(failure.text)")
    }
    throw ExitCode(signal.map { 128 + $0 } ?? 0)
  }

  private func tell(_ remark: String) throws {
    try TextStream.standardError.print("smtpprobe: \(remark)\n")
  }

  private func metricsFile(_ path: String) throws -> ReportFile {
    do {
      return try ReportFile(path: path)
    } catch {
      throw ExitMessage(status: .cannotWrite, text: "--prometheus \(path): \(error.failure.text)")
    }
  }
}
