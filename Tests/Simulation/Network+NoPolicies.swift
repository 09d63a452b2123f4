import Probe
import SessionTrace
import Wire

/// A simulated network has no policies about TLS unless it says so: every zone on it is unsigned, and no name has a TXT
/// record.
extension Network {
  func ask(
    _ question: SecureQuestion, by validator: ValidatorPlan, within limit: Microseconds,
    _ done: @escaping (SecureAnswer) -> Void
  ) {
    soon { done(SecureAnswer(.insecure)) }
  }

  func texts(
    of name: String, nameServer: Endpoint?, within limit: Microseconds,
    _ done: @escaping (Result<[[UInt8]], ResolveFailure>) -> Void
  ) {
    let none = SystemFailure(call: "DNS query", name: "NXDOMAIN", code: 3, text: "no such name")
    soon { done(.failure(.notFound(none))) }
  }

  var policies: PolicyMemory { PolicyMemory() }
}
