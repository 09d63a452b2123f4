import CLinuxSocket
package import SessionTrace

extension StreamSocket {
  /// What the kernel says of the connection now; also after an error, until the socket is closed.
  ///
  /// Byte counts are offsets in our stream: the SYN's and the FIN's own counts are taken off, so
  /// that `acknowledged` and `outstanding` add up to what was written.
  package func facts() -> KernelFacts {
    guard isTCP else { return unixFacts() }
    let raw = tcpFacts()
    var facts = KernelFacts()
    guard raw.state >= 0 else { return facts }
    facts.state = unsafe String(cString: wire_tcp_state_name(raw.state))
    facts.acknowledged = known(raw.bytes_acknowledged).map {
      min(max(0, $0 - Int(acknowledgedAtStart)), bytesWritten)
    }
    // From one reading of TCP_INFO where it tells: an ACK between two readings would leave bytes
    // that are neither acknowledged nor outstanding.
    facts.outstanding = facts.acknowledged.map { bytesWritten - $0 } ?? known(raw.outstanding)
    facts.unsent = known(raw.unsent).map { min($0, facts.outstanding ?? $0) }
    facts.received = known(raw.bytes_received)
    facts.roundTrip = known(raw.round_trip).map(Microseconds.init)
    facts.roundTripVariance = known(raw.round_trip_variance).map(Microseconds.init)
    facts.leastRoundTrip = known(raw.least_round_trip).map(Microseconds.init)
    facts.retransmissionTimeout = known(raw.retransmission_timeout).map(Microseconds.init)
    facts.sinceDataSent = known(raw.since_data_sent).map(Microseconds.init)
    facts.sinceAcknowledgement = known(raw.since_acknowledgement).map(Microseconds.init)
    facts.sendMSS = known(raw.send_mss)
    facts.receiveMSS = known(raw.receive_mss)
    facts.advertisedMSS = known(raw.advertised_mss)
    facts.pathMTU = known(raw.path_mtu)
    facts.unackedSegments = known(raw.unacked)
    facts.lostSegments = known(raw.lost)
    facts.retransmits = known(raw.timeouts_in_a_row)
    facts.totalRetransmits = known(raw.total_retransmits)
    facts.backoff = known(raw.backoff)
    facts.windowProbes = known(raw.probes)
    facts.peerWindow = known(raw.peer_window)
    facts.ownWindow = known(raw.own_window)
    if let peer = known(raw.peer_window_scale), let own = known(raw.own_window_scale) {
      facts.windowScale = [peer, own]
    }
    facts.congestionWindow = known(raw.congestion_window)
    facts.dataSegmentsOut = known(raw.data_segments_out)
    facts.dataSegmentsIn = known(raw.data_segments_in)
    facts.segmentsIn = known(raw.segments_in)
    facts.options = known(raw.options).map(optionNames)
    facts.fastOpenFailure = known(raw.fast_open_failure)
    return facts
  }

  /// What `TCP_INFO` says: while the loop serves this socket, once for what was done to it last.
  ///
  /// A session wants to know of the state several times between two calls that change it: how a connection begins,
  /// how it is after a reply, whether it lives, what it ends with, whether bytes are left at its end. Those are looks at
  /// one moment, and at one state.
  func tcpFacts() -> wire_tcp_facts {
    if let knownFacts { return knownFacts }
    let facts = wire_read_tcp_facts(descriptor.number)
    if isServed { knownFacts = facts }
    return facts
  }

  /// Whether TCP has not given the connection up (`TCP_CLOSE`).
  var isAlive: Bool {
    let state = tcpFacts().state
    return state >= 0 && state != Int64(WIRE_TCP_CLOSE)
  }

  /// Congestion control of the connection, `cubic`; `nil` where there is none (`TCP_CONGESTION`).
  package var congestionControl: String? {
    guard isTCP else { return nil }
    // TCP_CA_NAME_MAX.
    var name = [CChar](repeating: 0, count: 16)
    guard unsafe wire_congestion_control(descriptor.number, &name, 16) == 0 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// A write to a UNIX socket puts the bytes into the peer's queue: they have all left and arrived.
  ///
  /// What the kernel counts there (`SIOCOUTQ`) is the memory of what the peer has not read, not bytes of
  /// ours: only "none" is exact (`unix_outq_len` in `net/unix/af_unix.c`).
  private func unixFacts() -> KernelFacts {
    var facts = KernelFacts()
    guard phase == .connected else { return facts }
    facts.acknowledged = bytesWritten
    facts.outstanding = 0
    facts.unsent = 0
    let queued = wire_queued(descriptor.number)
    if queued >= 0 { facts.readByPeer = queued == 0 && !wasLeftUnread }
    return facts
  }
}

private func known(_ value: Int64) -> Int? { value < 0 ? nil : Int(value) }

private let optionsByBit = [
  (WIRE_TCP_TIMESTAMPS, "timestamps"), (WIRE_TCP_SACK, "sack"),
  (WIRE_TCP_WINDOW_SCALE, "wscale"), (WIRE_TCP_ECN, "ecn"), (WIRE_TCP_ECN_SEEN, "ecn_seen"),
  (WIRE_TCP_SYN_DATA, "syn_data"),
]

private func optionNames(_ bits: Int) -> [String] {
  optionsByBit.compactMap { bit, name in bits & Int(bit) != 0 ? name : nil }
}
