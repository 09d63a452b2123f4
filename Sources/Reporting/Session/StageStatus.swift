import Diagnosis
package import SessionTrace

/// How one stage came out; the words of ``SessionStatus``, and one for what was still open behind it.
package enum StageStatus: String, Codable, Sendable, CaseIterable {
  case ok, rejected, deferred, stalled, closed, reset, unreachable
  case tlsFailed = "tls_failed"
  case protocolError = "protocol_error"
  case interrupted
  case internalError = "internal_error"
  /// Begun in the same flight as the stage that stopped the session, and left open with it.
  case pending

  /// The same word of a whole session.
  init(_ status: SessionStatus) {
    switch status {
    case .ok: self = .ok
    case .rejected: self = .rejected
    case .deferred: self = .deferred
    case .stalled: self = .stalled
    case .closed: self = .closed
    case .reset: self = .reset
    case .unreachable: self = .unreachable
    case .tlsFailed: self = .tlsFailed
    case .protocolError: self = .protocolError
    case .interrupted: self = .interrupted
    case .internalError: self = .internalError
    }
  }
}

extension SessionReport {
  /// How the stage of `span` came out.
  ///
  /// The last span of the verdict's stage has the verdict's word. Others are judged by their replies;
  /// one accepted recipient makes a `rcpt` stage that went on.
  package func status(of span: StageSpan) -> StageStatus {
    if span.name == verdict.stage, span == trace.stages.last(where: { $0.name == span.name }) {
      return StageStatus(verdict.status)
    }
    guard let duration = span.duration else { return .pending }
    let codes = trace.replies.filter { reply in
      reply.stage == span.name && reply.wasDue && reply.at >= span.start
        && reply.at &- span.start <= duration
    }.map(\.code)
    guard let last = codes.last, codes.allSatisfy({ $0 >= 400 }) else { return .ok }
    return last >= 500 ? .rejected : .deferred
  }
}
