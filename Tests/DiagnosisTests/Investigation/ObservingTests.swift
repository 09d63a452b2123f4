import Diagnosis
import SessionTrace
import Testing

/// Variations that change nothing about a session: what they show, and how little it may decide.
@Suite("An investigation that observes")
struct ObservingTests {
  private static let everyReply =
    "250 2.1.0 Ok\\r\\n250 2.1.5 Ok\\r\\n354 Go\\r\\n250 2.0.0 Ok\\r\\n"
  private static let ownReply = "250 2.0.0 Ok\\r\\n"

  /// A server whose sessions stall but with what `cures`; what a nudge brings, and from how
  /// far away it acknowledges where the address is two hops away.
  struct Server {
    var cures: @Sendable (Variation) -> Bool = { _ in false }
    var nudge: @Sendable (Trial) -> String? = { _ in nil }
    var hops: @Sendable (Trial) -> Int? = { _ in 2 }
    /// Nothing that follows the silence is acknowledged.
    var isForgotten = false

    func trace(for trial: Trial) -> Trace {
      guard let variation = trial.variation else { return .envelope(fails: true) }
      var trace = Trace.envelope(fails: !cures(variation), with: variation)
      if variation == .nudge {
        let text = nudge(trial)
        trace.nudge = NudgeRecord(
          sent: 0, acknowledged: isForgotten ? nil : 1, first: text == nil ? nil : 1,
          receivedBytes: text?.count ?? 0, text: text ?? "")
      }
      if variation == .hops {
        trace.hops = HopsRecord(acknowledgedAtTTL: hops(trial), greatestTTL: 8, pathHops: 2)
      }
      return trace
    }
  }

  private func conclusion(
    _ server: Server, patience: Microseconds = .seconds(1)
  ) throws -> InvestigationConclusion {
    var investigation = Investigation(Subject(patience: patience))
    return try #require(investigation.play { trial, _ in server.trace(for: trial) })
  }

  private func ids(_ conclusion: InvestigationConclusion, _ grade: Grade) -> [CauseID] {
    conclusion.causes.filter { $0.grade == grade }.map(\.id)
  }

  @Test("leaves a hung program and a device in front both standing", arguments: [1, 2, nil])
  func twins(hops: Int?) throws {
    let conclusion = try conclusion(Server(hops: { _ in hops }))
    #expect(conclusion.result == .causeFound && ids(conclusion, .confirmed).isEmpty)
    #expect(ids(conclusion, .consistent) == [.hungServer, .genericTcpTermination])
    for cause in conclusion.causes where cause.grade == .consistent {
      #expect(!cause.pro.isEmpty && cause.open.contains { $0.contains("by who runs") })
    }
    // What the distances say is for one and against the other, or for neither.
    let texts = conclusion.causes.prefix(2).map { cause in
      (cause.pro.contains { $0.contains("hop") }, cause.con.contains { $0.contains("hop") })
    }
    #expect(texts[0] == (hops == 2, hops == 1) && texts[1] == (hops == 1, hops == 2))
  }

  @Test(
    "excludes a hung program that answers a nudge",
    arguments: [
      (ownReply, [.replyCountMismatch, .genericTcpTermination]),
      (everyReply, [.genericTcpTermination]),
      ("250 OK\\r\\n", [.replyCountMismatch, .genericTcpTermination]),
    ] as [(String, [CauseID])])
  func answered(text: String, causes: [CauseID]) throws {
    let conclusion = try conclusion(Server(nudge: { _ in text }))
    #expect(ids(conclusion, .consistent) == causes && ids(conclusion, .confirmed).isEmpty)
    let hung = conclusion.causes.first { $0.id == .hungServer }
    #expect(hung?.grade == .excluded && hung?.con.isEmpty == false)
  }

