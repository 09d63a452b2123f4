import SessionTrace

/// Hazards in where names lead.
extension Trace {
  /// I2 `mx-loop`: the exchanger calls itself what we call ourselves.
  ///
  /// Postfix takes that for a loop and says so: "mail for example.com loops back to myself"
  /// (`smtp_helo` in `smtp_proto.c`). Only where an MX record led here; who connects to a host by its
  /// name may well be that host.
  var mailLoop: Hazard? {
    guard target.mxPreference != nil, let ours = ourName, let theirs = nameOfServer,
      ours == theirs
    else { return nil }
    return Hazard(
      id: "mx-loop",
      text: "the mail exchanger calls itself \(short(theirs)), as we do: a mail server of that name"
        + " would say that the mail loops back to itself, and bounce it")
  }

  /// What we said in EHLO or HELO.
  private var ourName: String? {
    commands.last { $0.stage == .ehlo }.map { bare($0.text.drop { $0 != " " }.dropFirst()) }
  }

  /// The first word of the reply to it (RFC 5321 section 4.1.1.1).
  private var nameOfServer: String? {
    replies.last { $0.stage == .ehlo && $0.wasDue && $0.code < 300 }?.lines.first.map {
      bare($0.prefix { $0 != " " })
    }
  }

  private func bare(_ name: some StringProtocol) -> String {
    let lower = name.lowercased()
    return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
  }
}
