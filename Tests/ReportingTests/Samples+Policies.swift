import Diagnosis
import Reporting
import SessionTrace

extension Sample {
  /// Records of two exchangers: those of the first could not be had, those of the second do not fit.
  static let daneMismatch: Sample = {
    var session = Session(arguments: ["mx:example.com", "--dane"], options: ["dane": .flag(true)])
    session.trace.target.given = "mx:example.com"
    session.trace.target.host = "mx2.example.com"
    session.trace.target.mxPreference = 20
    session.connect()
    session.greet()
    session.send(.starttls, "STARTTLS", flight: 1, at: 95200)
    session.receive(.starttls, 220, ["2.0.0 Ready"], at: 126500, wait: 31300)
    session.stage(.starttls, 95200, 31300)
    session.stage(.tls, 126600, nil)
    let records = [
      String(repeating: "0123456789abcdef", count: 4), String(repeating: "7", count: 64),
    ]
    .map { "3 1 1 " + $0 }
    let text =
      "None of 2 TLSA records fits the certificate that was shown; this one would: 3 1 1 "
      + String(repeating: "89", count: 32) + "."
    session.trace.tlsPolicies = [
      TLSPolicyRecord(
        kind: .tlsa, domain: "mx1.example.com", host: "mx1.example.com", security: .indeterminate,
        result: .dnssecInvalid,
        reason:
          "there is no answer for TLSA of _25._tcp.mx1.example.com: the name server answered SERVFAIL",
        took: 900),
      TLSPolicyRecord(
        kind: .tlsa, domain: "mx2.example.com", host: "mx2.example.com", strings: records,
        security: .secure, result: .validationFailure, reason: text, took: 1100),
    ]
    let end = session.trace.commands.last?.end ?? 0
    session.close(
      .tlsFailed(TLSFailureRecord(name: "dane_mismatch", text: text)), at: .tls, duration: 158_000,
      ledger: Ledger(written: end, sent: end, acknowledged: end, answered: end, received: 900))
    return Sample(
      "records do not fit", session.trace,
      verdict(
        session.trace, .tlsFailed, .tls, exit: 53, "TLS failed: \(text)",
        error: "dane_mismatch: \(text)"))
  }()
}
