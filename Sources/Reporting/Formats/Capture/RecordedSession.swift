import Diagnosis
package import SMTPDialogue
package import SessionTrace

/// The packets of one session among those that were recorded, and the capture file that they make.
///
/// Whatever else went to the same port is left out, and so are the copies that a packet leaves on the devices
/// it passes in turn. What signs in in clear text is cut off behind the headers, and a secret that is said before or
/// after is starred.
package struct RecordedSession {
  fileprivate typealias Packet = (packet: PacketRecording.Packet, head: PacketHead)

  private let trace: Trace
  private let recording: PacketRecording
  private let secrets: SecretRedactor
  private let packets: [Packet]
  private let interfaces: [String]

  /// Those of this trace; `secrets` are what the session knew of.
  package init(_ trace: Trace, in recording: PacketRecording, secrets: SecretRedactor) {
    self.trace = trace
    self.recording = recording
    // What TLS makes has any short word somewhere.
    let isEncrypted = trace.stages.contains { $0.name == .tls }
    self.secrets = isEncrypted ? secrets.withoutWords : secrets
    let all: [Packet] = recording.packets.compactMap { packet in
      PacketHead(packet.bytes).map { (packet, $0) }
    }
    let connections = SessionConnections(trace, all)
    let own = all.filter { connections.include($0.head) }
    // Where a packet of ours shows first, it is whole; what comes in is taken from the same device.
    let outward = own.first { connections.isOurs($0.head) }?.packet.interface
    let inward = own.filter { !connections.isOurs($0.head) }.map(\.packet.interface)
    let homeward = inward.contains { $0 == outward } ? outward : inward.first
    packets = own.filter {
      $0.packet.interface == (connections.isOurs($0.head) ? outward : homeward)
    }
    interfaces = [outward, homeward == outward ? nil : homeward].compactMap(\.self)
  }

  /// What a report says of it.
  package var remark: String {
    let place = interfaces.isEmpty ? "" : " from interface \(interfaces.joined(separator: " and "))"
    return "\(count(packets.count, "packet")) recorded\(place)" + gaps
  }

  /// What a reader of the file cannot see in it.
  private var gaps: String {
    let gaps =
      (recording.lost > 0 ? ["\(recording.lost) lost for want of room"] : [])
      + (recording.omitted > 0 ? ["\(recording.omitted) left out of the middle"] : [])
    return gaps.isEmpty ? "; none was lost" : "; " + gaps.joined(separator: ", ")
  }

  /// The file; `words` is what the session came to.
  package func file(_ words: String) -> [UInt8] {
    let place = interfaces.isEmpty ? "" : " from interface \(interfaces.joined(separator: " and "))"
    var file = CaptureFile(
      comment:
        "Recorded\(place) by smtpprobe: the packets of one session as the kernel of the client had"
        + " them\(gaps). It may have joined segments, and left checksums to the device.",
      application: "smtpprobe \(toolVersion)")
    for name in interfaces {
      file.interface(name, "packets recorded by smtpprobe", resolution: .nanoseconds)
    }
    let comments = comments(words)
    let signIn = SignInBytes(trace, packets.map { ($0.packet.moment, $0.head, $0.packet.length) })
    let streams = RecordedStreams(packets.map { ($0.head, $0.packet.bytes) }, secrets: secrets)
    for (number, (packet, head)) in packets.enumerated() {
      var (bytes, stars) = streams.starred(packet.bytes, head, number: number)
      if signIn.touch(head, packet.length) {
        bytes = Array(bytes.prefix(head.payload))
        stars = 0
      }
      let remark =
        stars > 0 ? "Stars stand for \(count(stars, "byte")) of a secret in it." : nil
      let comment = [remark, comments[number]].compactMap(\.self).joined(separator: " ")
      file.packet(
        bytes, length: packet.length, at: packet.moment, comment: comment.isEmpty ? nil : comment,
        interface: interfaces.firstIndex(of: packet.interface) ?? 0)
    }
    return file.bytes
  }

  /// Remarks on packets, by their number: where the wait began that ended the session, and what it came to.
  private func comments(_ words: String) -> [Int: String] {
    guard let last = packets.indices.last else { return [:] }
    var comments = [last: words]
    let since = (trace.startMoment &+ trace.duration &- trace.waited) &* 1_000
    if trace.waited > 0, let before = packets.lastIndex(where: { $0.packet.moment <= since }),
      before != last
    {
      comments[before] =
        "From here on the session waited \(durationText(trace.waited)) for what did not come. \(words)"
    }
    return comments
  }
}

/// The connections that a session made or tried to make.
private struct SessionConnections {
  private struct Pair: Hashable {
    var ours: PacketHead.End
    var theirs: PacketHead.End
  }

  private var pairs: Set<Pair> = []

  init(_ trace: Trace, _ packets: [RecordedSession.Packet]) {
    let target = trace.target
    let moment = trace.startMoment
    for attempt in trace.attempts {
      guard let address = NumericAddress(attempt.address) else { continue }
      let theirs = PacketHead.End(address: address.bytes, port: attempt.port)
      if attempt.failure == nil, let local = target.localAddress.flatMap({ NumericAddress($0) }),
        let port = target.localPort
      {
        pairs.insert(Pair(ours: PacketHead.End(address: local.bytes, port: port), theirs: theirs))
        continue
      }
      // Nobody knows the port of one that failed: its first SYN left while it was tried.
      let start = (moment &+ attempt.start) &* 1_000
      let time = start - 1_000_000...start + max(0, attempt.duration) &* 1_000 + 1_000_000
      let first = packets.first { packet, head in
        time.contains(packet.moment) && head.destination == theirs && head.flags.contains(.syn)
          && !head.isQuoted
      }
      if let first { pairs.insert(Pair(ours: first.head.source, theirs: theirs)) }
    }
  }

  func include(_ head: PacketHead) -> Bool {
    pairs.contains(Pair(ours: head.source, theirs: head.destination))
      || pairs.contains(Pair(ours: head.destination, theirs: head.source))
  }

  /// An error that quotes a packet of ours came from elsewhere.
  func isOurs(_ head: PacketHead) -> Bool {
    !head.isQuoted && pairs.contains(Pair(ours: head.source, theirs: head.destination))
  }
}
