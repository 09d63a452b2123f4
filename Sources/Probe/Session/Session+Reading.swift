import SMTPDialogue
import SessionTrace
import TLSEngine
import Wire

extension Session {
  /// The transport can do something, or may be able to.
  func ready(_ readiness: Readiness) {
    switch phase {
    case .finished, .resolving, .nudging: return
    case .connecting:
      continueConnecting()
      return
    case .securing, .talking: break
    }
    listenToKernel()
    if readiness.contains(.writable) { isBlocked = false }
    // Read first: a reply that waits may tell us to write no more.
    if !readiness.isDisjoint(with: [.readable, .hangup, .error]) { readAll() }
    proceed()
  }

  /// Takes what the kernel has to say beside the stream: times of our segments, errors of the path.
  func listenToKernel() {
    guard let transport else { return }
    recorder.stamped(transport.drainTimestamps())
    recorder.reported(transport.drainErrors())
  }

  /// Writes what may be written, and says anew what we wait for.
  func proceed() {
    pump()
    guard !isFinished, !isNudging else { return }
    transport?.setInterest(reading: true, writing: isBlocked && !outbox.isEmpty)
    rearm()
  }

  /// Reads until the kernel has no more, a bounded number of times a turn.
  func readAll() {
    for _ in 0..<16 {
      // What a nudge brings is its own to read.
      guard !isFinished, !isNudging, let transport else { return }
      switch transport.read(atMost: 65_536) {
      case .bytes(let bytes, let moment): took(bytes, at: moment)
      case .wouldBlock: return
      case .endOfStream:
        ended()
        return
      case .failed(let failure):
        broke(failure)
        return
      }
    }
  }

  private func took(_ bytes: [UInt8], at moment: Microseconds) {
    guard let tls else {
      recorder.read(bytes.count, clear: bytes, at: moment)
      perform(dialogue.receive(.bytes(bytes)))
      return
    }
    recordTail.append(bytes, at: moment)
    let actions = tls.receive(bytes)
    noteEndOfTLS(actions)
    let clear = clearText(in: actions)
    recorder.read(bytes.count, clear: clear, at: moment)
    let isFatal = actions.contains { action in
      switch action {
      case .failed, .closed: true
      case .send, .established, .plaintext: false
      }
    }
    // Establishing comes before the clear text of the same read, an end of the session after it.
    if !isFatal { perform(actions, nameOfFlight: "(TLS handshake)") }
    if !clear.isEmpty, case .talking = phase { perform(dialogue.receive(.bytes(clear))) }
    if isFatal { perform(actions, nameOfFlight: "(TLS handshake)") }
  }

  /// The stream is at its end. TLS without its own closing word is closed all the same.
  ///
  /// After a write that met a reset, the kernel has told its error already and reads as an end of
  /// the stream; the reset is the truth.
  private func ended() {
    noteEndOfTLS(tls?.endOfStream() ?? [])
    perform(dialogue.receive(.endOfStream))
    finish(brokenBy.map { .failed($0) } ?? .endOfStream)
  }

  /// The connection broke. `EPIPE` says that FIN had come before the reset, `ECONNRESET` that it had
  /// not (`tcp_reset` in `net/ipv4/tcp_input.c`): the first is a close, to which we kept talking.
  func broke(_ failure: SystemFailure) {
    recorder.trace.wireError = failure
    noteEndOfTLS(tls?.endOfStream() ?? [])
    perform(dialogue.receive(.endOfStream))
    finish(failure.name == "EPIPE" ? .endOfStream : .failed(failure))
  }
}
