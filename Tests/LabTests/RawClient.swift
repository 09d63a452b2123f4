import SessionTrace
import Testing
import Wire

@testable import Lab

/// A client without any SMTP in it: sends bytes when told and keeps what comes back.
final class RawClient {
  private(set) var reads: [[UInt8]] = []
  /// `FIN`, or the name of the error that ended the connection.
  private(set) var ending: String?
  private let socket: StreamSocket
  private let loop: EventLoop

  init(_ server: LabServer, loop: EventLoop) throws {
    self.loop = loop
    socket = StreamSocket(loop: loop)
    if case .failed(let failure) = socket.connect(to: server.endpoint) {
      ending = failure.name
    }
    var isConnected = false
    socket.onReady = { [weak self] _ in
      if isConnected { self?.read() } else { isConnected = self?.connected() ?? true }
    }
    try loop.run { isConnected || ending != nil }
  }

  var text: String { String(decoding: reads.joined(), as: UTF8.self) }
  var facts: KernelFacts { socket.facts() }

  /// One write, one segment.
  func send(_ bytes: [UInt8]) {
    _ = socket.write(bytes[...], endsSegment: true, wantsTimestamps: false)
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Turns the loop until the server has said `text`.
  func wait(for text: String) throws {
    try loop.run { self.text.contains(text) || ending != nil }
    #expect(self.text.contains(text))
  }

  /// Turns the loop until the connection is over.
  func waitForEnd() throws { try loop.run { ending != nil } }

  func close() { socket.close() }

  /// FIN; what the server says is still read.
  func finish() { socket.shutdownWrite() }

  private func connected() -> Bool {
    switch socket.finishConnecting() {
    case .inProgress: return false
    case .connected: return true
    case .failed(let failure):
      ending = failure.name
      return true
    }
  }

  private func read() {
    guard ending == nil else { return }
    switch socket.read() {
    case .bytes(let bytes, _): reads.append(bytes)
    case .wouldBlock: break
    case .endOfStream: end("FIN")
    case .failed(let failure): end(failure.name)
    }
  }

  private func end(_ how: String) {
    ending = how
    socket.setInterest(reading: false, writing: false)
  }
}
