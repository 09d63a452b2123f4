import ArgumentParser
import Wire

/// The value of `--resolver`: a name server in numbers, at port 53 unless another is given.
struct ResolverArgument: ExpressibleByArgument, Equatable {
  let endpoint: Endpoint

  init?(argument: String) {
    guard let (host, port) = splitPort(argument) else { return nil }
    let endpoint = Endpoint.ip(address: host, port: port ?? 53)
    guard endpoint.isUsable else { return nil }
    self.endpoint = endpoint
  }
}
