import CLinuxSocket
package import SessionOptions
import SessionTrace

/// Names to addresses without ever blocking the loop.
///
/// The system's resolver does the work (`getaddrinfo`, `res_nquery`), a thread a lookup, because it
/// knows hosts files, search lists and name service switches; unless one name server is to be asked. It has no deadline of its own: who
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

  /// A resolver that asks one name server for everything.
  ///
  /// What *that* server says, and nothing else: no hosts file, no search list, no other server. Its
  /// answers come by the same library (`res_nquery`, `ns_parserr`).
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
  ///
  /// A name server that is asked directly also says whether the name is an alias.
  @discardableResult
  package func addresses(
    of host: String, family: AddressFamily = .any,
    _ done: @escaping (Result<HostAddresses, ResolveFailure>) -> Void
  ) -> Token {
    let kernelFamily =
      switch family {
      case .any: WIRE_FAMILY_NONE
      case .ipv4: WIRE_FAMILY_IPV4
      case .ipv6: WIRE_FAMILY_IPV6
      }
    return begin(.addresses(host: host, kernelFamily, nameServer: nameServer)) { answers, alias in
      switch answers {
      case .success(let found):
        var seen: Set<String> = []
        let numbers = found.map(\.text).filter { seen.insert($0).inserted }
        done(.success(HostAddresses(numbers: numbers, alias: alias)))
      case .failure(var failure):
        if let alias { failure.failure.text = "an alias of \(alias): " + failure.failure.text }
        done(.failure(ResolveFailure(failure)))
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
    begin(.mailExchangers(domain: domain, nameServer: nameServer)) { answers, _ in
      done(exchangers(of: domain, from: answers))
    }
  }

  /// Drops a lookup; it will not call back.
  package func abandon(_ token: Token) {
    lookups[token] = nil
  }

  private func begin(
    _ question: Lookup.Question, _ done: @escaping Lookup.Completion
  ) -> Token {
    lastToken += 1
    let token = Token(number: lastToken)
    let finish: Lookup.Completion = { [weak self] answers, alias in
      // Missing when it was abandoned: nobody waits any more.
      guard let lookup = self?.lookups.removeValue(forKey: token) else { return }
      withExtendedLifetime(lookup) { done(answers, alias) }
    }
    do {
      lookups[token] = .some(try Lookup(loop: loop, question, done: finish))
    } catch {
      let failure = Lookup.Failure(status: WIRE_LOOKUP_FAILED, failure: error.failure)
      lookups[token] = .some(nil)
      loop.soon { finish(.failure(failure), nil) }
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
