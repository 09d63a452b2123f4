import SessionOptions
import SessionTrace
import SMTPDialogue
@testable import Simulation

/// Scenarios in which one thing is wrong, at a place that is known.
extension Scenario {
  /// An honest server, one command at a time, one recipient, a small message: every stage is there.
  static var honest: Scenario {
    var scenario = Scenario()
    scenario.pipelining = .off
    scenario.message = Array("Subject: test\r\n\r\n.\r\n".utf8)
    return scenario
  }

  func with(_ change: (inout Scenario) -> Void) -> Scenario {
    var scenario = self
    change(&scenario)
    return scenario
  }

  /// Number of the reply that `stage` waits for in ``honest``; the greeting is 0.
  static func reply(of stage: Stage) -> Int {
    switch stage {
    case .ehlo: 1
    case .mail: 2
    case .rcpt: 3
    case .data: 4
    case .body, .dot: 5
    case .quit: 6
    case .resolve, .connect, .banner, .starttls, .tls, .auth: 0
    }
  }

  /// The server breaks instead of answering `stage`.
  static func breaking(at stage: Stage, _ how: ServerPlan.End) -> Scenario {
    honest.with { $0.server.fault = .beforeReply(reply(of: stage), how) }
  }

  /// The reply of `stage` breaks off after five bytes.
  static func cuttingReply(of stage: Stage) throws -> Scenario {
    let ends = try Trial(honest).network.book.ends
    let number = reply(of: stage)
    let start = number == 0 ? 0 : ends[number - 1]
    return honest.with { $0.server.fault = .afterSaying(start + 5, .silence) }
  }

  /// The path swallows the last byte of what `stage` has to say, and everything behind it.
  static func swallowing(_ stage: Stage) throws -> Scenario {
    let commands = try Trial(honest).network.ledger.speech.commands
    return honest.with { $0.there.blackHole = commands[reply(of: stage) - 1].end - 1 }
  }
}
