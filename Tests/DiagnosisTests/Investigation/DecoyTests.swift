import Diagnosis
import SMTPDialogue
import SessionTrace
import Testing

/// Servers with faults that look like an entry of the catalogue, and those that have it.
///
/// A wrong confirmation is the worst that a diagnosis can do; each row met one, or a cause that went
/// by its side unseen, at a server that was made to mislead.
@Suite("An investigation of a server that misleads")
struct DecoyTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var session: PlayedSession
    /// What must be confirmed, and nothing else.
    var confirmed: Set<CauseID>
    /// What must be consistent at least.
    var named: Set<CauseID>
    var end: @Sendable (PlayedSession) -> PlayedEnd

    init(
      _ name: String, _ session: PlayedSession = PlayedSession(), confirmed: Set<CauseID> = [],
      named: Set<CauseID> = [], _ end: @escaping @Sendable (PlayedSession) -> PlayedEnd
    ) {
      testDescription = name
      self.session = session
      self.confirmed = confirmed
      self.named = named
      self.end = end
    }
  }

  /// Forty recipients of the user's own, no padding.
  static let forty: PlayedSession = {
    var session = PlayedSession()
    session.recipients = Array(1...40)
    session.envelope = EnvelopeRecord(
      size: 1_300, sender: "", recipientCommands: 40, recipients: 40, padding: 0, pipelined: true)
    return session
  }()

  /// Where RCPT names that recipient, from 1.
  static func places(of recipient: Int, in session: PlayedSession) -> [Int] {
    session.recipients.indices.filter { session.recipients[$0] == recipient }.map { $0 + 1 }
  }

  /// All RCPT commands but the first few, from 1.
  static func places(behind few: Int, in session: PlayedSession) -> [Int] {
    session.recipients.indices.dropFirst(few).map { $0 + 1 }
  }

  /// One recipient and a message.
  static func message(_ text: String, size: Int) -> PlayedSession {
    var session = PlayedSession()
    session.recipients = [1]
    session.envelope = EnvelopeRecord(
      size: 42, sender: "", recipientCommands: 1, recipients: 1, padding: 0, pipelined: true)
    session.message = .of(text, size: size)
    return session
  }

  static let long = message(String(repeating: "z", count: 900) + "\r\n", size: 1_804)

  static func hello(of size: Int) -> PlayedSession { with { $0.helloSize = size } }

  static func with(cut: PlayedSession.Cut) -> PlayedSession {
    var session = message("x\r\n", size: 300)
    session.message = nil
    session.setCut(cut)
    return session
  }

  static let uninvited: PlayedSession = {
    var session = with(cut: .nowhere)
    session.capabilities = []
    return session
  }()

  static let inPieces = with(cut: .inCommand(30))

  static let chunked: PlayedSession = {
    var session = message("x\r\n", size: 3_000)
    session.isChunked = true
    return session
  }()

  static let cutAtEnd: PlayedSession = {
    var session = message("x\r\n", size: 300)
    session.setCut(.inEnd)
    return session
  }()

  static func with(_ change: (inout PlayedSession) -> Void) -> PlayedSession {
    var session = PlayedSession()
    change(&session)
    return session
  }

  static let early = with {
    $0.options = ["fast_open": .text("data"), "pregreet": .flag(true)]
  }

  /// What becomes of a session where no longer segment arrives, whatever it carries.
  static func lost(over limit: Int, _ session: PlayedSession) -> PlayedEnd {
    if session.longestGreeting > limit { return .lost(.ehlo) }
    if session.longestHelloSegment > limit { return .lost(.tls) }
    return session.longestSegment > limit ? .lost(.mail) : .served
  }

  @Test("is not misled", arguments: rows + rowsOfVariations)
  func decoy(row: Row) throws {
    let conclusion = try #require(play(row))
    let confirmed = Set(conclusion.causes.filter { $0.grade == .confirmed }.map(\.id))
    #expect(confirmed == row.confirmed)
    let named = Set(conclusion.causes.filter { $0.grade <= .consistent }.map(\.id))
    #expect(named.isSuperset(of: row.named))
  }

  @Test(
    "blames nothing on a server that treats every so many-th connection in its own way",
    arguments: 2...12)
  func periodic(period: Int) throws {
    for phase in 0..<period {
      for passes in [true, false] {
        let row = Row("") { _ in .served }
        let conclusion = try #require(
          play(row) { number, _, _ in
            (number % period == phase) == passes ? .served : .silent(.mail)
          })
        #expect(!conclusion.causes.contains { $0.grade == .confirmed })
      }
    }
  }

  @Test("asks a server that serves for one session at a time")
  func oneByOne() throws {
    var investigation = Investigation(Subject())
    var action = investigation.start()
    while case .run(let trials) = action {
      #expect(trials.count == 1)
      let trace = PlayedSession().trace(.served)
      action = investigation.receive(.ended(trials[0], trace, verdict(of: trace)))
    }
    guard case .conclude(let conclusion) = action else {
      Issue.record("it does not end")
      return
    }
    #expect(conclusion.result == .nothingWrong)
  }

  @Test("learns as much of a server that serves one session at a time as of any other")
  func crowded() throws {
    let row = Row("") { $0.isPipelined && $0.envelope.size == 513 ? .silent(.mail) : .served }
    var isBusy = false
    let conclusion = try #require(
      play(row) { number, isFirst, session in
        if isFirst { isBusy = false }
        defer { isBusy = true }
        return isBusy ? .silent(.banner) : row.end(session)
      })
    #expect(conclusion.causes.first?.id == .resegBoundaryLoss)
    #expect(conclusion.causes.first?.grade == .confirmed)
  }

  @Test("calls no cause consistent because other variations change nothing")
  func unclear() throws {
    let row = Row("") { _ in .served }
    var paths = 0
    let conclusion = try #require(
      play(row) { _, _, session in
        // One command at a time passes now and then: that is no effect of it.
        if session.variation == .pipeliningOff {
          paths += 1
          return paths % 2 == 0 ? .served : .silent(.mail)
        }
        return .silent(.mail)
      })
    #expect(!conclusion.causes.contains { $0.grade <= .consistent })
  }

  /// Plays the row's server; `end` overrules it, by the number of the session
  /// and whether it begins a turn.
  private func play(
    _ row: Row, end: ((Int, Bool, PlayedSession) -> PlayedEnd)? = nil
  ) -> InvestigationConclusion? {
    var investigation = Investigation(row.session.subject)
    return investigation.play { trial, isFirst in
      let session = row.session.varied(trial.variation)
      return session.trace(end?(trial.number, isFirst, session) ?? row.end(session))
    }
  }
}
