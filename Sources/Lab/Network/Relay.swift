import Wire

/// Two connections, and what comes in on one goes out on the other, ends and resets too.
final class Relay {
  /// One direction.
  private final class Pipe {
    let from: StreamSocket
    let to: StreamSocket
    var pending: ArraySlice<UInt8> = []
    var hasEnded = false

    init(from: StreamSocket, to: StreamSocket) {
      self.from = from
      self.to = to
    }
  }

  private let client: StreamSocket
  private let server: StreamSocket
  private let pipes: [Pipe]
  private var isConnected = false
  private var ended: (() -> Void)?

  /// A connection that was accepted, and one that is under way.
  init(client: StreamSocket, server: StreamSocket) {
    self.client = client
    self.server = server
    pipes = [Pipe(from: client, to: server), Pipe(from: server, to: client)]
  }

  /// Relays until both directions have ended.
  func begin(ended: @escaping () -> Void) {
    self.ended = ended
    client.setInterest(reading: false, writing: false)
    client.onReady = { [unowned self] _ in move() }
    server.onReady = { [unowned self] _ in move() }
  }

  private func move() {
    if !isConnected {
      switch server.finishConnecting() {
      case .inProgress: return
      case .failed: return finish(withReset: true)
      case .connected: isConnected = true
      }
    }
    for pipe in pipes where !fill(pipe) || !drain(pipe) { return finish(withReset: true) }
    if pipes.allSatisfy(\.hasEnded), pipes.allSatisfy(\.pending.isEmpty) {
      return finish(withReset: false)
    }
    for pipe in pipes {
      let back = pipes.first { $0.to === pipe.from }
      pipe.from.setInterest(
        reading: pipe.pending.isEmpty && !pipe.hasEnded,
        writing: !(back?.pending.isEmpty ?? true))
    }
  }

  /// Takes what there is, when there is room; false when the connection is broken.
  private func fill(_ pipe: Pipe) -> Bool {
    guard pipe.pending.isEmpty, !pipe.hasEnded else { return true }
    switch pipe.from.read() {
    case .bytes(let bytes, _): pipe.pending = bytes[...]
    case .wouldBlock: break
    case .endOfStream:
      pipe.hasEnded = true
      pipe.to.shutdownWrite()
    case .failed: return false
    }
    return true
  }

  /// Hands on what is pending, as far as it goes; false when the connection is broken.
  private func drain(_ pipe: Pipe) -> Bool {
    switch pipe.to.write(pipe.pending) {
    case .wrote(let count): pipe.pending = pipe.pending.dropFirst(count)
    case .wouldBlock: break
    case .failed: return false
    }
    return true
  }

  private func finish(withReset: Bool) {
    client.close(withReset: withReset)
    server.close(withReset: withReset)
    let ended = ended
    self.ended = nil
    ended?()
  }
}
