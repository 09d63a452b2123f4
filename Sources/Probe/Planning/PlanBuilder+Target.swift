import SessionOptions
import Wire

/// Where a session goes: TARGET, and what options put in its place.
extension PlanBuilder {
  /// Whether these options can be had together, and at this target; all that differs between the targets of a
  /// list, at a small part of the cost of a plan.
  package func check() throws(PlanError) {
    try checkOptions()
    _ = try targetPlan(effective)
  }

  func targetPlan(_ effective: SessionOptions) throws(PlanError) -> TargetPlan {
    let server = try checkedServer()
    try checkPorts()
    let place: TargetPlan.Place
    var port = effective.port ?? 25
    switch target.place {
    case .host(let name), .mailDomain(let name):
      if let server {
        place = .host(server)
      } else if case .host = target.place {
        place = .host(try inASCII(name))
      } else {
        place = .mailDomain(try inASCII(name))
      }
    case .unix(let path): place = .unix(path: path)
    case .lab:
      if case .ip(let address, let chosen)? = self.place?.endpoint {
        let usual = self.place?.domain.map { .mailDomain($0) } ?? TargetPlan.Place.host(address)
        place = server.map { .host($0) } ?? usual
        port = chosen
      } else {
        place = .host(server ?? "127.0.0.1")
      }
    }
    return TargetPlan(
      given: target.given, place: place, port: port,
      nameServer: try nameServer(effective) ?? self.place?.nameServer)
  }

  private func nameServer(_ effective: SessionOptions) throws(PlanError) -> Endpoint? {
    guard let resolver = effective.resolver else { return nil }
    let endpoint = Endpoint.ip(address: resolver.host, port: resolver.port ?? 53)
    guard endpoint.isUsable else {
      throw PlanError(
        .usage,
        "--resolver \(resolver.optionText): give its address in numbers, ADDRESS or ADDRESS:PORT")
    }
    return endpoint
  }

  /// The host to connect to in the place of the target's own.
  private func checkedServer() throws(PlanError) -> String? {
    guard let server = options.server else { return nil }
    if case .unix = target.place {
      throw PlanError(
        .usage, "--server beside \(target.given): a socket's path is the place; name one")
    }
    guard case .host(let host) = server.place else {
      throw PlanError(
        .usage, "--server \(server.given) beside \(target.given): give it as host or host:port")
    }
    return try inASCII(host)
  }

  /// The name as name servers know it.
  func inASCII(_ name: String) throws(PlanError) -> String {
    do throws(DomainNameError) { return try domainInASCII(name) } catch {
      throw PlanError(.usage, "\(name): no name of a domain: \(error.text)")
    }
  }

  /// One port, given once, where one can be chosen.
  private func checkPorts() throws(PlanError) {
    let given = [
      options.port.map { ($0, "--port \($0)") },
      options.server?.port.map { ($0, "--server \(options.server?.given ?? "")") },
      target.port.map { ($0, target.given) },
    ].compactMap(\.self)
    if let first = given.first, let other = given.first(where: { $0.0 != first.0 }) {
      throw PlanError(.usage, "\(first.1) beside \(other.1): two ports; give one")
    }
    if let first = given.first, !target.hasChoiceOfPort {
      throw PlanError(
        .usage, "\(first.1) beside \(target.given): it has no port to choose; leave the port out")
    }
  }
}
