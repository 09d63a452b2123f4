import CLinuxSocket
import SessionTrace

/// Names to addresses without ever blocking the loop.
///
/// The system's resolver does the work (`getaddrinfo`, `res_nquery`), a thread a lookup, because it
/// knows hosts files, search lists and name service switches. It has no deadline of its own: who
/// asks sets a timer and lets go of the token.
package final class Resolver {
  /// A lookup's name, for abandoning it.
  package struct Token: Sendable, Hashable {
    let number: Int
  }

  private let loop: EventLoop
  private let nameServer: SocketAddress?
  /// `nil` for one that could not begin and has yet to say so.
  private var lookups: [Token: Lookup?] = [:]
  private var lastToken = 0

  /// A resolver that answers on this loop; letting it go abandons its lookups.
  package init(loop: EventLoop) {
    self.loop = loop
    nameServer = nil
  }

  /// A resolver that asks one name server, at an IPv4 endpoint, for MX records.
  ///
  /// For tests, and for asking a server of one's own. Addresses still come from the system, which
  /// knows more than name servers.
  package init(loop: EventLoop, nameServer: Endpoint) throws(WireError) {
    self.loop = loop
    do {
      self.nameServer = try SocketAddress(nameServer)
    } catch {
      throw WireError(
        operation: "use a name server", address: nameServer, failure: error.failure)
    }
  }

  /// Finds the numeric addresses of a host, each once, in the system's order; calls back from the
  /// loop, never before this returns.
  @discardableResult
  package func addresses(
    of host: String, family: AddressFamily = .any,
    _ done: @escaping (Result<[String], ResolveFailure>) -> Void
  ) -> Token {
    let kernelFamily =
      switch family {
      case .any: WIRE_FAMILY_NONE
      case .ipv4: WIRE_FAMILY_IPV4
      case .ipv6: WIRE_FAMILY_IPV6
      }
    return begin(.addresses(host: host, kernelFamily)) { answers in
      switch answers {
      case .success(let found):
        var seen: Set<String> = []
        done(.success(found.map(\.text).filter { seen.insert($0).inserted }))
      case .failure(let failure): done(.failure(ResolveFailure(failure)))
      }
    }
  }

  /// Finds the mail exchangers of a domain, best first; calls back from the loop, never before this
  /// returns.
  ///
  /// A domain that exists without MX record is its own exchanger (RFC 5321 section 5.1).
  @discardableResult
  package func mailExchangers(
    of domain: String, _ done: @escaping (Result<[MailExchanger], ResolveFailure>) -> Void
  ) -> Token {
    begin(.mailExchangers(domain: domain, nameServer: nameServer)) {
      done(exchangers(of: domain, from: $0))
    }
  }

  /// Drops a lookup; it will not call back.
  package func abandon(_ token: Token) {
    lookups[token] = nil
  }

  private func begin(
    _ question: Lookup.Question, _ done: @escaping (Lookup.Answers) -> Void
  ) -> Token {
    lastToken += 1
    let token = Token(number: lastToken)
    let finish: (Lookup.Answers) -> Void = { [weak self] answers in
      // Missing when it was abandoned: nobody waits any more.
      guard let lookup = self?.lookups.removeValue(forKey: token) else { return }
      withExtendedLifetime(lookup) { done(answers) }
    }
    do {
      lookups[token] = .some(try Lookup(loop: loop, question, done: finish))
    } catch {
      let failure = Lookup.Failure(status: WIRE_LOOKUP_FAILED, failure: error.failure)
      lookups[token] = .some(nil)
      loop.soon { finish(.failure(failure)) }
    }
    return token
  }
}

/// Sorts the answers and reads the two special cases: none (implicit MX), and the null MX.
private func exchangers(
  of domain: String, from answers: Lookup.Answers
) -> Result<[MailExchanger], ResolveFailure> {
  switch answers {
  case .success(let found):
    let records = found.map { MailExchanger(preference: $0.preference, host: $0.text) }
    let usable = records.filter { $0.host != "." }
    guard !usable.isEmpty else { return .failure(.nullMX) }
    return .success(
      usable.enumerated().sorted {
        ($0.element.preference, $0.offset) < ($1.element.preference, $1.offset)
      }.map(\.element))
  case .failure(let failure) where failure.status == WIRE_LOOKUP_NO_DATA:
    return .success([MailExchanger(preference: 0, host: domain)])
  case .failure(let failure): return .failure(ResolveFailure(failure))
  }
}

extension ResolveFailure {
  fileprivate init(_ failure: Lookup.Failure) {
    switch failure.status {
    case WIRE_LOOKUP_NO_SUCH_NAME, WIRE_LOOKUP_NO_DATA: self = .notFound(failure.failure)
    case WIRE_LOOKUP_TEMPORARY: self = .temporary(failure.failure)
    default: self = .failed(failure.failure)
    }
  }
}