  @Test("suspects the path where a nudge is not even acknowledged, and nobody who acknowledges")
  func forgotten() throws {
    let conclusion = try conclusion(
      Server(hops: { _ in nil }, isForgotten: true), patience: .seconds(2))
    #expect(ids(conclusion, .confirmed).isEmpty)
    #expect(ids(conclusion, .consistent) == [.natIdleTimeout])
    for id in [CauseID.hungServer, .genericTcpTermination] {
      #expect(conclusion.causes.first { $0.id == id }?.grade == .excluded)
    }
  }

  @Test(
    "says which rule of pipelining is broken",
    arguments: [(ownReply, "rule 9"), (everyReply, "rule 7"), (nil, nil)])
  func rules(text: String?, rule: String?) throws {
    let conclusion = try conclusion(
      Server(cures: { $0 == .pipeliningOff }, nudge: { _ in text }))
    #expect(ids(conclusion, .confirmed) == [.pipeliningAdvertisedBroken])
    let pro = conclusion.causes.first?.pro.joined(separator: " ") ?? ""
    #expect(pro.contains("RFC 2920") == (rule != nil) && pro.contains(rule ?? ""))
  }

  @Test("believes no nudge where the replies come by themselves")
  func late() throws {
    let conclusion = try conclusion(
      Server(
        cures: { $0.wait != nil },
        nudge: { _ in Self.everyReply }))
    #expect(!conclusion.causes.contains { $0.pro.contains { $0.contains("nudge") } })
    #expect(conclusion.causes.first { $0.id == .hungServer }?.grade == .excluded)
  }

  @Test("takes nothing from what is not the same each time")
  func unsteady() throws {
    let conclusion = try conclusion(
      Server(
        nudge: { $0.number % 2 == 0 ? Self.ownReply : nil },
        hops: { $0.number % 2 == 0 ? 1 : 2 }))
    let looks = conclusion.experiments.filter(\.variation.onlyObserves)
    #expect(looks.count == 2)
    for look in looks where look.effect == .unclear {
      #expect(
        !conclusion.causes.contains { $0.pro.contains { $0.contains(look.variation.phrase) } })
    }
    #expect(ids(conclusion, .confirmed).isEmpty)
  }

  @Test("never counts a look as a difference, nor as the want of one")
  func observed() throws {
    let conclusion = try conclusion(Server())
    let looks = conclusion.experiments.filter(\.variation.onlyObserves)
    #expect(Set(looks.map(\.variation)) == [.nudge, .hops])
    for look in looks {
      #expect(look.effect == .observed && look.chance == nil && look.observations.count == 2)
    }
    // A session that looks is a control: when it passes, the failure comes and goes.
    let fickle = try self.conclusion(Server(cures: { $0.onlyObserves }))
    #expect(fickle.result == .intermittent && fickle.causes.isEmpty)
  }

  @Test("a boundary stays confirmed, and is told who acknowledges and what was lost")
  func boundary() throws {
    let conclusion = try conclusion(
      Server(
        cures: \.avoidsTheBoundary, nudge: { _ in Self.ownReply }, hops: { _ in 1 }))
    #expect(ids(conclusion, .confirmed) == [.resegBoundaryLoss])
    let pro = conclusion.causes.first?.pro ?? []
    #expect(pro.contains { $0.contains("lost") } && pro.contains { $0.contains("ends TCP") })
    #expect(conclusion.causes.first { $0.id == .hungServer }?.grade == .excluded)
    // It explains the boundary; that it is there was seen, and not that it is to blame.
    #expect(ids(conclusion, .consistent) == [.genericTcpTermination])
  }

  @Test("calls a failure that a look does not meet intermittent, since a look changes nothing")
  func passing() throws {
    for look in [Variation.nudge, .hops] {
      var looks = 0
      var investigation = Investigation(Subject())
      let conclusion = try #require(
        investigation.play { trial, _ in
          guard trial.variation == look else { return Server().trace(for: trial) }
          looks += 1
          return .envelope(fails: looks != 1)
        })
      #expect(looks > 0 && conclusion.result == .intermittent)
      #expect(conclusion.controls.contains { $0.status == .ok })
    }
  }
}
