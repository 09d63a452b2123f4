import CLinuxSocket
package import SessionOptions
package import SessionTrace

/// Names to addresses without ever blocking the loop.
///
/// Bare host names are the system's matter (`getaddrinfo`), because it knows hosts files, search lists
/// and name service switches; unless one name server is to be asked. MX records, and that name server,
/// are asked by questions of our own, which tell what came back. Each lookup is over within the limit
/// that its asker names.
package final class Resolver {
  /// A lookup's name, for abandoning it.
  package struct Token: Sendable, Hashable {
    let number: UInt64
  }

  private let loop: EventLoop
  private let nameServer: SocketAddress?
  /// Whatever works on it; `nil` for one that could not begin and has yet to say so.
  private var lookups: [UInt64: AnyObject?] = [:]
  private var lastToken: UInt64 = 0

  /// A resolver that answers on this loop; letting it go abandons its lookups.
  package init(loop: EventLoop) {
    self.loop = loop
    nameServer = nil
  }

  /// A resolver that asks one name server for everything.
  ///
  /// What *that* server says, and nothing else: no hosts file, no search list, no other server.
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
    of host: String, family: AddressFamily = .any, within limit: Microseconds,
    _ done: @escaping (Result<HostAddresses, ResolveFailure>) -> Void
  ) -> Token {
    // What is a number already is nobody's to look up, unless it is of the wrong family.
    if let number = number(host, family) { return answer(.success(number), done) }
    if let nameServer, unsafe wire_is_address(host) == 0 {
      return begin(done) { loop, finish throws(FailedCall) in
        try AddressQuestions(
          loop: loop, host: host, family: family, nameServer: nameServer, limit: limit, finish)
      }
    }
    let kernelFamily =
      switch family {
      case .any: WIRE_FAMILY_NONE
      case .ipv4: WIRE_FAMILY_IPV4
      case .ipv6: WIRE_FAMILY_IPV6
      }
    return begin(done) { loop, finish throws(FailedCall) in
      try Lookup(loop: loop, .addresses(host: host, kernelFamily), limit: limit) { result in
        var seen: Set<String> = []
        finish(
          result.map { found in
            HostAddresses(numbers: found.records.map(\.text).filter { seen.insert($0).inserted })
          }.mapError { ResolveFailure($0.status, $0.failure) })
      }
    }
  }

  /// Finds the mail exchangers of a domain; calls back from the loop, never before this
  /// returns.
  ///
  /// A domain that exists without MX record is its own exchanger (RFC 5321 section 5.1).
  @discardableResult
  package func mailExchangers(
    of domain: String, within limit: Microseconds,
    _ done: @escaping (Result<MailRoute, ResolveFailure>) -> Void
  ) -> Token {
    let nameServer = nameServer
    return begin(done) { loop, finish throws(FailedCall) in
      try Lookup(
        loop: loop, .records(.mx, name: domain, nameServer: nameServer), limit: limit
      ) { finish(route(to: domain, from: $0)) }
    }
  }

  /// Finds the TXT records of a name, the strings of each as one; calls back from the loop, never before this
  /// returns.
  @discardableResult
  package func texts(
    of name: String, within limit: Microseconds,
    _ done: @escaping (Result<[[UInt8]], ResolveFailure>) -> Void
  ) -> Token {
    let nameServer = nameServer
    return begin(done) { loop, finish throws(FailedCall) in
      try Lookup(
        loop: loop, .records(.txt, name: name, nameServer: nameServer), limit: limit
      ) { result in
        finish(
          result.map { $0.records.map(\.bytes) }.mapError {
            ResolveFailure([(Lookup.RecordType.txt.rawValue, $0)], alias: $0.alias)
          })
      }
    }
  }

  /// Drops a lookup; it will not call back.
  package func abandon(_ token: Token) {
    lookups[token.number] = nil
  }

  /// What is known without asking.
  private func answer<Success>(
    _ result: Result<Success, ResolveFailure>,
    _ done: @escaping (Result<Success, ResolveFailure>) -> Void
  ) -> Token {
    lastToken += 1
    let token = Token(number: lastToken)
    lookups[token.number] = .some(nil)
    loop.soon { [weak self] in
      if self?.lookups.removeValue(forKey: token.number) != nil { done(result) }
    }
    return token
  }

  /// Keeps what works on a lookup until it has called back.
  private func begin<Success>(
    _ done: @escaping (Result<Success, ResolveFailure>) -> Void,
    _ make: (EventLoop, @escaping (Result<Success, ResolveFailure>) -> Void) throws(FailedCall) ->
      AnyObject
  ) -> Token {
    lastToken += 1
    let token = Token(number: lastToken)
    let finish: (Result<Success, ResolveFailure>) -> Void = { [weak self] result in
      // Missing when it was abandoned: nobody waits any more.
      guard let lookup = self?.lookups.removeValue(forKey: token.number) else { return }
      withExtendedLifetime(lookup) { done(result) }
    }
    do {
      lookups[token.number] = .some(try make(loop, finish))
    } catch {
      let failure = error.failure
      lookups[token.number] = .some(nil)
      loop.soon { finish(.failure(.failed(failure))) }
    }
    return token
  }
}

