import CLinuxSocket
import Glibc
import SessionTrace

extension StreamSocket {
  /// Hands bytes to the kernel, as many as it takes.
  ///
  /// - Parameters:
  ///   - bytes: what to send; none is no system call.
  ///   - endsSegment: keeps the kernel from putting later bytes into the segment of the last one,
  ///     which `TCP_NODELAY` alone does not (`MSG_EOR`). Without effect when not all were taken.
  ///   - wantsTimestamps: asks for the times of the last byte, see ``drainTimestamps()``.
  /// - Returns: how many bytes were taken, or why none.
  package func write(
    _ bytes: ArraySlice<UInt8>, endsSegment: Bool = false, wantsTimestamps: Bool = false
  ) -> WriteOutcome {
    guard !bytes.isEmpty else { return .wrote(0) }
    while true {
      knownFacts = nil
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe wire_send(
          descriptor.number, buffer.baseAddress, buffer.count, isTCP && endsSegment ? 1 : 0,
          isTCP && wantsTimestamps ? 1 : 0, timesSending ? 1 : 0)
      }
      if count >= 0 {
        bytesWritten += Int(count)
        return .wrote(Int(count))
      }
      let code = Int32(clamping: -count)
      if code == EAGAIN { return .wouldBlock }
      if code == EINTR || isRemark(code) { continue }
      return .failed(broken(by: code, in: "send"))
    }
  }

  /// Reads once.
  ///
  /// Also after a write failed: what the peer sent before its reset is still there, and often
  /// says why. The end comes as the kernel tells it; an error is told once.
  ///
  /// - Parameter atMost: bytes; 65,536 is also the most that one read brings.
  /// - Returns: bytes, or why there are none.
  package func read(atMost: Int = 65536) -> ReadOutcome {
    let capacity = min(max(atMost, 1), loop.readBuffer.count)
    while true {
      knownFacts = nil
      var realtime: Int64 = 0
      let count = unsafe wire_receive(
        descriptor.number, &loop.readBuffer, capacity, &realtime)
      if count > 0 {
        let at = realtime > 0 ? loop.moment(ofRealtime: realtime) : loop.now
        return .bytes(Array(loop.readBuffer.prefix(Int(count))), at: at)
      }
      if count == 0 { return endOfStream() }
      let code = Int32(clamping: -count)
      if code == EAGAIN { return .wouldBlock }
      if code == EINTR || isRemark(code) { continue }
      return .failed(broken(by: code, in: "recv"))
    }
  }

  private func broken(by code: Int32, in call: String) -> SystemFailure {
    if !isTCP, code == ECONNRESET { wasLeftUnread = true }
    return SystemFailure(call: call, errno: code)
  }

  private func endOfStream() -> ReadOutcome {
    guard takenError != 0 else { return .endOfStream }
    defer { takenError = 0 }
    return .failed(SystemFailure(call: "recv", errno: takenError))
  }
}
