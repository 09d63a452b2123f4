package import SessionTrace
package import Wire

/// The real network: the kernel's sockets, its clock, and the C library's resolver.
package final class KernelNetwork: Network {
  private let loop: EventLoop
  private let resolver: Resolver

  package init(loop: EventLoop) {
    self.loop = loop
    resolver = Resolver(loop: loop)
  }

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
      addresses(of: [MailExchanger(preference: 0, host: name)], port: target.port, family: family) {
        done($0.map { found in found.map { Candidate(endpoint: $0.endpoint, host: $0.host) } })
      }
    case .mailDomain(let domain):
      resolver.mailExchangers(of: domain) { [weak self] result in
        switch result {
        case .failure(let failure): done(.failure(failure))
        case .success(let exchangers):
          self?.addresses(of: exchangers, port: target.port, family: family, done)
        }
      }
    }
  }

  /// Every address of every exchanger, in order; a name without addresses is passed over, unless
  /// none has any (RFC 5321 section 5.1).
  private func addresses(
    of exchangers: [MailExchanger], port: Int, family: AddressFamily,
    found: [Candidate] = [], lastFailure: ResolveFailure? = nil,
    _ done: @escaping (Result<[Candidate], ResolveFailure>) -> Void
  ) {
    guard let next = exchangers.first else {
      if found.isEmpty, let lastFailure {
        done(.failure(lastFailure))
      } else {
        done(.success(found))
      }
      return
    }
    resolver.addresses(of: next.host, family: family) { [weak self] result in
      var found = found
      var failure = lastFailure
      switch result {
      case .success(let numbers):
        found += numbers.map {
          Candidate(
            endpoint: .ip(address: $0, port: port), host: next.host, preference: next.preference)
        }
      case .failure(let reason): failure = reason
      }
      self?.addresses(
        of: Array(exchangers.dropFirst()), port: port, family: family, found: found,
        lastFailure: failure, done)
    }
  }
}

extension StreamSocket: Transport {}
