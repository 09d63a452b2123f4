import Probe
import SessionTrace
import Wire

/// A network where no name has a TXT record, so that no domain has a policy.
protocol NetworkWithoutPolicies: Network {}

extension NetworkWithoutPolicies {
  func texts(
    of name: String, nameServer: Endpoint?, within limit: Microseconds,
    _ done: @escaping (Result<[[UInt8]], ResolveFailure>) -> Void
  ) {
    let none = SystemFailure(call: "DNS query", name: "NXDOMAIN", code: 3, text: "no such name")
    soon { done(.failure(.notFound(none))) }
  }

  var policies: PolicyMemory { PolicyMemory() }
}
