import ArgumentParser
import Reporting
import SessionOptions

/// How many targets at a time, which of them, and what stays alone.
struct ScanOptions: ParsableArguments {
  @Option(help: "Sessions at a time.")
  var jobs = 50

  @Option(help: "Sessions at a time to one address, whichever targets lead there.")
  var perHost = 1

  @Option(
    help:
      "Sessions begun a second: 20, 100/s, 30/m. Default: as many as --jobs and --per-host allow.")
  var rate: RateArgument?

  @Option(
    help: ArgumentHelp(
      "A network such as 192.0.2.0/24, or a file of them: no connection goes there, whatever a name"
        + " leads to. May be repeated.", valueName: "network|file"))
  var exclude: [String] = []

  @Option(help: "Order of the targets: the same seed gives the same order. Default: by chance.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Keep a journal here, and go on from it: targets that are done are not visited again.",
      valueName: "file"))
  var resume: String?

  @Option(
    name: OptionRow.output.parserNames,
    help: ArgumentHelp(
      "Write the JSON Lines here, and not to standard output; with --resume behind those that are there.",
      valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Take part K of N: a host is in one part, whatever the list.", valueName: "k/n"),
    transform: { text in
      guard let shard = Shard(text) else {
        throw ValidationError("give K/N such as 3/16, from 1/N to N/N.")
      }
      return shard
    })
  var shard: Shard?

  @Option(
    help: ArgumentHelp(
      "How many parts there are, where the environment says which this is (manual, scan).",
      valueName: "n"))
  var shardCount: Int?

  @Option(
    help: ArgumentHelp(
      "Write counts here each second, for a Prometheus textfile collector.", valueName: "file"))
  var prometheus: String?

  @Flag(
    name: OptionRow.quiet.parserNames,
    help: "Standard error gets what went wrong, and neither progress nor summary.")
  var quiet = false

  @Flag(help: "Print what would be done; open no connection.")
  var plan = false

  @Flag(help: "Do deliver mail to other hosts, where the options ask for it.")
  var yes = false

  func validate() throws {
    if !(1...20_000).contains(jobs) {
      throw ValidationError("--jobs \(jobs): give 1 to 20000.")
    }
    if !(1...20_000).contains(perHost) {
      throw ValidationError("--per-host \(perHost): give 1 to 20000.")
    }
    if let shardCount, !(1...1_000_000).contains(shardCount) {
      throw ValidationError("--shard-count \(shardCount): give 1 to 1000000.")
    }
  }
}
