import Diagnosis
import SessionTrace
import Testing

/// Servers that want nobody, and what is found at other addresses of the target, or on another port.
@Suite("An investigation of a target with several addresses")
struct ElsewhereTests {
  private static let (first, second) = ("192.0.2.25", "198.51.100.25")

  /// Turned away in the greeting.
  private static func turnedAway(at address: String) -> Trace {
    var trace = PlayedSession().trace(.served)
    trace.target.address = address
    trace.replies = [reply(.banner, 421, "4.3.2 Not today")]
    trace.commands = []
    trace.endingStage = .banner
    return trace
  }

  private func conclusion(
    addresses: [String] = [first, second], _ trace: (Trial, _ address: String) -> Trace
  ) throws -> InvestigationConclusion {
    var investigation = Investigation(Subject(addresses: addresses, patience: .seconds(1)))
    return try #require(
      investigation.play { trial, _ in
        let isElsewhere = trial.variation?.name == "address"
        return trace(trial, isElsewhere ? trial.variation?.value ?? "" : Self.first)
      })
  }

  @Test("says which address turns everybody away, and that another takes the mail")
  func oneIsShut() throws {
    var pauses: [Microseconds] = []
    let conclusion = try conclusion { trial, address in
      if address != Self.first {
        pauses.append(trial.pause)
        return PlayedSession().trace(.served)
      }
      return Self.turnedAway(at: address)
    }
    #expect(conclusion.stop == nil && conclusion.refusedFrom == nil && conclusion.rest == nil)
    let cause = try #require(conclusion.causes.first)
    #expect(cause.id == .multiMxPartial && cause.grade == .confirmed)
    #expect(
      cause.pro.contains { $0.hasPrefix("192.0.2.25 answers 421 4.3.2 Not today every time") })
    #expect(cause.pro.contains { $0.contains("at 198.51.100.25 the failure disappears") })
    // The other server has asked for no pauses.
    #expect(pauses.allSatisfy { $0 == 0 })
  }

  @Test("is turned away where all addresses do so, and asks nothing else of them")
  func allAreShut() throws {
    let conclusion = try conclusion { _, address in Self.turnedAway(at: address) }
    #expect(conclusion.stop == .turnedAway && conclusion.refusedFrom == 1)
    #expect(conclusion.experiments.map(\.variation.name) == ["address"])
    #expect(conclusion.experiments.first?.effect == .same)
    #expect(!conclusion.causes.contains { $0.id == .multiMxPartial && $0.grade <= .consistent })
  }

  @Test("begins anew where the address lets it in after all", arguments: 3...7)
  func reopens(shut: Int) throws {
    var controls = 0
    let conclusion = try conclusion { trial, address in
      if trial.variation == nil { controls += 1 }
      return controls <= shut && address == Self.first
        ? Self.turnedAway(at: address) : PlayedSession().trace(.served)
    }
    guard conclusion.result != .causeFound else {
      // By then the other address had taken it so often that chance does not explain it.
      #expect(conclusion.causes.first?.id == .multiMxPartial && shut > 4)
      return
    }
    #expect(conclusion.result == .nothingWrong && conclusion.stop == nil)
    #expect(conclusion.controlsFailed == 0)
  }

  @Test("takes a 421 behind accepted recipients for a limit of them")
  func recipientLimit() throws {
    var session = PlayedSession()
    session.recipients = Array(1...9)
    session.envelope = EnvelopeRecord(
      size: 300, sender: "", recipientCommands: 9, recipients: 9, padding: 0, pipelined: true)
    var investigation = Investigation(session.subject)
    let told = investigation.play { trial, _ in
      let session = session.varied(trial.variation)
      guard session.recipients.count > 5 else { return session.trace(.served) }
      var trace = session.trace(.putOff([6], 421, "4.5.3 Too many recipients"))
      let place = trace.replies.lastIndex { $0.code == 421 } ?? 0
      trace.replies.removeLast(trace.replies.count - 1 - place)
      trace.ending = .endOfStream
      trace.endingStage = .rcpt
      return trace
    }
    let conclusion = try #require(told)
    #expect(conclusion.stop == nil)
    #expect(conclusion.causes.first?.id == .rcptLimit)
    #expect(conclusion.causes.first?.grade == .confirmed)
  }

  @Test(
    "blames our own network where nothing answers on port 25, and unrelated servers on another",
    arguments: [
      (["192.0.2.25", "198.51.100.25", "203.0.113.25"], true),
      (["192.0.2.25", "192.0.2.26"], false), (["192.0.2.25", "2001:db8::25"], false),
      (["192.0.2.25"], false),
    ])
  func port25(addresses: [String], isNamed: Bool) throws {
    var ports: [String] = []
    let conclusion = try conclusion(addresses: addresses) { trial, _ in
      if trial.variation?.name == "port" {
        ports.append(trial.variation?.value ?? "")
        return PlayedSession().trace(.served)
      }
      let tried = trial.variation?.name == "address" ? [trial.variation?.value ?? ""] : addresses
      return Self.unanswered(at: tried)
    }
    let named = conclusion.causes.filter { $0.grade <= .consistent }.map(\.id)
    #expect(named.contains(.synFiltered))
    #expect(named.contains(.port25Policy) == isNamed)
    #expect(Set(ports) == (isNamed ? ["587"] : []))
    #expect(!conclusion.causes.contains { $0.grade == .confirmed })
  }

  private static func unanswered(at addresses: [String]) -> Trace {
    var trace = PlayedSession().trace(.unreachable)
    let failure = SystemFailure(
      call: "connect", name: "ETIMEDOUT", code: 110, text: "Connection timed out")
    trace.attempts = addresses.map {
      ConnectionAttempt(
        address: $0, port: 25, start: 0, duration: .seconds(5), failure: failure,
        failureOrigin: "timeout")
    }
    trace.ending = .unreachable(failure)
    trace.replies = []
    trace.commands = []
    return trace
  }
}
