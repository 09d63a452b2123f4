import Diagnosis
import SessionOptions
import SessionTrace
@testable import Simulation

/// What really happened, from the simulation's own books; the verdict has to say the same.
struct Truth: Equatable {
  var status = SessionStatus.unreachable
  var stage = Stage.connect
  var custody: Custody?
  var ledger = Ledger()
  var pending = Pending(commands: 0, answered: 0, firstUnanswered: nil)
  /// Bytes of a reply that began and did not end.
  var partial = 0

  /// The truth about a session that has come to its end on `network`.
  static func of(_ network: SimulatedNetwork, wasInterrupted: Bool) -> Truth {
    let books = network.ledger
    var truth = Truth()
    if wasInterrupted { truth.status = .interrupted }
    if !network.isResolved { truth.stage = .resolve }
    guard let end = books.final, books.connectedAt != nil else { return truth }
    let spoken = books.speech.commands
    let codes = network.book.complete(in: books.readByProgram)
    let client = ReferenceClient(
      network.scenario, codes: codes, spoken: spoken)
    let wholeReplies = codes.isEmpty ? 0 : network.book.ends[codes.count - 1]
    let answered = min(client.answered, spoken.count)

    // What came behind a 421 cuts nothing short: the session was over.
    truth.partial = client.isDone ? 0 : books.readByProgram - wholeReplies
    truth.ledger = Ledger(
      written: books.written, sent: books.sent, acknowledged: books.acknowledged,
      answered: spoken[..<answered].last { $0.end <= books.acknowledged }?.end ?? 0,
      unsent: books.written - books.sent, received: books.readByProgram)
    truth.pending = pending(client)
    truth.status = status(client, books, wasInterrupted: wasInterrupted)
    truth.stage = stage(client, books, network, status: truth.status)
    switch truth.status {
    case .stalled, .closed, .reset, .interrupted:
      truth.custody = truth.custody(
        end, books, wasGreeted: !codes.isEmpty, isOwed: client.answered < client.commands.count,
        owed: spoken.count > client.answered ? spoken[client.answered].end : nil,
        roundTrip: network.scenario.transport.connectDelay)
    case .ok, .rejected, .deferred, .unreachable, .tlsFailed, .protocolError, .internalError: break
    }
    return truth
  }

  private static func pending(_ client: ReferenceClient) -> Pending {
    var before = 0
    for flight in client.flights {
      let answered = client.answered - before
      if answered < flight.count {
        return Pending(
          commands: flight.count, answered: answered, firstUnanswered: flight[answered].text)
      }
      before += flight.count
    }
    return Pending(commands: 0, answered: 0, firstUnanswered: nil)
  }

  private static func status(
    _ client: ReferenceClient, _ books: TruthLedger, wasInterrupted: Bool
  ) -> SessionStatus {
    let refused = client.refusal.map { $0.isTemporary ? SessionStatus.deferred : .rejected }
    if wasInterrupted { return .interrupted }
    if client.isDone { return refused ?? .ok }
    // A FIN that was seen came before whatever broke the connection afterwards.
    if books.sawEnd, books.sawError?.name != "ECONNRESET", books.sawError?.name != "ETIMEDOUT" {
      return refused ?? .closed
    }
    if books.sawError?.name == "ECONNRESET" { return refused ?? .reset }
    return client.isLeaving ? refused ?? .stalled : .stalled
  }

  private static func stage(
    _ client: ReferenceClient, _ books: TruthLedger, _ network: SimulatedNetwork,
    status: SessionStatus
  ) -> Stage {
    switch status {
    case .rejected, .deferred: return client.refusal?.stage ?? .banner
    case .ok: return client.lastStage
    default: break
    }
    if network.book.complete(in: books.readByProgram).isEmpty { return .banner }
    let commands = client.commands
    guard client.answered < commands.count else { return client.lastStage }
    let next = commands[client.answered]
    guard next.text == "." || next.text.hasPrefix("BDAT"), !client.isLeaving else {
      return next.stage
    }
    guard client.answered < books.speech.commands.count else { return .body }
    let contentEnd = books.speech.commands[client.answered].end
    let mark = status == .closed || status == .reset ? books.sent : books.acknowledged
    return mark >= contentEnd ? next.stage : .body
  }

  /// The custody table of the product's contract.
  ///
  /// `owed` is where the first command without an answer ends, if the kernel has all of it. Whoever ended
  /// the connection while nothing was owed, or while bytes were on their way, left them to nobody.
  private func custody(
    _ end: TCPEnd, _ books: TruthLedger, wasGreeted: Bool, isOwed: Bool, owed: Int?,
    roundTrip: Microseconds
  ) -> Custody? {
    if partial > 0 { return .replyCutShort }
    let isByPeer = status == .closed || status == .reset
    if ledger.unsent > 0, end.windowIsZero { return .windowClosed }
    if ledger.sent > ledger.acknowledged {
      let progress = max(end.lastDeparture, books.lastAcknowledgement)
      let isOverdue = books.closedAt - progress >= max(.milliseconds(500), 4 * roundTrip)
      let isLost = end.isRetransmitting || isOverdue
      if isLost || (ledger.unsent == 0 && !isByPeer) { return .unacknowledged }
    }
    if ledger.unsent > 0 {
      if end.isWindowFull { return .windowClosed }
      if !isByPeer { return .heldLocally }
    }
    // A greeting is not owed for anything of ours; an EHLO that left before it is owed a reply.
    if !isOwed { return isByPeer && wasGreeted ? nil : .peerSilent }
    guard let owed else { return isByPeer ? nil : .heldLocally }
    return owed <= ledger.acknowledged ? .acknowledgedUnanswered : nil
  }
}

extension Truth: CustomStringConvertible {
  var description: String {
    let place = "\(status.rawValue)@\(stage.rawValue) \(custody?.rawValue ?? "-")"
    return "\(place), written \(ledger.written) sent \(ledger.sent) acknowledged "
      + "\(ledger.acknowledged) answered \(ledger.answered) unsent \(ledger.unsent) received "
      + "\(ledger.received), pending \(pending.answered) of \(pending.commands) "
      + "(\(pending.firstUnanswered ?? "-")), partial \(partial)"
  }
}
