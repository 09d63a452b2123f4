package import SessionOptions
import SessionTrace
import Wire

/// Where mail for the name of a target goes, when that is not the host of that name; `nil` where it is, where nobody tells
/// within two seconds, and where the target is no bare name.
///
/// It costs a question, so ask only when the host was not reached: then a domain was named in the place of its exchanger, perhaps.
package func exchangerElsewhere(of target: Target, resolver: HostAndPort?) -> String? {
  guard case .host(let name) = target.place, name.contains("."),
    name.contains(where: \.isLetter), !name.contains(":")
  else { return nil }
  do {
    let loop = try EventLoop()
    let asked: Resolver
    if let resolver {
      asked = try Resolver(
        loop: loop, nameServer: .ip(address: resolver.host, port: resolver.port ?? 53))
    } else {
      asked = Resolver(loop: loop)
    }
    var hosts: [String]?
    asked.mailExchangers(of: name, within: .seconds(2)) { result in
      hosts = (try? result.get())?.exchangers.map(\.host) ?? []
    }
    try loop.run { hosts != nil }
    return hosts?.first { !$0.isEmpty && $0.lowercased() != name.lowercased() }
  } catch {
    return nil
  }
}
