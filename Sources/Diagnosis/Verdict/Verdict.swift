package import SessionTrace

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
