package import SessionTrace
package enum AddressFamily: Sendable { case any, ipv4, ipv6 }
package struct ResolveFailure: Error { package var systemFailure: SystemFailure }
package struct MailExchanger { package var preference: Int; package var host: String
  package init(preference: Int, host: String) { self.preference = preference; self.host = host } }
package final class Resolver {
  let loop: EventLoop
  package init(loop: EventLoop) { self.loop = loop }
  package func addresses(of host: String, family: AddressFamily, _ done: @escaping (Result<[String], ResolveFailure>) -> Void) { loop.soon { done(.success([host])) } }
  package func mailExchangers(of domain: String, _ done: @escaping (Result<[MailExchanger], ResolveFailure>) -> Void) { }
}
