import SessionTrace

/// The path between client and router: every packet passes its rules.
///
/// Pure: frames and the time go in, frames to send come out.
struct PacketPath {
  /// A frame to send: where, and when.
  struct Departure: Equatable {
    var frame: [UInt8]
    var heading: Heading
    var at: Microseconds
  }

  private let rules: [PathRule]
  private var counts: [Int]
  private var flows: [PacketFlow.Key: PacketFlow] = [:]

  init(rules: [PathRule]) {
    self.rules = rules
    counts = Array(repeating: 0, count: rules.count)
  }

  /// What becomes of a frame: itself, changed or later, an answer to its sender, or nothing.
  mutating func receive(_ frame: [UInt8], heading: Heading, now: Microseconds) -> [Departure] {
    guard var packet = Packet(frame: frame), !packet.isNeighbourDiscovery else {
      return [Departure(frame: frame, heading: heading, at: now)]
    }
    let key = PacketFlow.Key(packet, heading: heading)
    var flow = known(key, packet, now: now)
    defer {
      if let key, let segment = packet.segment {
        flow.note(segment, heading: heading, now: now)
        flows[key] = flow
      }
    }
    var departure = now
    noticeSilence(&flow, now)
    noticeShort(&flow, packet, heading)
    for (number, rule) in rules.enumerated() {
      guard matches(number, rule.packets, packet, heading, flow) else { continue }
      switch rule.effect {
      case .drop: return []
      case .delay(let time): departure += time
      case .reset:
        return [packet.resetFrame].compactMap { $0 }.map {
          Departure(frame: $0, heading: heading.reversed, at: now)
        }
      case .unreachable(let what):
        return [packet.unreachableFrame(what)].compactMap { $0 }.map {
          Departure(frame: $0, heading: heading.reversed, at: now)
        }
      case .strip(let option): packet.strip(option)
      case .setWindow(let window): packet.setWindow(window)
      case .shiftSACK(let bytes): packet.shiftSACK(bytes)
      case .setTimestampsBack(let ticks): packet.setTimestampBack(ticks)
      }
    }
    return [Departure(frame: packet.bytes, heading: heading, at: departure)]
  }

  /// What is remembered of the connection; a SYN of the client begins a new one.
  private func known(_ key: PacketFlow.Key?, _ packet: Packet, now: Microseconds) -> PacketFlow {
    guard let key, let flow = flows[key] else { return PacketFlow(now: now) }
    // A retransmitted SYN changes nothing: it says the same again.
    if let segment = packet.segment, segment.hasSyn, !segment.hasAck {
      return flow.offset(ofEnd: segment, heading: .toServer) == segment.payloadLength
        ? flow : PacketFlow(now: now)
    }
    return flow
  }

  /// Whichever way the packet goes that ends a silence, the silence was there.
  private func noticeSilence(_ flow: inout PacketFlow, _ now: Microseconds) {
    for (number, rule) in rules.enumerated() {
      if let limit = rule.packets.afterSilence, flow.silence(now: now) >= limit {
        flow.forget(number)
      }
    }
  }

  private func noticeShort(_ flow: inout PacketFlow, _ packet: Packet, _ heading: Heading) {
    guard heading == .toServer, let length = packet.segment?.payloadLength, length > 0 else {
      return
    }
    for (number, rule) in rules.enumerated() {
      if let short = rule.packets.afterShort, length < short.below { flow.countShort(number) }
    }
  }

  private mutating func matches(
    _ number: Int, _ wanted: PacketSelection, _ packet: Packet, _ heading: Heading,
    _ flow: PacketFlow
  ) -> Bool {
    guard wanted.heading == nil || wanted.heading == heading, wanted.isAbout(packet),
      reaches(wanted, packet, heading, flow)
    else { return false }
    guard wanted.afterSilence == nil || flow.forgotten.contains(number) else { return false }
    if let short = wanted.afterShort, flow.shortSegments[number, default: 0] < short.count {
      return false
    }
    guard let every = wanted.every else { return true }
    counts[number] += 1
    return counts[number] % every == 0
  }

  /// Whether the payload ends where the rule begins.
  private func reaches(
    _ wanted: PacketSelection, _ packet: Packet, _ heading: Heading, _ flow: PacketFlow
  ) -> Bool {
    guard wanted.beyondByte != nil || wanted.beyondUnscaledWindow else { return true }
    guard let segment = packet.segment, segment.payloadLength > 0 else { return false }
    if let byte = wanted.beyondByte {
      guard let offset = flow.offset(ofEnd: segment, heading: heading), offset > byte else {
        return false
      }
    }
    guard wanted.beyondUnscaledWindow else { return true }
    return (flow.excess(of: segment, heading: heading) ?? 0) > 0
  }
}

extension PacketSelection {
  /// Whether the packet alone is one of these; direction and memory apart.
  func isAbout(_ packet: Packet) -> Bool {
    isKind(packet)
      && (longerThan.map { packet.length > $0 } ?? true)
      && (!isIPv6 || packet.isIPv6)
      && (!asksForFastOpen || packet.option(.fastOpen) != nil)
      && (!asksForECN || packet.asksForECN)
      && (containing.map { packet.payload.contains($0) } ?? true)
  }

  private func isKind(_ packet: Packet) -> Bool {
    switch kind {
    case .any: true
    case .syn: packet.segment.map { $0.hasSyn && !$0.hasAck } ?? false
    case .synAck: packet.segment.map { $0.hasSyn && $0.hasAck } ?? false
    case .reset: packet.segment.map { $0.flags & SegmentPlaces.rst != 0 } ?? false
    case .data: packet.segment.map { $0.payloadLength > 0 } ?? false
    case .icmp: packet.isICMP
    }
  }
}

extension Packet {
  fileprivate var asksForECN: Bool {
    let both = SegmentPlaces.ece | SegmentPlaces.cwr
    return segment.map { $0.hasSyn && $0.flags & both == both } ?? false
  }
}
