import Probe
import SessionOptions
import SessionTrace
import Wire

/// A connection whose kernel takes everything and keeps nothing: every write that ends a line is answered with the next
/// reply of a list.
final class SinkTransport: PlainTransport {
  var onReady: ((Readiness) -> Void)?
  private let gauge: ContentGauge
  private let clock: VirtualClock
  private var replies = ["250 mx", "250 mail", "250 rcpt", "354 go", "250 taken", "221 bye"][...]
  private var waiting: [UInt8] = Array("220 mx\r\n".utf8)
  private var tail: [UInt8] = []
  private var content = 0
  private var written = 0

  init(_ gauge: ContentGauge, clock: VirtualClock) {
    self.gauge = gauge
    self.clock = clock
  }

  func connect(to endpoint: Endpoint, options: SocketOptions) -> ConnectProgress {
    tell()
    return .connected
  }

  func write(_ bytes: ArraySlice<UInt8>, endsSegment: Bool, wantsTimestamps: Bool) -> WriteOutcome {
    written += bytes.count
    tail = Array((tail + bytes.suffix(5)).suffix(5))
    let isContent = replies.first == "250 taken"
    if isContent {
      content += bytes.count
      gauge.reached(content)
    }
    let ending: [UInt8] = isContent ? [0x0D, 0x0A, 0x2E, 0x0D, 0x0A] : [0x0D, 0x0A]
    if tail.suffix(ending.count) == ending[...], let reply = replies.popFirst() {
      waiting += Array("\(reply)\r\n".utf8)
      tell()
    }
    return .wrote(bytes.count)
  }

  private func tell() { clock.after(1) { [weak self] in self?.onReady?(.readable) } }

  func read(atMost limit: Int) -> ReadOutcome {
    defer { waiting = [] }
    return waiting.isEmpty ? .wouldBlock : .bytes(waiting, at: clock.now)
  }
}
