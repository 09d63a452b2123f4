import CLinuxSocket
import Glibc
import SessionTrace

/// A listening socket on a loop, for the lab and for tests.
package final class Listener {
  /// Where it listens, with the port the kernel chose.
  package let endpoint: Endpoint
  /// Called from the loop with each connection; who does not keep it closes it.
  package var onAccept: ((StreamSocket) -> Void)?

  private let loop: EventLoop
  private var descriptor: Descriptor
  private var token: WatchToken?
  private var retry: TimerToken?

  /// Listens at once.
  ///
  /// - Parameters:
  ///   - loop: where connections are served.
  ///   - endpoint: port 0 lets the kernel choose.
  ///   - backlog: connections that may wait to be accepted.
  ///   - receiveBuffer: bytes, for every connection: a small one makes a small window.
  ///   - fastOpenQueue: Fast Open requests that may wait; the sysctl `net.ipv4.tcp_fastopen` must
  ///     allow servers too.
  /// - Throws: what the kernel had against it, with the address.
  package init(
    loop: EventLoop, endpoint: Endpoint, backlog: Int = 128, receiveBuffer: Int? = nil,
    fastOpenQueue: Int? = nil
  ) throws(WireError) {
    self.loop = loop
    descriptor = Descriptor()
    var options: [(SocketOption, Int)] = []
    if let receiveBuffer { options.append((.receiveBuffer, receiveBuffer)) }
    if let fastOpenQueue { options.append((.fastOpenQueue, fastOpenQueue)) }
    do {
      descriptor = try listeningSocket(endpoint, options, backlog)
    } catch {
      throw WireError(operation: "listen", address: endpoint, failure: error.failure)
    }
    self.endpoint = SocketAddress.local(of: descriptor.number)?.endpoint ?? endpoint
    resume()
  }

  deinit {
    close()
  }

  /// Leaves new connections waiting in the backlog.
  package func pause() {
    if let retry { loop.cancel(retry) }
    retry = nil
    guard let token else { return }
    loop.unwatch(token, descriptor.number)
    self.token = nil
  }

  /// Accepts again.
  package func resume() {
    guard token == nil, descriptor.isOpen else { return }
    token = try? loop.watch(descriptor.number, for: .readable, self)
    if token == nil { retryLater() }
  }

  /// Stops listening; connections that were accepted stay. The path of a UNIX socket is removed.
  package func close() {
    guard descriptor.isOpen else { return }
    pause()
    onAccept = nil
    descriptor.close()
    if case .unix(let path) = endpoint { _ = unsafe wire_unlink(path) }
  }

  private func retryLater() {
    retry = loop.schedule(at: loop.now + .milliseconds(100)) { [weak self] in self?.resume() }
  }
}

extension Listener: Watcher {
  func handle(_ readiness: Readiness) {
    while let onAccept {
      let status = wire_accept(descriptor.number)
      switch -status {
      case EAGAIN: return
      // The connection died in the queue; the next one may be well.
      case ECONNABORTED, EINTR, EPROTO: continue
      case ...0:
        guard let socket = try? StreamSocket(loop: loop, accepted: Descriptor(status)) else {
          return
        }
        onAccept(socket)
      default:
        // Out of descriptors or memory: the event would repeat at once and for ever.
        pause()
        retryLater()
        return
      }
    }
  }
}

/// A socket that is bound and listens.
private func listeningSocket(
  _ endpoint: Endpoint, _ wanted: [(SocketOption, Int)], _ backlog: Int
) throws(FailedCall) -> Descriptor {
  let address = try SocketAddress(endpoint)
  let family = address.family
  let descriptor = Descriptor(try checked("socket", wire_stream_socket(family)))
  var options = wanted
  if family != WIRE_FAMILY_UNIX { options.append((.reuseAddress, 1)) }
  if family == WIRE_FAMILY_IPV6 { options.append((.ipv6Only, 1)) }
  for (option, value) in options { try option.set(value, on: descriptor.number, family) }
  var raw = address.raw
  _ = try checked("bind", unsafe wire_bind(descriptor.number, &raw))
  _ = try checked("listen", wire_listen(descriptor.number, Int32(clamping: backlog)))
  return descriptor
}
