package import SessionTrace

/// How a session ended, in the words of the contract.
package enum SessionStatus: String, CaseIterable, Codable, Sendable {
  case ok
  /// A 5xx reply decided it.
  case rejected
  /// A 4xx reply decided it.
  case deferred
  /// A wait passed its deadline.
  case stalled
  /// The peer sent FIN before the session was done.
  case closed
  /// RST, or the connection broke otherwise.
  case reset
  /// No address, or no connection to any.
  case unreachable
  case tlsFailed = "tls_failed"
  /// The peer broke the protocol so that going on was impossible.
  case protocolError = "protocol_error"
  /// A signal; the report covers what happened until then.
  case interrupted
  case internalError = "internal_error"
}

/// Where the bytes are when a session stops.
package enum Custody: String, CaseIterable, Codable, Sendable {
  /// Nothing of ours is outstanding, and the peer owes bytes: its program has not spoken.
  case peerSilent = "peer_silent"
  /// Unsent bytes, and the peer's window is open: our own host holds them.
  case heldLocally = "held_locally"
  /// Unsent bytes, and the peer's window is shut: the peer does not read.
  case windowClosed = "window_closed"
  /// Sent, not acknowledged: lost on the path, or dropped by a filter at either end.
  case unacknowledged
  /// All acknowledged, replies missing: a TCP stack at or in front of the server has the bytes.
  case acknowledgedUnanswered = "acknowledged_unanswered"
  /// A reply began and did not end.
  case replyCutShort = "reply_cut_short"
}

/// What is still owed to us.
package struct Pending: Codable, Sendable, Equatable {
  /// Commands of the flights in question: those of the last flight that was not answered in full.
  package var commands: Int
  /// How many of them have their reply.
  package var answered: Int
  /// As sent, escaped; `nil` when nothing is pending.
  package var firstUnanswered: String?

  package init(commands: Int, answered: Int, firstUnanswered: String?) {
    self.commands = commands
    self.answered = answered
    self.firstUnanswered = firstUnanswered
  }

  private enum CodingKeys: String, CodingKey {
    case commands, answered
    case firstUnanswered = "first_unanswered"
  }
}

/// Where the session stopped, who has the bytes, and on what evidence.
package struct Verdict: Codable, Sendable, Equatable {
  package var status: SessionStatus
  package var stage: Stage
  package var exitCode: Int
  package var waited: Microseconds
  /// One sentence, plain ASCII, safe to print.
  package var summary: String
  /// `nil` when nothing stopped: `ok`, `rejected`, `deferred`, `unreachable`.
  package var custody: Custody?
  package var pending: Pending
  package var ledger: Ledger
  package var partialReply: PartialReply?
  /// The system's word for it: `ECONNRESET (recv): Connection reset by peer`.
  package var error: String?

  package init(
    status: SessionStatus, stage: Stage, exitCode: Int, waited: Microseconds, summary: String,
    custody: Custody?, pending: Pending, ledger: Ledger, partialReply: PartialReply?,
    error: String?
  ) {
    self.status = status
    self.stage = stage
    self.exitCode = exitCode
    self.waited = waited
    self.summary = summary
    self.custody = custody
    self.pending = pending
    self.ledger = ledger
    self.partialReply = partialReply
    self.error = error
  }

  private enum CodingKeys: String, CodingKey {
    case status, stage, summary, custody, pending, ledger, error
    case exitCode = "exit_code"
    case waited = "waited_us"
    case partialReply = "partial_reply"
  }
}

/// Something seen in passing that can stall another client, or another day.
package struct Hazard: Codable, Sendable, Equatable {
  /// Catalogue id where there is one: `reply-fragment-naive-reader`.
  package var id: String
  /// What was seen and why it matters, plain ASCII, safe to print.
  package var text: String

  package init(id: String, text: String) {
    self.id = id
    self.text = text
  }
}