/// The address that a host's name is itself; `nil` for a name, and for an address of another family.
private func number(_ host: String, _ family: AddressFamily) -> HostAddresses? {
  guard let address = try? SocketAddress(.ip(address: host, port: 0)),
    case .ip(let number, _)? = address.endpoint
  else { return nil }
  switch family {
  case .any: break
  case .ipv4: guard address.family == WIRE_FAMILY_IPV4 else { return nil }
  case .ipv6: guard address.family == WIRE_FAMILY_IPV6 else { return nil }
  }
  return HostAddresses(numbers: [number], isLiteral: true)
}

/// Sorts the answers and reads the two special cases: none (implicit MX), and the null MX.
private func route(
  to domain: String, from result: Result<Lookup.Answers, Lookup.Failure>
) -> Result<MailRoute, ResolveFailure> {
  switch result {
  case .success(let found):
    let records = found.records.map { MailExchanger(preference: $0.preference, host: $0.text) }
    let usable = records.filter { $0.host != "." }
    guard !usable.isEmpty else { return .failure(.nullMX) }
    let sorted = usable.enumerated().sorted {
      ($0.element.preference, $0.offset) < ($1.element.preference, $1.offset)
    }
    return .success(
      MailRoute(sorted.map(\.element), hasNullMX: usable.count < records.count))
  case .failure(let failure) where failure.status == WIRE_LOOKUP_NO_DATA:
    return .success(MailRoute([MailExchanger(preference: 0, host: domain)], isImplicit: true))
  case .failure(let failure):
    return .failure(
      ResolveFailure([(Lookup.RecordType.mx.rawValue, failure)], alias: failure.alias))
  }
}

extension ResolveFailure {
  /// Why some questions for records of one name, at least one, all brought nothing.
  ///
  /// What a name server could not say weighs more than what it said: a name without AAAA record, whose
  /// A records nobody could be asked for, is not one without address.
  init(_ failures: [(type: String, failure: Lookup.Failure)], alias: String?) {
    let isSettled = { (status: wire_lookup_status) in
      status == WIRE_LOOKUP_NO_SUCH_NAME || status == WIRE_LOOKUP_NO_DATA
    }
    let decisive = failures.first { !isSettled($0.failure.status) } ?? failures.first
    guard let (_, told) = decisive else { preconditionFailure("a failure of no question") }
    var groups: [(types: [String], failure: SystemFailure)] = []
    for (type, failure) in failures {
      if let index = groups.firstIndex(where: { $0.failure == failure.failure }) {
        groups[index].types.append(type)
      } else {
        groups.append(([type], failure.failure))
      }
    }
    // The name of the only one stands beside the text wherever it is told.
    let questions = groups.map { types, failure in
      "\(types.joined(separator: " and ")): \(failure.text)"
        + (groups.count > 1 ? " (\(failure.name))" : "")
    }
    var failure = told.failure
    failure.text =
      (alias.map { "an alias of \($0): " } ?? "") + questions.joined(separator: "; ")
    self.init(told.status, failure)
  }

  init(_ status: wire_lookup_status, _ failure: SystemFailure) {
    switch status {
    case WIRE_LOOKUP_NO_SUCH_NAME, WIRE_LOOKUP_NO_DATA: self = .notFound(failure)
    case WIRE_LOOKUP_TEMPORARY: self = .temporary(failure)
    default: self = .failed(failure)
    }
  }
}
