import ArgumentParser
import Campaigns
import Glibc
import Lab
import LabCheck
import Reporting
import Wire

/// `lab check`: plays the fixtures' runs and compares what is told with what their files demand.
struct LabCheckCommand: ParsableCommand, ReportsWhenEnded {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Play the runs of all fixtures, or of some, and compare with what they demand.",
    discussion: """
      FILTER is an id (smtpprobe lab list --runs), any part of one, or the path of a fixture file; \
      several add up. Exit status: 0 all as wanted; 1 something else; 2 nothing selected.

      With --diagnose each run is diagnosed instead (smtpprobe diagnose with the options of the \
      run), and the causes named are held against what is at work in the fixture: the confusion \
      matrix. Exit status: 0 no cause confirmed that is not at work; 1 one was, or a diagnosis is \
      missing; 2 nothing selected. All of the lab takes minutes.
      """)

  @Argument(help: ArgumentHelp("Which runs; all when none is given.", valueName: "filter"))
  var filters: [String] = []

  @Flag(help: "Diagnose each run, and tell right causes from wrong ones.")
  var diagnose = false

  @Option(help: "Runs that play at a time.")
  var jobs = 16

  @Option(help: "A file with one id a line and behind # the reason why it comes out wrong.")
  var knownFailures: String?

  @OptionGroup(title: "Output") var output: OutputOptions<CheckReport>

  func validate() throws {
    guard (1...256).contains(jobs) else {
      throw ValidationError("--jobs \(jobs): give 1 to 256.")
    }
    if diagnose, knownFailures != nil {
      throw ValidationError("--known-failures is about runs as such, and not about diagnoses.")
    }
  }

  func run() throws { try reportingErrors(diagnose ? confusion : check) }

  private func confusion() throws {
    let cases = try chosenCases()
    let reports = try output.opened()
    let check = try ConfusionRun(cases, jobs: jobs)
    let signal = try check.play()
    try reports.write(check.report)
    if let signal { throw ExitCode(128 + signal) }
    if !check.report.isSound { throw ExitStatus.expectationNotMet.code }
  }

  private func check() throws {
    let cases = try chosenCases()
    let known = try readKnownFailures()
    let reports = try output.opened()
    var reader = RunReader()
    let check = try CheckRun(cases, jobs: jobs, knownFailures: known) {
      (one) throws(UnplayableRun) in try reader.prepare(one)
    }
    let signal = try check.play()
    try reports.write(check.report)
    if let signal { throw ExitCode(128 + signal) }
    if !check.report.isAsWanted { throw ExitStatus.expectationNotMet.code }
  }

  /// Those of the files that are named, and those of the built-in fixtures that the other words choose.
  private func chosenCases() throws -> [CheckCase] {
    let files = filters.compactMap(FixturePath.init)
    let words = filters.filter { FixturePath($0) == nil }
    let own = try files.flatMap { try $0.fixtures(check: FixtureCauses.check) }.flatMap(\.cases)
    if words.isEmpty, !files.isEmpty { return own }
    let embedded = try embeddedCases()
    do {
      return try CheckSelection(words).cases(of: embedded) + own
    } catch {
      throw ExitMessage(
        status: .nothingSelected,
        text: "no run matches '\(error.word)' (smtpprobe lab list --runs names them all)")
    }
  }

  private func readKnownFailures() throws -> KnownFailures {
    guard let knownFailures else { return KnownFailures() }
    let bytes = try contents(of: knownFailures)
    // A list covers everything, also what this call does not play.
    let own = try filters.compactMap(FixturePath.init).flatMap {
      try $0.fixtures(check: FixtureCauses.check)
    }
    let ids = Set((try embeddedCases() + own.flatMap(\.cases)).map(\.id))
    do {
      return try KnownFailures(
        text: String(decoding: bytes, as: UTF8.self), file: knownFailures,
        isRun: { ids.contains($0) })
    } catch {
      throw ExitMessage(status: .badInput, text: error.description)
    }
  }

  private func embeddedCases() throws -> [CheckCase] {
    try library().fixtures.flatMap { CheckCase.all(of: $0) }
  }
}

extension NamedFixture {
  /// Its runs.
  var cases: [CheckCase] { CheckCase.all(of: fixture, word: word) }
}
