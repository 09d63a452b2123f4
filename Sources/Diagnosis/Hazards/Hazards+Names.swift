import SMTPDialogue
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
      id: .mxLoop,
      text: "the mail exchanger calls itself \(short(theirs)), as we do: a mail server of that name"
        + " would say that the mail loops back to itself, and bounce it")
  }

  /// I1 `ipv6-broken-path` and I7 `multi-mx-partial`: an address that was to be tried first could not be
  /// reached, and another one was.
  ///
  /// The mail goes, late; a client that tries one address, or one family, gives up (Exim
  /// `hosts_max_try`; Postfix `smtp_mx_address_limit`).
  var passedOver: Hazard? {
    guard let reached = attempts.last, reached.failure == nil else { return nil }
    let failed = attempts.filter {
      $0.failure?.isAboutPolicy == false && $0.address != reached.address
    }
    guard let first = failed.first, let failure = first.failure else { return nil }
    let isFamily = failed.allSatisfy { $0.address.contains(":") } && !reached.address.contains(":")
    let others = Set(failed.map(\.address)).count - 1
    return Hazard(
      id: isFamily ? .ipv6BrokenPath : .multiMxPartial,
      text: short(first.address) + (others > 0 ? " and \(count(others, "other"))" : "")
        + " could not be reached (\(short(failure.name)) after \(durationText(first.duration)));"
        + " \(short(reached.address)) was, \(durationText(reached.start)) into the session, and a"
        + " client that stops at the first address does not get there")
  }

  /// `aaaa-lookup-fails`, `a-lookup-fails`: a name server fails, or loses, the question for addresses of
  /// one family, and answers the one for the other (RFC 4074 section 4).
  ///
  /// It must say that there is no such record. A client that takes the failure for an answer puts the mail
  /// off: Sendmail has an option against it (`WorkAroundBrokenAAAA`), musl gives the whole name up.
  var failedQuestion: Hazard? {
    guard let failed = failedLookups?.first else { return nil }
    let other = failed.type == "AAAA" ? "A" : "AAAA"
    let others = Set((failedLookups ?? []).map(\.name)).count - 1
    let waited = failed.failure.name == "ETIMEDOUT"
    return Hazard(
      id: failed.type == "AAAA" ? .aaaaLookupFails : .aLookupFails,
      text: "the question for \(failed.type) records of \(short(failed.name))"
        + (waited
          ? " was not answered within \(durationText(failed.duration))"
          : " failed (\(short(failed.failure.name)))")
        + (others > 0 ? ", as for \(count(others, "other name"))" : "")
        + ", while the one for \(other) records brought addresses; a mail server that asks for both "
        + (waited ? "waits for it, and may put the mail off" : "may put the mail off"))
  }

  /// What we said in EHLO or HELO.
  private var ourName: String? {
    commands.last { isHello($0.text) }.map { bare($0.text.drop { $0 != " " }.dropFirst()) }
  }

  /// The first word of the reply to it (RFC 5321 section 4.1.1.1).
  private var nameOfServer: String? {
    replies.last {
      $0.stage == .ehlo && $0.command.map(isHello) != false && $0.wasDue && $0.code < 300
    }?.lines.first
      .map { bare($0.prefix { $0 != " " }) }
  }

  private func isHello(_ line: String) -> Bool { Verb(ofLine: line)?.isHello == true }

  private func bare(_ name: some StringProtocol) -> String { withoutRootDot(name.lowercased()) }
}
