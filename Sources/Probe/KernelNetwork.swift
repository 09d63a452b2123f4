package import SessionOptions
package import SessionTrace
package import Wire

/// The real network: the kernel's sockets, its clock, and the C library's resolver.
package final class KernelNetwork: Network {
  private let loop: EventLoop
  /// One for each name server that was asked so far; the system's stands under `nil`.
  private var resolvers: [Endpoint?: Resolver] = [:]

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
    for target: TargetPlan, family: AddressFamily,
    _ done: @escaping (Result<[Candidate], ResolveFailure>) -> Void
  ) {
    switch target.place {
    case .unix(let path):
      loop.soon { done(.success([Candidate(endpoint: .unix(path: path), host: path)])) }
    case .host(let name):
      collect(from: [MailExchanger(preference: 0, host: name)], target, family) {
        // No MX record named it: it has no preference, and may be an alias like any host.
        done($0.map { found in found.map { Candidate(endpoint: $0.endpoint, host: $0.host) } })
      }
    case .mailDomain(let domain):
      resolver(for: target, done)?.mailExchangers(of: domain) { [weak self] result in
        switch result {
        case .failure(let failure): done(.failure(failure))
        case .success(let exchangers): self?.collect(from: exchangers, target, family, done)
        }
      }
    }
  }

  /// The resolver for a target; `nil` when there can be none, which `done` has then been told.
  private func resolver(
    for target: TargetPlan, _ done: @escaping (Result<[Candidate], ResolveFailure>) -> Void
  ) -> Resolver? {
    if let known = resolvers[target.nameServer] { return known }
    do throws(WireError) {
      let made =
        try target.nameServer.map { server throws(WireError) in
          try Resolver(loop: loop, nameServer: server)
        } ?? Resolver(loop: loop)
      resolvers[target.nameServer] = made
      return made
    } catch {
      let failure = error.failure
      loop.soon { done(.failure(.failed(failure))) }
      return nil
    }
  }

  private func collect(
    from exchangers: [MailExchanger], _ target: TargetPlan, _ family: AddressFamily,
    _ done: @escaping (Result<[Candidate], ResolveFailure>) -> Void
  ) {
    guard let resolver = resolver(for: target, done) else { return }
    addresses(
      of: exchangers[...], Collection(port: target.port, family: family, resolver: resolver), done)
  }

  /// What has been found so far.
  private struct Collection {
    let port: Int
    let family: AddressFamily
    let resolver: Resolver
    var found: [Candidate] = []
    var lastFailure: ResolveFailure?
    /// Of names that were passed over since the last candidate.
    var remarks: [String] = []

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
        found[found.count - addresses.numbers.count].remarks = remarks
        remarks = []
      }
    }

    mutating func pass(_ exchanger: MailExchanger, _ failure: ResolveFailure) {
      lastFailure = failure
      let reason = failure.failure
      remarks.append(
        "\(told(exchanger.host)) has no address: \(reason.name): \(told(reason.text))")
    }

    /// Names come from anybody.
    private func told(_ text: String) -> String { escapedText(text.utf8) }

    var result: Result<[Candidate], ResolveFailure> {
      guard let last = found.indices.last else {
        return lastFailure.map { .failure($0) } ?? .success([])
      }
      var found = found
      found[last].remarks += remarks
      return .success(found)
    }
  }

  /// Every address of every exchanger, in order; a name without addresses is passed over, unless
  /// none has any (RFC 5321 section 5.1).
  private func addresses(
    of exchangers: ArraySlice<MailExchanger>, _ collection: Collection,
    _ done: @escaping (Result<[Candidate], ResolveFailure>) -> Void
  ) {
    guard let next = exchangers.first else { return done(collection.result) }
    collection.resolver.addresses(of: next.host, family: collection.family) { [weak self] result in
      var collection = collection
      switch result {
      case .success(let addresses): collection.add(addresses, of: next)
      case .failure(let failure): collection.pass(next, failure)
      }
      self?.addresses(of: exchangers.dropFirst(), collection, done)
    }
  }
}

extension StreamSocket: Transport {}
