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
        session.trace, .tlsFailed, .tls, exit: 53, text,
        error: "dane_mismatch: \(text)"))
  }()

  /// A policy of MTA-STS in force that names none of two exchangers.
  static let notInPolicy: Sample = {
    var session = Session(
      arguments: ["mx:example.com", "--mta-sts"], options: ["mta_sts": .flag(true)])
    session.trace.target.given = "mx:example.com"
    session.trace.target.host = "example.com"
    let strangers = ["mx1.example.net", "mx2.example.net"].map { host in
      TLSPolicyRecord(
        kind: .sts, domain: "example.com", host: host, mode: .enforce, result: .validationFailure,
        reason: "not in the policy: passed over")
    }
    session.trace.tlsPolicies =
      [
        TLSPolicyRecord(
          kind: .sts, domain: "example.com",
          strings: ["version: STSv1", "mode: enforce", "mx: *.example.com", "max_age: 86400"],
          mode: .enforce, took: 204_000)
      ] + strangers
    let text = "the policy of example.com names none of its exchangers"
    session.stage(.resolve, 0, nil)
    session.trace.ending = .unreachable(
      SystemFailure(call: "MTA-STS", name: "NOT_IN_POLICY", code: 0, text: text))
    session.trace.endingStage = .resolve
    session.trace.duration = 236_000
    session.trace.waited = 204_000
    return Sample(
      "not in the policy", session.trace,
      verdict(
        session.trace, .unreachable, .resolve, exit: 20,
        "none of the 2 exchangers of example.com is in its MTA-STS policy: none was connected to",
        error: "NOT_IN_POLICY (MTA-STS): \(text)"))
  }()
}
