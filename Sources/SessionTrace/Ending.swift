/// What ended the session; the last thing that happened, not yet a judgement.
package enum Ending: Codable, Sendable, Equatable {
  /// We had what we came for, or had been refused, and left by ourselves.
  case finished
  /// A wait passed its deadline.
  case timedOut(Wait)
  /// The peer sent FIN.
  case endOfStream
  /// The connection broke: `ECONNRESET`, `EPIPE`, `ETIMEDOUT` (the kernel gave up), an ICMP error.
  case failed(SystemFailure)
  /// No address could be found or connected to; the attempts say why.
  case unreachable(SystemFailure?)
  /// TLS could not be set up or broke: an alert, a bad record, a certificate that was not accepted.
  case tlsFailed(TLSFailureRecord)
  /// We were to say who we are, and could not: AUTH was not offered, or by no mechanism of ours. Why, in plain
  /// ASCII.
  case notAuthenticated(String)
  /// The peer broke SMTP beyond going on; the violation says how.
  case protocolError
  /// A signal asked us to stop, `SIGINT` or `SIGTERM` by number.
  case interrupted(signal: Int)
  /// A fault of our own.
  case internalError(String)

  /// Which bound was passed.
  package enum Wait: String, Codable, Sendable, CaseIterable {
    case resolve, connect, reply, write, handshake, total
  }
}

extension Ending {
  /// Whether the peer, or something in its name, ended the connection: FIN, RST, or a pipe it broke.
  package var isByPeer: Bool {
    switch self {
    case .endOfStream: true
    case .failed(let failure): ["ECONNRESET", "EPIPE", "ECONNABORTED"].contains(failure.name)
    case .finished, .timedOut, .unreachable, .tlsFailed, .notAuthenticated, .protocolError,
      .interrupted, .internalError:
      false
    }
  }
}

extension Ending {
  /// The discriminator in the JSON form, `{"kind": "timed_out", "wait": "reply"}`.
  private enum Kind: String, Codable {
    case finished
    case timedOut = "timed_out"
    case endOfStream = "end_of_stream"
    case failed
    case unreachable
    case tlsFailed = "tls_failed"
    case notAuthenticated = "not_authenticated"
    case protocolError = "protocol_error"
    case interrupted
    case internalError = "internal_error"
  }

  private enum CodingKeys: String, CodingKey {
    case kind, wait, failure, tls, signal, text
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .finished: self = .finished
    case .timedOut: self = .timedOut(try container.decode(Wait.self, forKey: .wait))
    case .endOfStream: self = .endOfStream
    case .failed: self = .failed(try container.decode(SystemFailure.self, forKey: .failure))
    case .unreachable:
      self = .unreachable(try container.decodeIfPresent(SystemFailure.self, forKey: .failure))
    case .tlsFailed: self = .tlsFailed(try container.decode(TLSFailureRecord.self, forKey: .tls))
    case .notAuthenticated:
      self = .notAuthenticated(try container.decode(String.self, forKey: .text))
    case .protocolError: self = .protocolError
    case .interrupted: self = .interrupted(signal: try container.decode(Int.self, forKey: .signal))
    case .internalError: self = .internalError(try container.decode(String.self, forKey: .text))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .finished: try container.encode(Kind.finished, forKey: .kind)
    case .timedOut(let wait):
      try container.encode(Kind.timedOut, forKey: .kind)
      try container.encode(wait, forKey: .wait)
    case .endOfStream: try container.encode(Kind.endOfStream, forKey: .kind)
    case .failed(let failure):
      try container.encode(Kind.failed, forKey: .kind)
      try container.encode(failure, forKey: .failure)
    case .unreachable(let failure):
      try container.encode(Kind.unreachable, forKey: .kind)
      try container.encodeIfPresent(failure, forKey: .failure)
    case .tlsFailed(let failure):
      try container.encode(Kind.tlsFailed, forKey: .kind)
      try container.encode(failure, forKey: .tls)
    case .notAuthenticated(let reason):
      try container.encode(Kind.notAuthenticated, forKey: .kind)
      try container.encode(reason, forKey: .text)
    case .protocolError: try container.encode(Kind.protocolError, forKey: .kind)
    case .interrupted(let signal):
      try container.encode(Kind.interrupted, forKey: .kind)
      try container.encode(signal, forKey: .signal)
    case .internalError(let text):
      try container.encode(Kind.internalError, forKey: .kind)
      try container.encode(text, forKey: .text)
    }
  }
}
