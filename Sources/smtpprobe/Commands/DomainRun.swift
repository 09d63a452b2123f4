import Campaigns
import Reporting
import SessionOptions
import SessionTrace
import Wire

/// `smtpprobe mx:domain --all`: a session with every address of every mail exchanger.
struct DomainRun {
  var asked: AskedSession
  var exchangers: ExchangerOptions

  /// Sessions at a time; each goes to an address of its own.
  private static let jobs = 16

  func run() throws { try asked.output.endingAsReadersExpect { try reportingErrors(domain) } }

  private func domain() throws {
    let request = try asked.repeatableRequest()
    let target = request.target
    if case .unix = target.place {
      throw ExitMessage(
        status: .usage, text: "--all beside \(target.given): a socket is one place; leave it out")
    }
    if asked.isPlanOnly {
      throw ExitMessage(
        status: .usage, text: "--plan beside --all: all sessions are alike; leave --all out")
    }
    if asked.output.look.isClose {
      throw ExitMessage(
        status: .usage,
        text: "-v beside --all: the report of many has no room for bytes; leave --all out")
    }
    let limits = CampaignLimits(isInsistent: exchangers.yes)
    try limits.check(sessions: 0, deliversMail: request.options.deliversMail, to: target)
    try tellOfConfiguration()
    let outputs = try asked.output.opened()
    let sessions = try LiveSessions(request)
    let campaign = DomainCampaign(
      request, at: sessions.place, seed: exchangers.seed ?? UInt64.random(in: 0...UInt64.max),
      arguments: CommandWords.all, expecting: asked.expect?.wanted)
    let end = try sessions.run(
      campaign, pace: CampaignPace(jobs: Self.jobs), isQuiet: asked.output.isQuiet)
    let report = campaign.report(on: end, asMTA: exchangers.asMTA)
    try outputs.write(report)
    throw outputs.exitCode(
      for: report, usually: end.signal.map { 128 + Int($0) } ?? report.exitCode)
  }
}
