import Diagnosis
import SMTPDialogue
import SessionOptions
import SessionTrace

/// Servers that mind names, versions of TLS, how a session ends, or an option; and those that only seem to.
extension DecoyTests {
  static let rowsOfVariations: [Row] = [
    Row("falls silent at the eighth recipient", forty, named: [.rcptLimit]) {
      $0.recipients.count > 7 ? .silentAfter(7) : .served
    },
    Row("falls silent at the thirteenth recipient", forty, named: [.rcptLimit]) {
      $0.recipients.count > 12 ? .silentAfter(12) : .served
    },
    Row("never answers a message to more than seven", message(to: 40), named: [.rcptLimit]) {
      $0.recipients.count > 7 ? .silent(.dot) : .served
    },
    Row("hangs up on DATA behind more than twelve", forty, named: [.rcptLimit]) {
      $0.recipients.count > 12 ? .closed(.data) : .served
    },
    Row("never answers a message to one by name", message(to: 40)) {
      $0.recipients.contains(18) ? .silent(.dot) : .served
    },
    Row("takes the five recipients that it announces", announcing(5), confirmed: [.limitsExtension])
    { .putOff(places(behind: 5, in: $0), 452, "4.5.3 Too many recipients") },
    Row("announces seven recipients and takes five", announcing(7), confirmed: [.rcptLimit]) {
      .putOff(places(behind: 5, in: $0), 452, "4.5.3 Too many recipients")
    },
    Row(
      "knows no PROXY header", asking { $0.proxy = ProxyHeader(.v1) },
      confirmed: [.proxyHeaderUnwanted]
    ) { $0.asked.proxy != nil ? .refused(.banner, 554) : .served },
    Row("turns away whom a PROXY header does not name", asking { $0.proxy = ofNobody }) {
      $0.asked.proxy == ofNobody ? .refused(.banner, 554) : .served
    },
    Row("wants a PROXY header", confirmed: [.proxyHeaderExpected]) {
      $0.asked.proxy == nil ? .silent(.banner) : .served
    },
    Row("greets whoever speaks, with a header or without", confirmed: [.waitsForClientFirst]) {
      $0.asked.proxy == nil && !$0.asked.pregreet ? .silent(.banner) : .served
    },
    Row("speaks TLS from the first byte", confirmed: [.implicitTlsPort]) {
      $0.asked.tls == .implicit ? .served : .silent(.banner)
    },
    Row("speaks TLS from the first byte, and greets nobody") { _ in .silent(.banner) },
    Row(
      "never hears that we are connected, or asks whether we are there",
      with { $0.repeatsHandshake = true }, named: [.halfOpenServerFirst, .waitsForClientFirst]
    ) { $0.asked.pregreet ? .served : .silent(.banner) },
    Row("takes FIN for an abort", leaving(early: true), confirmed: [.finWithQuit]) {
      $0.asked.halfClose ? .closed(.dot) : .served
    },
    Row(
      "takes QUIT with the dot for an abort", leaving(early: true), confirmed: [.dotQuitPipelining]
    ) { $0.asked.earlyQuit ? .closed(.dot) : .served },
    Row("answers a message when QUIT has come behind it", message("x\r\n", size: 300)) {
      $0.asked.earlyQuit ? .served : .silent(.dot)
    },
    Row("answers a message when our side is closed", message("x\r\n", size: 300)) {
      $0.asked.halfClose ? .served : .silent(.dot)
    },
    Row("hangs up on every message", leaving(early: true)) { _ in .closed(.dot) },
    Row(
      "takes FIN behind QUIT for an abort", leaving(early: false),
      confirmed: [.halfCloseIntolerance]
    ) { $0.asked.halfClose ? .closed(.quit) : .served },
    Row("minds the name in a hello", hello(of: 600), confirmed: [.tlsLegacyIntolerance]) {
      $0.helloSize != nil && $0.asked.tlsSNI != "" ? .silent(.tls) : .served
    },
    Row("takes hellos of 580 bytes at most", hello(of: 600)) {
      ($0.helloSize ?? 0) > 580 ? .silent(.tls) : .served
    },
    Row("is behind a box that breaks TLS 1.3", hello(of: 500), confirmed: [.tls13MiddleboxVersion])
    { $0.helloSize == nil || speaksTLS12($0) ? .served : .silent(.tls) },
    Row(
      "loses what comes with Finished", with { $0.isUnderTLS = true },
      confirmed: [.tlsRecordSizeOrEarlySecret]
    ) {
      !$0.isUnderTLS || speaksTLS12($0) || $0.variation?.name == "finished"
        ? .served : .silent(.ehlo)
    },
    Row("hangs at EHLO under TLS 1.3", with { $0.isUnderTLS = true }) {
      !$0.isUnderTLS || speaksTLS12($0) ? .served : .silent(.ehlo)
    },
    Row("knows no null sender", named: [.commandSyntaxOrOptionChoke]) {
      $0.asked.from == "<>" ? .refused(.mail, 501) : .served
    },
    Row("dislikes our name", asking { $0.ehlo = "our_host" }) {
      $0.asked.ehlo == "our_host" ? .closed(.ehlo) : .served
    },
  ]

  static func asking(_ change: (inout SessionOptions) -> Void) -> PlayedSession {
    with { change(&$0.asked) }
  }

  private static let ofNobody = ProxyHeader(.v1, .nobody)

  private static func speaksTLS12(_ session: PlayedSession) -> Bool {
    session.asked.tlsPriority?.hasSuffix("+VERS-TLS1.2") == true
  }

  private static func announcing(_ number: Int) -> PlayedSession {
    var session = forty
    session.capabilities.append("LIMITS RCPTMAX=\(number)")
    return session
  }

  private static func message(to number: Int) -> PlayedSession {
    var session = forty
    session.message = .of("x\r\n", size: 300)
    return session
  }

  private static func leaving(early: Bool) -> PlayedSession {
    var session = message("x\r\n", size: 300)
    (session.asked.earlyQuit, session.asked.halfClose) = (early, true)
    return session
  }
}
