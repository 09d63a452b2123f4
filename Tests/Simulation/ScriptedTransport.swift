import Probe
import SessionOptions
import SessionTrace
import Wire

/// The connection to a ``ScriptedServer``; its answers come a moment after what they answer,
/// and all that it said at once in one read.
final class ScriptedTransport: PlainTransport {
  var onReady: ((Readiness) -> Void)?
  private let server: ScriptedServer
  private let clock: VirtualClock

  init(_ server: ScriptedServer, clock: VirtualClock) {
    self.server = server
    self.clock = clock
  }

  func connect(to endpoint: Endpoint, options: SocketOptions) -> ConnectProgress {
    tell()
    return .connected
  }

  func write(_ bytes: ArraySlice<UInt8>, endsSegment: Bool, wantsTimestamps: Bool) -> WriteOutcome {
    server.hear(bytes)
    tell()
    return .wrote(bytes.count)
  }

  private func tell() { clock.after(1_000) { [weak self] in self?.onReady?(.readable) } }

  func read(atMost limit: Int) -> ReadOutcome {
    guard !server.output.isEmpty else { return .wouldBlock }
    defer { server.output = [] }
    return .bytes(server.output, at: clock.now)
  }
}
