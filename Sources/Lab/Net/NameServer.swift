import Wire

/// A name server that knows what a fixture says and nothing else, over UDP.
final class NameServer {
  /// Where it is asked.
  var endpoint: Endpoint { port.endpoint }

  private let port: DatagramPort

  init(_ script: NameScript, loop: EventLoop, endpoint: Endpoint) throws(WireError) {
    port = try DatagramPort(loop: loop, endpoint: endpoint)
    port.answer = { NameMessage(query: $0)?.answer(from: script.records) }
  }
}
