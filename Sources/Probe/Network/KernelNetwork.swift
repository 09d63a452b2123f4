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
    _ done: @escaping (Result<[Candidate], NoCandidate>) -> Void
  ) {
    let search = Search(target: target, family: family, limit: limit)
    switch target.place {
    case .unix(let path):
      loop.soon { done(.success([Candidate(endpoint: .unix(path: path), host: path)])) }
    case .host(let name):
      collect(from: [MailExchanger(preference: 0, host: name)], search) {
        done($0.ofHost)
      }
    case .mailDomain(let domain):
      let told = { (failure: ResolveFailure) in done(.failure(NoCandidate(failure))) }
      resolver(asking: target.nameServer, told)?.mailExchangers(of: domain, within: limit) {
        [weak self] result in
        switch result {
        case .failure(let failure): told(failure)
        case .success(let route):
          self?.collect(from: route.exchangers, search) { done($0.result(of: domain, by: route)) }
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
    let told = { (failure: ResolveFailure) in done(.failure(failure)) }
    resolver(asking: nameServer, told)?.texts(of: name, within: limit, done)
  }

  /// The resolver that asks this name server; `nil` when there can be none, and `failed` is told why.
  private func resolver(
    asking nameServer: Endpoint?, _ failed: @escaping (ResolveFailure) -> Void
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
      loop.soon { failed(.failed(failure)) }
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

  /// Every address of every exchanger, in order; a name without addresses is passed over (RFC 5321 section
  /// 5.1).
  ///
  /// All are looked up at once: each name has the whole time, and many slow ones take no longer than one.
  private func collect(
    from exchangers: [MailExchanger], _ search: Search,
    _ done: @escaping (CandidateCollection) -> Void
  ) {
    var collection = CandidateCollection(port: search.target.port)
    let failed = { (failure: ResolveFailure) in
      for exchanger in exchangers { collection.pass(exchanger, failure) }
      done(collection)
    }
    guard let resolver = resolver(asking: search.target.nameServer, failed) else { return }
    let asked = exchangers.prefix(Self.mostExchangers)
    var results = [Result<HostAddresses, ResolveFailure>?](repeating: nil, count: asked.count)
    var missing = asked.count
    for (index, exchanger) in asked.enumerated() {
      resolver.addresses(of: exchanger.host, family: search.family, within: search.limit) {
        results[index] = $0
        missing -= 1
        guard missing == 0 else { return }
        for (index, exchanger) in asked.enumerated() {
          switch results[index] {
          case .success(let addresses): collection.add(addresses, of: exchanger)
          case .failure(let failure): collection.pass(exchanger, failure)
          case nil: break
          }
        }
        collection.leaveOut(exchangers.count - asked.count)
        done(collection)
      }
    }
  }
}

extension StreamSocket: Transport {}
