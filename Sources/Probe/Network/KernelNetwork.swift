package import SessionOptions
package import SessionTrace
package import Wire

/// The real network: the kernel's sockets, its clock, and the C library's resolver.
package final class KernelNetwork: Network {
  private let loop: EventLoop
  private var systemResolver: Resolver?
  /// One for each name server that was asked so far.
  private var resolvers: [Endpoint: Resolver] = [:]
  package let policies = PolicyMemory()
  private var validators: [ValidatorPlan: Validator] = [:]

  package init(loop: EventLoop) { self.loop = loop }

  package var now: Microseconds { loop.now }

  package var wallClockAtZero: Microseconds { loop.wallClockAtZero }

  package func makeTransport() -> any Transport { StreamSocket(loop: loop) }

  package func schedule(at moment: Microseconds, _ action: @escaping () -> Void) -> () -> Void {
    let token = loop.schedule(at: moment, action)
    return { [loop] in loop.cancel(token) }
  }

  package func soon(_ action: @escaping () -> Void) { loop.soon(action) }

  package func tracePath(
    to address: String, from local: String?, _ done: @escaping (PathLength) -> Void
  ) -> () -> Void {
    // A host that cannot do it leaves the path unknown, as a silent path does.
    guard let tracer = try? PathTracer(loop: loop, target: address, from: local) else {
      loop.soon { done(PathLength()) }
      return {}
    }
    // The loop holds it weakly; whoever may give it up keeps it.
    tracer.start(done)
    return { tracer.cancel() }
  }

  package func candidates(
    for target: TargetPlan, family: AddressFamily, within limit: Microseconds,
    _ done: @escaping (Result<[Candidate], ResolveFailure>) -> Void
  ) {
    let search = Search(target: target, family: family, limit: limit)
    switch target.place {
    case .unix(let path):
      loop.soon { done(.success([Candidate(endpoint: .unix(path: path), host: path)])) }
    case .host(let name):
      collect(from: [MailExchanger(preference: 0, host: name)], search) {
        // No MX record named it: it has no preference, and may be an alias like any host.
        done(
          $0.map { found in
            found.map {
              Candidate(endpoint: $0.endpoint, host: $0.host, failedLookups: $0.failedLookups)
            }
          })
      }
    case .mailDomain(let domain):
      resolver(asking: target.nameServer, done)?.mailExchangers(of: domain, within: limit) {
        [weak self] result in
        switch result {
        case .failure(let failure): done(.failure(failure))
        case .success(let exchangers): self?.collect(from: exchangers, search, done)
        }
      }
    }
  }

  package func ask(
    _ question: SecureQuestion, by plan: ValidatorPlan, within limit: Microseconds,
    _ done: @escaping (SecureAnswer) -> Void
  ) {
    do throws(Validator.Problem) {
      if validators[plan] == nil { validators[plan] = try Validator(loop: loop, plan) }
      validators[plan]?.ask(question, within: limit, done)
    } catch {
      let reason: String? = if case .refused(let words) = error { words } else { nil }
      loop.soon { done(SecureAnswer(.indeterminate, reason: reason)) }
    }
  }

  package func texts(
    of name: String, nameServer: Endpoint?, within limit: Microseconds,
    _ done: @escaping (Result<[[UInt8]], ResolveFailure>) -> Void
  ) {
    resolver(asking: nameServer, done)?.texts(of: name, within: limit, done)
  }

  /// The resolver that asks this name server; `nil` when there can be none, which `done` has then been told.
  private func resolver<Found>(
    asking nameServer: Endpoint?, _ done: @escaping (Result<Found, ResolveFailure>) -> Void
  ) -> Resolver? {
    guard let nameServer else {
      let resolver = systemResolver ?? Resolver(loop: loop)
      systemResolver = resolver
      return resolver
    }
    if let known = resolvers[nameServer] { return known }
    do throws(WireError) {
      let made = try Resolver(loop: loop, nameServer: nameServer)
      resolvers[nameServer] = made
      return made
    } catch {
      let failure = error.failure
      loop.soon { done(.failure(.failed(failure))) }
      return nil
    }
  }

  /// What is searched for, and how long each lookup may take.
  private struct Search {
    let target: TargetPlan
    let family: AddressFamily
    let limit: Microseconds
  }

  /// More exchangers than any domain has that wants mail.
  private static let mostExchangers = 32

  /// Every address of every exchanger, in order; a name without addresses is passed over, unless
  /// none has any (RFC 5321 section 5.1).
  ///
  /// All are looked up at once: each name has the whole time, and many slow ones take no longer than one.
  private func collect(
    from exchangers: [MailExchanger], _ search: Search,
    _ done: @escaping (Result<[Candidate], ResolveFailure>) -> Void
  ) {
    guard let resolver = resolver(asking: search.target.nameServer, done) else { return }
    let asked = exchangers.prefix(Self.mostExchangers)
    var results = [Result<HostAddresses, ResolveFailure>?](repeating: nil, count: asked.count)
    var missing = asked.count
    for (index, exchanger) in asked.enumerated() {
      resolver.addresses(of: exchanger.host, family: search.family, within: search.limit) {
        results[index] = $0
        missing -= 1
        guard missing == 0 else { return }
        var collection = Collection(port: search.target.port)
        for (index, exchanger) in asked.enumerated() {
          switch results[index] {
          case .success(let addresses): collection.add(addresses, of: exchanger)
          case .failure(let failure): collection.pass(exchanger, failure)
          case nil: break
          }
        }
        collection.leaveOut(exchangers.count - asked.count)
        done(collection.result)
      }
    }
  }

  /// What has been found so far.
  private struct Collection {
    let port: Int
    var found: [Candidate] = []
    var lastFailure: ResolveFailure?
    /// Of names that were passed over since the last candidate.
    var remarks: [String] = []
    var passedOver: [PassedOver] = []

    mutating func add(_ addresses: HostAddresses, of exchanger: MailExchanger) {
      if let alias = addresses.alias {
        remarks.append(
          "\(told(exchanger.host)) is an alias (CNAME) of \(told(alias));"
            + " RFC 5321 section 5.1 wants a name that has addresses itself")
      }
      found += addresses.numbers.map {
        Candidate(
          endpoint: .ip(address: $0, port: port), host: exchanger.host,
          preference: exchanger.preference)
      }
      if !addresses.numbers.isEmpty {
        let first = found.count - addresses.numbers.count
        found[first].remarks = remarks
        found[first].failedLookups = addresses.failed
        found[first].passedOver = passedOver
        remarks = []
        passedOver = []
      }
    }

    mutating func pass(_ exchanger: MailExchanger, _ failure: ResolveFailure) {
      lastFailure = failure
      let name = told(exchanger.host)
      let reason = told(failure.failure.text)
      let remark =
        switch failure {
        case .notFound: "\(name) has no address: \(reason)"
        case .temporary, .failed, .nullMX:
          "the addresses of \(name) could not be found out: \(reason)"
        }
      remarks.append(remark)
      passedOver.append(
        PassedOver(host: exchanger.host, preference: exchanger.preference, reason: remark))
    }

    mutating func leaveOut(_ count: Int) {
      if count > 0 { remarks.append("\(count) more mail exchangers were not looked up") }
    }

    /// Names come from anybody.
    private func told(_ text: String) -> String { escapedText(text.utf8) }

    var result: Result<[Candidate], ResolveFailure> {
      guard let last = found.indices.last else {
        return lastFailure.map { .failure($0) } ?? .success([])
      }
      var found = found
      found[last].remarks += remarks
      found[last].passedOver += passedOver
      return .success(found)
    }
  }
}

extension StreamSocket: Transport {}
