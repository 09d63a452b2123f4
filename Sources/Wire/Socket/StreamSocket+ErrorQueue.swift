import CLinuxSocket
import Glibc
import SessionTrace

extension StreamSocket {
  /// Asks the kernel for what it has to say beside the stream: times of our writes, errors of the path.
  ///
  /// The loop asks by itself whenever the kernel has something; this is for who will hear no more of it.
  package func ask() { if phase == .connected { collectErrors() } }

  /// The times of our writes that came in since the last call, in the kernel's order.
  ///
  /// The kernel keeps one request a buffer: with Nagle or cork some are lost, and data in a Fast
  /// Open SYN gets none.
  package func drainTimestamps() -> [TransmitTimestamp] {
    guard !timestamps.isEmpty else { return [] }
    defer { timestamps.removeAll(keepingCapacity: true) }
    return timestamps
  }

  /// The errors beside the stream that came in since the last call.
  ///
  /// An ICMP error on a connection is a remark (RFC 1122 section 4.2.3.9): the connection lives,
  /// TCP goes on trying, and reading and writing do not fail for it.
  package func drainErrors() -> [SocketErrorReport] {
    defer { errorReports = [] }
    return errorReports
  }

  /// Reads the error queue until it is empty; the one place that does.
  ///
  /// Nearly always it holds times of our writes and nothing else. An error of the socket's own beside them
  /// keeps the descriptor reported, and is looked for then.
  ///
  /// A UNIX socket has none, and `MSG_ERRQUEUE` there takes the peer's bytes off the stream
  /// (`unix_stream_recvmsg` in `net/unix/af_unix.c` does not know the flag).
  func collectErrors() {
    guard isTCP else { return }
    if phase == .connecting { takeConnectError() }
    let known = timestamps.count
    var count = 0
    loop.forEachErrorItem(of: descriptor.number) { item in
      count += 1
      keep(item)
    }
    // They may tell of more than was known.
    if count > 0 { knownFacts = nil }
    let hasTimesOnly = count > 0 && timestamps.count - known == count
    if hasTimesOnly, reportsConditions { return }
    // An error of a dead connection is left for the next read or write to find.
    if phase == .connected, isAlive {
      let code = wire_take_error(descriptor.number)
      // The connection may have died in between, and the kernel will not say so again.
      if code != 0 { knownFacts = nil }
      if code != 0, !isRemark(code) { takenError = code }
    }
  }

  /// Whether an error is a remark by ICMP on a connection that lives; keeps it if so.
  func isRemark(_ code: Int32) -> Bool {
    let fromICMP = [
      EHOSTUNREACH, ENETUNREACH, ECONNREFUSED, EHOSTDOWN, ENOPROTOOPT, ENONET, EACCES, EPROTO,
      EOPNOTSUPP, EMSGSIZE,
    ]
    guard phase == .connected, isTCP, fromICMP.contains(code),
      isAlive
    else { return false }
    errorReports.append(
      SocketErrorReport(
        failure: SystemFailure(call: "recv", errno: code), origin: .icmp, reporter: nil,
        at: loop.now))
    return true
  }

  private func keep(_ item: wire_item) {
    switch item.kind {
    case WIRE_ITEM_SENT: keep(item, .sent)
    case WIRE_ITEM_ACKNOWLEDGED: keep(item, .acknowledged)
    case WIRE_ITEM_ICMP: keep(item, isFromHere(item) ? .local : .icmp)
    case WIRE_ITEM_LOCAL_ERROR: keep(item, .local)
    default: break
    }
  }

  /// Whether our own kernel wrote the ICMP message, as it does when a neighbour does not answer.
  private func isFromHere(_ item: wire_item) -> Bool {
    guard case .ip(let reporter, _)? = Endpoint(item.reporter),
      case .ip(let local, _)? = localEndpoint, case .ip(let remote, _)? = remoteEndpoint
    else { return false }
    return reporter == local && reporter != remote
  }

  private func keep(_ item: wire_item, _ kind: TransmitTimestamp.Kind) {
    timestamps.append(
      TransmitTimestamp(
        lastByte: fastOpenBytesAccepted
          + streamOffset(of: item.stream_offset, written: bytesWritten - fastOpenBytesAccepted),
        kind: kind,
        at: loop.moment(ofRealtime: item.realtime_us)))
  }

  private func keep(_ item: wire_item, _ origin: SocketErrorReport.Origin) {
    guard item.error != 0 else { return }
    var reporter: String?
    if case .ip(let address, _)? = Endpoint(item.reporter) { reporter = address }
    errorReports.append(
      SocketErrorReport(
        failure: SystemFailure(call: "connect", errno: item.error), origin: origin,
        reporter: reporter, at: loop.now))
  }
}

/// Where a counted byte lies in the stream since the arming.
///
/// The kernel counts with 32 bits: it is the last byte of that residue that has been written.
func streamOffset(of counted: UInt32, written: Int) -> Int {
  let span = 1 << 32
  let offset = written / span * span + Int(counted)
  return offset >= written && offset >= span ? offset - span : offset
}
