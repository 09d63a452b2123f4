import SessionOptions
import SessionTrace

extension SessionRequest {
  /// The session before one that is to resume TLS: the same up to EHLO, by which time its ticket has come;
  /// `nil` where nothing is to be resumed.
  package var bringingTicket: SessionRequest? {
    guard options.tlsResume else { return nil }
    var first = options
    first.change { (options: inout SessionOptions) in
      options.quitAfter = .helo
      options.data = nil
      options.messageSize = nil
      options.toFile = nil
    }
    return with(first)
  }
}

extension Trace {
  /// What a session brought that another one was to resume.
  var remarkOnResumption: String {
    guard let tls else {
      return "--tls-resume: the session before this one came to no TLS: there was nothing to resume"
    }
    let handshake = stages.first { $0.name == .tls }?.duration
    let time = handshake.map { " in \($0 / 1_000) ms" } ?? ""
    return "--tls-resume: a session before this one shook hands (\(tls.version))\(time), up to EHLO"
  }
}
