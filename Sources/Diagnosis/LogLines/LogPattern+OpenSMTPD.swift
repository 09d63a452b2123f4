import SMTPDialogue
import SessionTrace

/// OpenSMTPD's mta and smtp processes, by `mta.c`, `mta_session.c` and `smtp_session.c`.
extension LogPattern {
  static let openSMTPD: [LogPattern] = [
    LogPattern("mta delivery {envelope} stat={reply}", delivered),
    // As versions before 6.4 have it.
    LogPattern("mta event=delivery {envelope} stat={reply}", delivered),
    LogPattern("relay: TempFail for {envelope} stat={reply}") { ended($0["reply"]) },
    LogPattern("relay: PermFail for {envelope} stat={reply}") { ended($0["reply"]) },
    LogPattern("mta error reason={reply}") { ended($0["reply"]) },
    LogPattern("mta disconnected reason=io-error: {error}") {
      broken(.openSMTPD, $0["error"], at: nil)
    },
    LogPattern("smtp-out: Error on session {reply}") { ended($0["reply"]) },
    LogPattern("smtp failed-command {place} command=\"{command}\" result=\"{reply}\"") { holes in
      guard let command = holes["command"] else { return nil }
      var line = refused(
        .openSMTPD, at: Verb(ofLine: command)?.row.stage, holes["reply"], command: command)
      line?.side = .receiver
      return line
    },
    LogPattern("smtp disconnected {place}reason={words}") { holes in
      guard let words = holes["words"]?.lowercased(), !words.contains("quit") else { return nil }
      return broken(.openSMTPD, side: .receiver, words, at: nil)
    },
  ]

  /// Every delivery is told of in these words, one that went well too.
  private static let delivered: Reading = { holes in
    holes["envelope"]?.contains("result=\"Ok\"") == true ? nil : ended(holes["reply"])
  }

  /// What a delivery came to; all that is none of its own words is the server's reply.
  private static func ended(_ words: String?) -> LogLine? {
    guard let words = words?.drop(while: { $0 == "\"" }) else { return nil }
    let known = own.first { words.firstRange(of: $0.words) != nil }
    if let known { return LogLine(program: .openSMTPD, status: known.status, stage: known.stage) }
    guard let place = words.firstRange(of: "IO Error: ") else {
      let line = refused(.openSMTPD, at: nil, String(words.prefix { $0 != "\"" }))
      // A reply that is no refusal is no failure; what breaks the protocol has words of its own.
      return line?.status == .protocolError ? nil : line
    }
    let error = String(words[place.upperBound...])
    return connectFailure(.openSMTPD, error)
      ?? (["handshake", "certificate", "ssl", "tls"].contains(where: error.lowercased().contains)
        ? handshakeFailure(.openSMTPD, error) : broken(.openSMTPD, error, at: nil))
  }

  /// Words of its own for what became of a session.
  private static let own: [(words: String, status: SessionStatus, stage: Stage?)] = [
    ("Network error on destination MXs", .unreachable, .connect),
    ("Connection timeout", .stalled, nil), ("Connection closed unexpectedly", .closed, nil),
    ("Bad response: ", .protocolError, nil), ("Input too long", .protocolError, nil),
    ("Remote host sent too much data", .protocolError, nil),
    ("Temporary failure in MX lookup", .unreachable, .resolve),
    ("No MX found for ", .unreachable, .resolve), ("Domain does not exist", .unreachable, .resolve),
    ("TLS required", .tlsFailed, .starttls),
  ]
}
