import Diagnosis
import SessionOptions
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
    addresses: [String] = [first, second], given: SessionOptions = SessionOptions(),
    _ trace: (Trial, _ address: String) -> Trace
  ) throws -> InvestigationConclusion {
    var investigation = Investigation(
      Subject(addresses: addresses, patience: .seconds(1), given: given))
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
      cause.pro.contains { $0.hasPrefix("192.0.2.25 answers 421 4.3.2 Not today; ") })
    #expect(cause.pro.contains { $0.contains("at 198.51.100.25 the failure disappears") })
    // The other server has asked for no pauses.
    #expect(pauses.allSatisfy { $0 == 0 })
  }

  @Test("names every address that was tried in vain, and the one that takes the mail")
  func severalAreDead() throws {
    let (dead, alive) = ([Self.first, Self.second], "203.0.113.25")
    let conclusion = try conclusion(addresses: dead + [alive]) { _, address in
      address == alive
        ? PlayedSession().trace(.served)
        : Self.unanswered(at: address == Self.second ? [address] : dead)
    }
    let cause = try #require(conclusion.causes.first { $0.id == .multiMxPartial })
    #expect(cause.grade == .confirmed)
    #expect(
      cause.pro.contains {
        $0.hasPrefix("at 192.0.2.25 and 198.51.100.25 it is unreachable@connect; ")
      })
  }

  /// Options of a user's own that decide where a session comes from.
  private static let ownEnds: [SessionOptions] = {
    var (port, address) = (SessionOptions(), SessionOptions())
    port.socket.localPort = 4_711
    address.socket.localAddress = "192.0.2.1"
    return [port, address]
  }()

  @Test("rests before each session at a server that has no other address", arguments: ownEnds)
  func oneAddress(given: SessionOptions) throws {
    var pauses: [Microseconds] = []
    let conclusion = try conclusion(addresses: [Self.first], given: given) { trial, address in
      pauses.append(trial.pause)
      return Self.turnedAway(at: address)
    }
    #expect(pauses == [0, 2, 4, 8].map { Microseconds.seconds($0) })
    #expect(conclusion.stop == .turnedAway && conclusion.experiments.isEmpty)
  }

  @Test("rests no more where it has gone on to another address for good")
  func goesOn() {
    var series = InvestigationSeries(
      Subject(addresses: [Self.first, Self.second], patience: .seconds(1)))
    var action = series.start()
    var waiting: [Trial] = []
    var (there, here): ([Microseconds], [Microseconds]) = ([], [])
    while true {
      if case .run(let trials) = action { waiting += trials }
      guard !waiting.isEmpty else { break }
      let trial = waiting.removeFirst()
      let isElsewhere = ([trial.variation] + trial.base).contains { $0?.name == "address" }
      let session = PlayedSession().varied(trial.variation)
      let trace =
        isElsewhere
        ? session.trace(session.isPipelined ? .silent(.mail) : .served)
        : Self.turnedAway(at: Self.first)
      if isElsewhere { there.append(trial.pause) } else { here.append(trial.pause) }
      action = series.receive(.ended(trial, trace, verdict(of: trace)))
    }
    guard case .conclude(let conclusions) = action else {
      Issue.record("it does not end")
      return
    }
    #expect(conclusions.count == 2)
    #expect(conclusions.last?.causes.first?.id == .pipeliningAdvertisedBroken)
    #expect(here.dropFirst().allSatisfy { $0 >= .seconds(2) })
    #expect(there.count > 8 && there.allSatisfy { $0 == 0 })
  }

  @Test(
    "is turned away where all addresses do so, and asks nothing else of them",
    arguments: [SessionOptions()] + ownEnds, [second, "2001:db8::25"])
  func allAreShut(given: SessionOptions, other: String) throws {
    let conclusion = try conclusion(addresses: [Self.first, other], given: given) { _, address in
      Self.turnedAway(at: address)
    }
    #expect(conclusion.stop == .turnedAway && conclusion.refusedFrom == 1)
    #expect(conclusion.experiments.map(\.variation.name) == ["address"])
    #expect(conclusion.experiments.first?.effect == .same)
    #expect(!conclusion.causes.contains { $0.id == .multiMxPartial && $0.grade <= .consistent })
  }

  /// The first address turns so many sessions as given away, and ends the others so.
  private func conclusion(
    shut: Int, then end: PlayedEnd
  ) throws -> InvestigationConclusion {
    var controls = 0
    return try conclusion { trial, address in
      if trial.variation == nil { controls += 1 }
      guard address == Self.first else { return PlayedSession().trace(.served) }
      return controls <= shut ? Self.turnedAway(at: address) : PlayedSession().trace(end)
    }
  }

  /// The session as given is asked for twice, with each of four that the other address takes, and once more at the
  /// end.
  private static let allControls = 7

  @Test(
    "begins anew where the address lets it in after all, as long as it is asked",
    arguments: [(3, true), (4, true), (5, true), (6, true), (allControls, false)])
  func reopens(shut: Int, isOpened: Bool) throws {
    let conclusion = try conclusion(shut: shut, then: .served)
    #expect(conclusion.stop == nil)
    #expect(conclusion.result == (isOpened ? .nothingWrong : .causeFound))
    #expect(conclusion.controlsFailed == (isOpened ? 0 : shut - 1))
    #expect((conclusion.causes.first?.id == .multiMxPartial) == !isOpened)
  }

  @Test(
    "is locked out where nothing answers behind the 421, and keeps what other addresses have shown",
    arguments: 3..<allControls,
    [PlayedEnd.unreachable, .silent(.banner), .closed(.banner), .resetAt(.banner)])
  func lockedOut(shut: Int, end: PlayedEnd) throws {
    let conclusion = try conclusion(shut: shut, then: end)
    #expect(conclusion.stop == .lockedOut && conclusion.result != .nothingWrong)
    #expect(conclusion.controls.allSatisfy { $0.text == "deferred@banner" })
    let other = conclusion.experiments.first { $0.variation.name == "address" }
    #expect((other?.gone ?? 0) >= shut - 2)
    #expect((other?.effect == .gone) == (shut == Self.allControls - 1))
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
      (["192.0.2.25", "198.51.100.25", "203.0.113.25"], "none of 3 addresses in 3 networks "),
      (["192.0.2.25", "192.0.2.26", "198.51.100.25"], "none of 3 addresses in 2 networks "),
      // The other family is as many addresses of one owner.
      (
        ["192.0.2.25", "198.51.100.25", "2001:db8::25", "2001:db8:1::25"],
        "none of 2 addresses in 2 networks "
      ),
      (["192.0.2.25", "192.0.2.26"], nil), (["192.0.2.25", "2001:db8::25"], nil),
      (["192.0.2.25"], nil),
    ])
  func port25(addresses: [String], words: String?) throws {
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
    #expect(named.contains(.port25Policy) == (words != nil))
    if let words {
      let cause = conclusion.causes.first { $0.id == .port25Policy }
      #expect(cause?.pro.contains { $0.hasPrefix(words) } == true)
    }
    #expect(Set(ports) == (words == nil ? [] : ["587"]))
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
