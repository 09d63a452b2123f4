import Diagnosis
import SessionTrace

/// A mail exchanger's address, and the session with it; or an exchanger that has none.
package struct ReportedPlace: Sendable, Equatable {
  /// The exchanger's name, or the host's.
  package var host: String
  /// `nil` where no MX record named it.
  package var preference: Int?
  /// Whether the domain has no MX record, and this is its own name (RFC 5321 section 5.1).
  package var isImplicit: Bool
  /// In numbers, or a socket's path; `nil` for an exchanger without one.
  package var address: String?
  /// Why there is no session; `nil` where there is one.
  package var reason: String?
  /// Whether it was given up because it has no address, and not because it was not visited.
  package var isWithoutAddress: Bool
  package var session: SessionReport?

  package init(
    host: String, preference: Int?, isImplicit: Bool = false, address: String?, reason: String?,
    isWithoutAddress: Bool, session: SessionReport?
  ) {
    self.host = host
    self.preference = preference
    self.isImplicit = isImplicit
    self.address = address
    self.reason = reason
    self.isWithoutAddress = isWithoutAddress
    self.session = session
  }

  /// How it ended.
  var outcome: PlaceOutcome {
    guard let session else {
      return PlaceOutcome(
        withoutSession: reason ?? "not visited", hasAddress: !isWithoutAddress)
    }
    return PlaceOutcome(
      session.verdict,
      wasReached: session.trace.attempts.last.map { $0.failure == nil } ?? false)
  }

  /// Whether it ended as it should.
  var isWell: Bool { exitCode == 0 }

  /// What a process would have ended with that had this session alone.
  var exitCode: Int { session?.exitCode ?? outcome.exitCode }

  var severity: Int { isWell ? 0 : max(1, outcome.status.severity) }

  /// Whether this host has no way to any address of its kind: that says nothing about the domain.
  var isBeyondThisHost: Bool {
    guard let attempt = session?.trace.attempts.last else { return false }
    return attempt.failureOrigin == "local" && attempt.failure?.name == "ENETUNREACH"
  }

  /// `IPv4`, `IPv6`; `nil` where there is no address in numbers.
  var family: String? {
    guard let address, !address.hasPrefix("/") else { return nil }
    return address.contains(":") ? "IPv6" : "IPv4"
  }

  /// `mx1.example.com [192.0.2.25]`.
  var name: String { host + (address.map { $0 == host ? "" : " [\($0)]" } ?? "") }

  /// The command of this session alone.
  var command: ShellCommand? {
    guard let session, let address, family != nil else { return session?.command }
    var words = session.command.words
    if let place = words.firstIndex(of: "--server"), place + 1 < words.count {
      words.removeSubrange(place...(place + 1))
    }
    // TLSA records and policies are about names.
    let server = session.trace.tlsPolicies == nil ? address : host
    return ShellCommand(words: words + ["--server", server])
  }
}
