import SessionTrace

extension CauseID {
  package static let notSMTP = CauseID(rawValue: "not-smtp")
}

extension CatalogueRemark {
  static let notSMTP = CatalogueRemark(
    id: .notSMTP,
    alsoCalled: ["POP3", "IMAP", "SSH", "HTTP"],
    text: """
      What answers on this port speaks no SMTP: its first words are no reply. The port is another \
      service's (POP3, IMAP, SSH and HTTP servers begin in ways of their own), or a proxy, a \
      container or a rule of a firewall leads it to the wrong one.
      """,
    causes: [.replyCountMismatch, .implicitTlsPort],
    rules: [.otherWords])
}

extension CauseRule {
  fileprivate static let otherWords = CauseRule(
    fits: { $0.firstWords != nil },
    requires: [.speaksOtherwise],
    decider: "on the server: what listens on that port (ss -ltnp), and what leads to it")
}

extension Control {
  /// What came in the place of a greeting, where that is no reply.
  fileprivate var firstWords: String? {
    guard status == .protocolError, stage == .banner else { return nil }
    return trace.violations.last { $0.isFatal && $0.kind == .malformedReply }?.bytes
  }
}

extension Criterion {
  fileprivate static let speaksOtherwise = Criterion(variations: { _ in [] }) { evidence in
    guard let words = evidence.control.firstWords else { return .unknown }
    let speaker = speakers.first { words.hasPrefix($0.words) }
    let guess = speaker.map { ", as \($0.name) begins" } ?? ""
    return .yes("the first words are no reply of SMTP\(guess): \(short(words))")
  }
}

/// How servers of other protocols begin (RFC 1939 section 4, RFC 9051 section 7.1, RFC 4253 section 4.2, RFC 9112
/// section 4, RFC 6143 section 7.1.1).
private let speakers: [(words: String, name: String)] = [
  ("+OK", "POP3"), ("-ERR", "POP3"), ("* OK", "IMAP"), ("* BYE", "IMAP"), ("SSH-", "SSH"),
  ("HTTP/", "HTTP"), ("RFB ", "VNC"),
]
