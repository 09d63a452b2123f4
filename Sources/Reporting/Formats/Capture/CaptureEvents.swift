import Diagnosis
import SessionTrace

/// The packets that a trace speaks of, in the order of time, with sequence numbers that fit together.
struct CaptureEvents {
  struct Packet {
    var at: Microseconds
    var packet: TCPPacket
    var comment: String?
  }

  private(set) var packets: [Packet] = []
  private let us: (address: NumericAddress, port: Int)
  private let them: (address: NumericAddress, port: Int)
  /// What each side has sent, and acknowledged of the other's.
  private var sent = 0
  private var received = 0
  private var acknowledged = 0

  private enum What {
    case ours(SegmentRecord), acknowledgement(Int), theirs([UInt8], Int), counted(Int)
  }

  private static let ourStart: UInt32 = 1_000
  private static let theirStart: UInt32 = 500_000
  /// What fits into one IP packet.
  private static let most = 60_000

  init(_ trace: Trace, _ words: String) {
    let theirs = trace.target.address ?? "0.0.0.0"
    let own = trace.target.localAddress.flatMap { NumericAddress($0) } ?? .unspecified(like: theirs)
    var address = NumericAddress(theirs) ?? .unspecified(like: theirs)
    if address.bytes.count != own.bytes.count { address = own }
    us = (own, trace.target.localPort ?? 0)
    them = (address, trace.target.port ?? 0)
    guard !trace.target.isUnixSocket,
      let attempt = trace.attempts.last(where: { $0.failure == nil })
    else { return }
    open(attempt)
    let stream = KnownStream(trace)
    for (at, what) in events(of: trace) { add(what, at, stream) }
    end(trace, words)
  }

  private mutating func open(_ attempt: ConnectionAttempt) {
    let end = attempt.start &+ attempt.duration
    put(attempt.start, ours: true, [.syn])
    put(end, ours: false, [.syn, .ack])
    put(end, ours: true, [.ack])
  }

  private func events(of trace: Trace) -> [(Microseconds, What)] {
    var events: [(Microseconds, What)] = []
    for segment in trace.segments.kept where segment.offset < trace.ledger.sent {
      events.append((segment.sent ?? segment.written, .ours(segment)))
      if let at = segment.acknowledged {
        events.append((at, .acknowledgement(segment.offset &+ segment.length)))
      }
    }
    let encrypted = trace.stages.first { $0.name == .tls }?.start ?? .max
    for reply in trace.replies where reply.at < encrypted {
      var rest = Array((reply.linesAsSent.joined(separator: "\r\n") + "\r\n").utf8)[...]
      rest = Array(unescapedText(String(decoding: rest, as: UTF8.self)).utf8)[...]
      var later = reply.gaps.reduce(0, &+)
      for (number, length) in reply.reads.enumerated() {
        let known = rest.prefix(max(0, length))
        events.append((reply.at &- later, .theirs(Array(known), length)))
        rest = rest.dropFirst(known.count)
        if reply.gaps.indices.contains(number) { later &-= reply.gaps[number] }
      }
    }
    if let partial = trace.partialReply, partial.ciphertext == nil, partial.firstAt < encrypted {
      let bytes = Array(unescapedText(partial.bytes).utf8)
      events.append((partial.firstAt, .theirs(bytes, partial.length)))
    }
    for snapshot in trace.snapshots where snapshot.at >= encrypted {
      if let count = snapshot.facts.received { events.append((snapshot.at, .counted(count))) }
    }
    return events.enumerated().sorted {
      ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
    }.map(\.element)
  }

  private mutating func add(_ what: What, _ at: Microseconds, _ stream: KnownStream) {
    switch what {
    case .ours(let segment):
      sent = segment.offset
      let known = stream.bytes(from: segment.offset, count: min(segment.length, Self.most))
      carry(at, ours: true, known, segment.length)
    case .acknowledgement(let offset):
      guard offset > acknowledged else { return }
      acknowledged = offset
      put(at, ours: false, [.ack])
    case .theirs(let known, let length): carry(at, ours: false, known, length)
    case .counted(let count):
      guard count > received else { return }
      carry(at, ours: false, [], count - received)
    }
  }

  /// Bytes in as many packets as they need.
  private mutating func carry(_ at: Microseconds, ours: Bool, _ known: [UInt8], _ length: Int) {
    var rest = max(0, min(length, 1 << 26))
    var known = known[...]
    while rest > 0 {
      let size = min(rest, Self.most)
      put(at, ours: ours, [.psh, .ack], length: size, known: Array(known.prefix(size)))
      known = known.dropFirst(size)
      if ours { sent &+= size } else { received &+= size }
      rest -= size
    }
  }

  private mutating func put(
    _ at: Microseconds, ours: Bool, _ flags: TCPPacket.Flags, length: Int = 0, known: [UInt8] = []
  ) {
    let begun: UInt32 = flags.contains(.syn) ? 0 : 1
    let mine = (ours ? Self.ourStart : Self.theirStart) &+ begun
    let other = (ours ? Self.theirStart : Self.ourStart) &+ 1
    let packet = TCPPacket(
      source: ours ? us : them, destination: ours ? them : us,
      sequence: mine &+ UInt32(truncatingIfNeeded: ours ? sent : received),
      acknowledgement: flags.contains(.ack)
        ? other &+ UInt32(truncatingIfNeeded: ours ? received : acknowledged) : 0,
      flags: flags, length: length, known: known)
    packets.append(Packet(at: at, packet: packet, comment: nil))
  }

  /// FIN or RST as it was seen, and what it was about as a remark on the last packet before the silence.
  private mutating func end(_ trace: Trace, _ words: String) {
    if trace.waited > 0, !packets.isEmpty {
      packets[packets.count - 1].comment =
        "Nothing came after this for \(durationText(trace.waited)). \(words)"
    }
    switch trace.ending {
    case .finished, .timedOut, .notAuthenticated, .protocolError, .interrupted:
      put(trace.duration, ours: true, [.fin, .ack])
    case .endOfStream: put(trace.duration, ours: false, [.fin, .ack])
    case .failed where trace.ending.isByPeer: put(trace.duration, ours: false, [.rst, .ack])
    case .failed, .unreachable, .tlsFailed, .internalError: return
    }
    packets[packets.count - 1].comment = words
  }
}
