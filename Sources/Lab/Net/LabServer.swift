import SessionTrace
import TLSEngine
package import Wire

/// Plays one fixture on a listening socket, for any number of clients at once.
///
/// It stands on the caller's loop, beside the probe that it is there to deceive, and shares nothing
/// else with it.
package final class LabServer {
  /// Where it listens, with the port the kernel chose.
  package var endpoint: Endpoint { listener.endpoint }
  /// How a client gets there: what it needs to know besides the fixture's name.
  package var address: ServerPlace {
    ServerPlace(
      endpoint: endpoint, domain: script.names.domain, nameServer: nameServer?.endpoint,
      policyHost: webServer?.endpoint,
      certificates: webServer == nil ? nil : certificate)
  }
  /// What was read from clients so far.
  package private(set) var tally = LabTally()
  /// The certificates that it shows, by SMTP and by HTTPS, PEM; `nil` for a fixture without TLS.
  package var certificate: String? {
    let shown = [credentials?.pemCertificate, webServer?.certificate].compactMap(\.self)
    return shown.isEmpty ? nil : shown.joined()
  }
  /// Connections that are open now.
  package var openCount: Int { connections.count }

  private let name: String
  private let script: ServerScript
  private let loop: EventLoop
  private let listener: Listener
  private let furtherListeners: [Listener]
  private let nameServer: NameServer?
  private let webServer: WebServer?
  private let credentials: ServerCredentials?
  private let log: LabLog?
  private let store: MessageStore?
  private var acceptTimer: TimerToken?
  private var isStopped = false
  private var connections: [Int: LabConnection] = [:]

  /// Listens at once; on port 0, where the kernel chooses.
  ///
  /// Without `faultsEnabled` the fixture is played without its `Fault:` section; `seed` stands in place of the one in the file. The log is told of
  /// every read, command, reply and close, the store is given every message that is taken, and the certificate has
  /// further names.
  package init(
    fixture: Fixture, loop: EventLoop,
    endpoint: Endpoint = .ip(address: "127.0.0.1", port: 0), faultsEnabled: Bool = true,
    seed: Int? = nil, certificateNames: [String] = [], log: LabLog? = nil,
    store: MessageStore? = nil
  ) throws(LabError) {
    name = fixture.name
    var script = fixture.script(faultsEnabled: faultsEnabled)
    if let seed { script.seed = seed }
    self.script = script
    self.loop = loop
    self.log = log
    self.store = store
    let webCredentials: ServerCredentials?
    do {
      credentials =
        script.usesTLS ? try script.makeCredentials(furtherNames: certificateNames) : nil
      webCredentials = try script.names.webHost.map { host throws(TLSError) in
        try ServerCredentials.selfSigned(commonName: host.name, names: [host.name])
      }
    } catch {
      throw .noCredentials(error)
    }
    do throws(WireError) {
      let listener = try Listener(
        loop: loop, endpoint: endpoint, receiveBuffer: script.receiveBuffer)
      self.listener = listener
      let further = script.furtherAddresses.map(listener.endpoint.at)
      furtherListeners = try further.filter { $0 != listener.endpoint }.map {
        other throws(WireError) in
        try Listener(loop: loop, endpoint: other, receiveBuffer: script.receiveBuffer)
      }
      nameServer =
        script.names.isEmpty
        ? nil : try NameServer(script.names, loop: loop, endpoint: endpoint.withAnyPort)
      webServer =
        if let host = script.names.webHost, let webCredentials {
          try WebServer(host, webCredentials, loop: loop, endpoint: endpoint.withAnyPort)
        } else {
          nil
        }
    } catch {
      throw .cannotListen(error)
    }
    for listener in [listener] + furtherListeners {
      listener.onAccept = { [unowned self] in accept($0) }
    }
    if let interval = script.acceptInterval { acceptLater(interval) }
  }

  /// Leaves who connects in the backlog for so long, takes all of them, and begins again.
  private func acceptLater(_ interval: Microseconds) {
    guard !isStopped else { return }
    listener.pause()
    acceptTimer = loop.schedule(at: loop.now + interval) { [weak self] in
      guard let self else { return }
      listener.resume()
      // The loop's next turn serves the listener, and only then what was put off.
      loop.soon { [weak self] in self?.acceptLater(interval) }
    }
  }

  /// Stops listening and closes every connection.
  package func stop() {
    isStopped = true
    if let acceptTimer { loop.cancel(acceptTimer) }
    for listener in [listener] + furtherListeners { listener.close() }
    webServer?.stop()
    for connection in Array(connections.values) { connection.abandon() }
  }

  private func accept(_ socket: StreamSocket) {
    tally.sessions += 1
    let number = tally.sessions
    let connection = LabConnection(
      socket: socket, script: script, number: number, loop: loop, credentials: credentials,
      record: { [weak self] in self?.record($0, connection: number) },
      keep: store.map { store in
        { [weak self] message in
          guard let self else { return }
          record(store.keep(message, fixture: name, connection: number), connection: number)
        }
      },
      ended: { [weak self] in self?.connections[number] = nil })
    connections[number] = connection
    connection.begin()
  }

  private func record(_ event: LabEvent, connection: Int) {
    if case .read(let count) = event {
      tally.reads += 1
      tally.bytes += count
    }
    log?.record(event, fixture: name, connection: connection, at: loop.now)
  }
}

extension Endpoint {
  /// The same port at another address.
  fileprivate func at(_ address: String) -> Endpoint {
    if case .ip(_, let port) = self { .ip(address: address, port: port) } else { self }
  }

  /// The same address, the port left to the kernel.
  fileprivate var withAnyPort: Endpoint {
    if case .ip(let address, _) = self { .ip(address: address, port: 0) } else { self }
  }
}

extension ServerScript {
  /// Whether a handshake can come to pass.
  fileprivate var usesTLS: Bool {
    isImplicitTLS || capabilities.contains("STARTTLS")
      || rules.contains { rule in
        rule.directions.contains(.startTLS) || rule.condition.isAbout("STARTTLS")
      }
  }

  fileprivate func makeCredentials(furtherNames: [String]) throws(TLSError) -> ServerCredentials {
    // Unless the fixture is about the name: every name that a client may know this server by.
    let names =
      certificate.name.map { [$0] }
      ?? furtherNames + [name, "localhost", "127.0.0.1", "::1"]
    let validity: ServerCredentials.Validity =
      switch certificate.validity {
      case .valid: .valid
      case .expired: .expired
      case .notYetValid: .notYetValid
      }
    return try ServerCredentials.selfSigned(
      commonName: certificate.name ?? name, names: names, validity: validity,
      key: certificate.isRSA ? .rsa2048 : .ecdsa256, chainPadding: certificate.padding)
  }
}

extension Condition {
  fileprivate func isAbout(_ verb: String) -> Bool {
    if case .command(let pattern) = self { pattern.verbs.contains(verb) } else { false }
  }
}
