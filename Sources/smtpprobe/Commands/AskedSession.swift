import ArgumentParser
import Authentication
import Campaigns
import Diagnosis
import Probe
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// One session as it was asked for, what is expected of it, and what becomes of its report.
struct AskedSession {
  var target: Target?
  /// The options of the session as they were given.
  var entries: [OptionEntry] = []
  var expect: ExpectationArgument?
  /// Whether nothing is to be done but to say what would be.
  var isPlanOnly = false
  var output = ReportWishes()
}

extension AskedSession {
  /// Reads the words of a command line that asks for one session and is ``OptionWords/isPlain``; `nil` for
  /// every other.
  ///
  /// It is what is nearly always meant. The argument parser reads the same, by the same table, and takes longer
  /// over it than the session over itself; calls for help, mistakes and other commands are its own.
  init?(plain words: [String], besides commands: @autoclosure () -> [String]) {
    guard let first = words.first, !first.hasPrefix("-") else { return nil }
    let read = OptionWords(first == "probe" ? Array(words.dropFirst()) : words)
    guard read.isPlain, read.operands.count == 1, let operand = read.operands.first,
      let target = Target(operand), first == "probe" || !commands().contains(first)
    else { return nil }
    self.target = target
    for entry in read.entries {
      guard entry.row.isAboutTheReport else {
        entries.append(entry)
        continue
      }
      guard take(entry) else { return nil }
    }
    // The parser says what is wrong.
    if output.isQuiet && output.given != nil || output.problemWithCapture != nil { return nil }
  }

  /// Takes an option that is about the report; `false` for one that is not known, or not with that value.
  private mutating func take(_ entry: OptionEntry) -> Bool {
    let word = entry.word ?? ""
    switch entry.row.name {
    case OptionRow.silent.name: output.isSilent = true
    case OptionRow.quiet.name: output.isQuiet = true
    case OptionRow.verbose.name: output.look.isClose = true
    case OptionRow.style.name:
      output.look.style = StyleChoice(rawValue: word)
      return output.look.style != nil
    case OptionRow.width.name:
      output.look.width = try? ReportWishes.width(word)
      return output.look.width != nil
    case OptionRow.plan.name: isPlanOnly = true
    case OptionRow.noConfig.name: break
    case OptionRow.expect.name:
      expect = try? ExpectationArgument(argument: word)
      return expect != nil
    case OptionRow.format.name:
      guard let named = formats.first(where: { $0.name == word }) else { return false }
      output.given = named
    case OptionRow.capture.name: output.capture = word
    case OptionRow.output.name:
      guard ReportPlace(word).format.map(formats.contains) == true else { return false }
      output.outputs.append(word)
    default: return false
    }
    return true
  }

  private var formats: [ReportFormat] { ReportFormat.all(of: SessionReport.self) }
}

extension AskedSession {
  /// Runs it, and throws its exit status.
  func run() throws { try output.endingAsReadersExpect { try reportingErrors(session) } }

  private func session() throws {
    let request = try self.request()
    let words = CommandWords.all
    if isPlanOnly {
      try TextStream.standardOutput.print(
        PlanPreview(try request.plan(at: nil, arguments: words)).text)
      return
    }
    if output.capture != nil, case .unix = request.target.place {
      throw ExitMessage(
        status: .usage,
        text:
          "--capture beside \(request.target.given): a socket of this host's files has no packets")
    }
    let places = try output.opened()
    // What nobody reads is not made: of a silent session the exit status is all there is.
    let isRead = places.hasReaders || places.capture != nil
    let sessions = try LiveSessions(request)
    let watch = output.scene.map { LiveWatch($0, output.look) }
    var trace = try sessions.trace(
      of: isRead
        ? try request.plan(at: sessions.place, arguments: words)
        : try request.briefPlan(at: sessions.place),
      after: try request.bringingTicket?.plan(at: sessions.place, arguments: words), watch: watch,
      capture: places.capture, host: places.hostDetail)
    let verdict: Verdict
    let code: ExitCode
    if isRead {
      trace.notes += request.shown(CommandWords.notes)
      remarkOnMailElsewhere(in: &trace, of: request)
      let report = SessionReport(of: trace, expecting: expect?.wanted)
      try places.write(report, watchedBut: watch?.rest)
      verdict = report.verdict
      code = places.exitCode(for: report, usually: report.exitCode)
    } else {
      verdict = Diagnosis.verdict(of: trace)
      code = ExitCode(exitCode(for: verdict))
    }
    if let wanted = expect?.wanted, !wanted.isMet(by: verdict), !output.isQuiet {
      try TextStream.standardError.print(
        "smtpprobe: expected \(wanted), got \(verdict.outcome)\n")
    }
    if verdict.stage == .resolve, let target {
      try TextStream.standardError.print(SMTPProbe.hint(for: target.given))
    }
    throw code
  }

  /// Says where mail goes for the name of a host that could not be reached.
  private func remarkOnMailElsewhere(in trace: inout Trace, of request: SessionRequest) {
    // Whose words are all kept out has no use for another server's name.
    guard case .unreachable = trace.ending, case .host(let given) = request.target.place,
      output.redaction != .all,
      let host = exchangerElsewhere(of: request.target, resolver: request.options.resolver)
    else { return }
    let name = escapedText(given.utf8)
    trace.notes.append(
      "mail for \(name) goes to \(escapedText(host.utf8)): smtpprobe mx:\(name) asks its exchangers"
    )
  }

  /// The exit status: the verdict's own, or whether it is what was expected.
  func exitCode(for verdict: Verdict) -> Int32 {
    Int32(expect?.wanted.exitCode(for: verdict) ?? verdict.exitCode)
  }

  /// What is asked for; `more` are options that another command reads in its own way.
  ///
  /// `standardInput` is what `--data -` reads, `nil` for this process's own.
  func request(
    with more: [OptionEntry] = [], standardInput: [UInt8]? = nil
  ) throws -> SessionRequest {
    var options: SessionOptions
    do {
      options = try SessionOptions(entries + more)
    } catch {
      throw ExitMessage(status: .usage, text: error.description)
    }
    if let target {
      return SessionRequest(
        target: target, options: options, standardInput: standardInput,
        credentials: try Credentials.given(by: options, at: target))
    }
    // TARGET is the value of --server where nothing else is named.
    guard let server = options.server else {
      // swaks goes where the recipient's domain says.
      let meant = options.to.first.flatMap { Target($0) }
      throw ValidationError(
        "No target: name a host, mx:domain or lab:FIXTURE."
          + (meant.map { " smtpprobe \($0.given) goes where mail for it goes." } ?? ""))
    }
    options.server = nil
    return SessionRequest(
      target: server, options: options, standardInput: standardInput,
      credentials: try Credentials.given(by: options, at: server))
  }

  /// The same for a command that makes many sessions: what can be read once (standard input, a FIFO, a
  /// device) is held for all of them.
  func repeatableRequest(with more: [OptionEntry] = []) throws -> SessionRequest {
    let request = try self.request(with: more)
    guard let held = try heldMessage(request.options) else { return request }
    return try self.request(with: more, standardInput: held)
  }

  /// The message of these options where it can be read once.
  func heldMessage(_ options: SessionOptions) throws -> [UInt8]? {
    guard let data = options.data else { return nil }
    if data == "-" { return try contentsOfStandardInput() }
    return InputFile.isReadOnce(path: data) ? try contents(of: data) : nil
  }
}
