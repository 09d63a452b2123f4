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
      Standard output gets JSON Lines alone: a result for each target as it ends, and a summary.

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
    let (path, common) = try listAndOptions()
    let choice = try ShardChoice(
      given: scan.shard, count: scan.shardCount, environment: environmentVariable)
    var excluded = NetworkList()
    for value in scan.exclude { try excluded.add(networkOrFile: value) }
    let setup = try ScanSetup(
      TargetList(path: path), options: common.options, shard: choice.shard, mayDeliver: scan.yes,
      standardInput: common.standardInput)
    if let remark = choice.remark { try tell(remark) }
    if scan.plan {
      try TextStream.standardOutput.print(setup.preview)
      return
    }
    let metrics = try scan.prometheus.map(metricsFile)
    let journal = try scan.resume.map { try ScanJournal(path: $0, setup: setup) }
    let seed = scan.seed ?? journal?.seed ?? UInt64.random(in: 0..<1 << 32)
    try journal?.begin(seed: seed)
    let live = try LiveScan(
      setup, pace: CampaignPace(jobs: scan.jobs, interval: scan.rate?.interval ?? 0),
      rules: AddressGate.Rules(
        lookups: scan.jobs, perAddress: scan.perHost, excluded: excluded),
      metrics: metrics
    ) { try? tell($0) }
    try tell(setup.announcement(seed: seed, doneBefore: journal?.tally.done ?? 0))
    let (summary, signal) = try live.run(setup, seed: seed, journal: journal)
    EndingSignals.release()
    try TextStream.standardError.print(summary.text)
    if let failure = TextStream.standardOutput.write(summary.line), failure.name != "EPIPE" {
      throw ExitMessage(status: .cannotWrite, text: "standard output: \(failure.text)")
    }
    throw ExitCode(signal.map { 128 + $0 } ?? 0)
  }

  private func tell(_ remark: String) throws {
    try TextStream.standardError.print("smtpprobe: \(remark)\n")
  }

  /// The list, and what the sessions of all its targets have in common.
  private func listAndOptions() throws -> (
    path: String, common: (options: SessionOptions, standardInput: [UInt8]?)
  ) {
    let words = OptionWords(probe)
    let session: ProbeCommand
    do {
      session = try ProbeCommand.parse(words.words)
    } catch {
      throw ValidationError(ProbeCommand.message(for: error))
    }
    if words.operands.count > 1 {
      throw ValidationError(
        "'\(words.operands[0])' and '\(words.operands[1])': a scan has one list; name one file.")
    }
    let aboutReports = words.entries.map(\.row).filter(\.isAboutTheReport)
    if let row = aboutReports.first(where: { $0.name != OptionRow.noConfig.name }) {
      throw ValidationError("\(row.flag) is for one session; a scan writes JSON Lines.")
    }
    let path = words.operands.first ?? "-"
    if path == "-", TextStream(descriptor: 0).isTerminal, words.operands.isEmpty {
      throw ValidationError("No list: name a file of targets, or pipe one in.")
    }
    do {
      let options = try SessionOptions(session.entries)
      if path == "-", options.data == "-" {
        throw ValidationError("--data - and a list on standard input: name a file for one of them.")
      }
      return (path, (options, try session.heldMessage(options)))
    } catch let conflict as OptionConflict {
      throw ExitMessage(status: .usage, text: conflict.description)
    }
  }

  private func metricsFile(_ path: String) throws -> ReportFile {
    do {
      return try ReportFile(path: path)
    } catch {
      throw ExitMessage(status: .cannotWrite, text: "--prometheus \(path): \(error.failure.text)")
    }
  }
}
