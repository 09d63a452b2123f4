import SessionTrace

extension CauseID {
  package static let notSMTP = CauseID(rawValue: "not-smtp")
}

extension CatalogueRemark {
  static let notSMTP = CatalogueRemark(
    id: .notSMTP,
    alsoCalled: ["POP3", "IMAP", "SSH", "HTTP"],
    text: """
      What answers on this port speaks no SMTP: its words are none of SMTP's. The port is another \
      service's (POP3, IMAP, SSH, FTP and HTTP servers have ways of their own), or a proxy, a \
      container or a rule of a firewall leads it to the wrong one.
      """,
    causes: [.replyCountMismatch, .implicitTlsPort],
    rules: [.otherWords, .otherWordsWhenSpokenTo, .greetsForFiles])
}

extension CauseRule {
  fileprivate static let otherWords = CauseRule(
    fits: { $0.firstWords != nil },
    requires: [.speaksOtherwise],
    decider: whoListens)

  /// The same of a server that lets its client speak first, as those of HTTP do.
  fileprivate static let otherWordsWhenSpokenTo = CauseRule(
    fits: { $0.isSilentGreeting && !$0.talksEarly },
    requires: [.answersOtherwise],
    decider: whoListens)

  /// FTP has replies like those of SMTP, and no EHLO (RFC 959 section 4.2).
  fileprivate static let greetsForFiles = CauseRule(
    fits: { $0.isRefused && $0.stage == .ehlo && $0.greetsForFiles },
    requires: [
      .seen("the greeting speaks of FTP, and EHLO is refused", not: "") { $0.greetsForFiles }
    ],
    decider: whoListens)

  private static let whoListens =
    "on the server: what listens on that port (ss -ltnp), and what leads to it"
}

extension Control {
  /// What came in the place of a greeting, where that is no reply.
  ///
  /// A greeting of several lines that a device has written over begins as one all the same.
  fileprivate var firstWords: String? {
    guard status == .protocolError, stage == .banner, !hasMaskedGreeting else { return nil }
    return trace.wordsInPlaceOfGreeting
  }
}

extension Control {
  fileprivate var greetsForFiles: Bool {
    guard let words = trace.replies.first.map({ wordsOf($0.lines) }) else { return false }
    return ["ftp", "vsftpd", "proftpd", "pure-ftpd", "filezilla"].contains { holds(words, $0) }
  }
}

extension Trace {
  fileprivate var wordsInPlaceOfGreeting: String? {
    guard replies.isEmpty else { return nil }
    return violations.last { $0.isFatal && $0.kind == .malformedReply }?.bytes
  }
}

extension Criterion {
  fileprivate static let speaksOtherwise = Criterion(variations: { _ in [] }) { evidence in
    guard let words = evidence.control.firstWords else { return .unknown }
    return .yes("the first words are no reply of SMTP\(speaker(of: words)): \(short(words))")
  }

  /// Spoken to, the server answers in words that are no reply.
  fileprivate static let answersOtherwise = shown(with: { _ in .pregreet }) { _, trace in
    guard let words = trace.wordsInPlaceOfGreeting else {
      return trace.isGreeted ? .no("speaking first we are greeted, in SMTP") : .unknown
    }
    return .yes(
      "speaking first we get words that are no reply of SMTP\(speaker(of: words)): \(short(words))")
  }

  /// No other service answers when it is spoken to, as far as that was tried.
  static let noOtherService = answersOtherwise.reversed.onlyAgainst.asFarAsTold.idleUnless {
    !$0.talksEarly
  }
}

/// `, as HTTP begins`.
private func speaker(of words: String) -> String {
  speakers.first { words.hasPrefix($0.words) }.map { ", as \($0.name) begins" } ?? ""
}

/// How servers of other protocols begin (RFC 1939 section 4, RFC 9051 section 7.1, RFC 4253 section 4.2, RFC 9112
/// section 4, RFC 6143 section 7.1.1).
private let speakers: [(words: String, name: String)] = [
  ("+OK", "POP3"), ("-ERR", "POP3"), ("* OK", "IMAP"), ("* BYE", "IMAP"), ("SSH-", "SSH"),
  ("HTTP/", "HTTP"), ("RFB ", "VNC"),
]
