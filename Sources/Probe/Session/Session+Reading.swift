import SMTPDialogue
import SessionTrace
import TLSEngine
import Wire

extension Session {
  /// The transport can do something, or may be able to.
  func ready(_ readiness: Readiness) {
    switch phase {
    case .finished, .passingOver, .resolving, .consulting, .nudging: return
    case .connecting:
      continueConnecting()
      return
    case .securing, .talking: break
    }
    // With readiness for errors, the transport has asked.
    let heardTimes = listenToKernel()
    // Times alone change nothing of what may be written or of what is waited for.
    if readiness == .error, heardTimes { return }
    if readiness.contains(.writable) { sender.becameWritable() }
    // Read first: a reply that waits may tell us to write no more. Times alone are no reason to.
    let isBroken = readiness.contains(.hangup) || readiness.contains(.error) && !heardTimes
    if isBroken || readiness.contains(.readable) { readAll(toTheEnd: isBroken) }
    proceed()
  }

  /// Takes what the kernel had to say beside the stream: times of our segments, errors of the path; whether
  /// there were times.
  @discardableResult
  func listenToKernel() -> Bool {
    guard let channel else { return false }
    let times = channel.transport.drainTimestamps()
    recorder.stamped(times)
    recorder.reported(channel.transport.drainErrors())
    return !times.isEmpty
  }

  /// The same of what it has to say now.
  func askKernel() {
    channel?.transport.ask()
    listenToKernel()
  }

  /// Writes what may be written, and says anew what we wait for.
  func proceed() {
    pump()
    guard !isFinished, !isNudging else { return }
    channel?.transport.setInterest(
      reading: true, writing: sender.rest == .kernelIsFull && !sender.isEmpty)
    rearm()
  }

  /// What one read brings at most.
  private static let mostRead = 65_536

  /// Reads until the kernel has no more, a bounded number of times a turn.
  ///
  /// A read that is not filled took all there was; what comes later, the loop will tell. Where more than bytes
  /// was told of (an end, an error), it is read up to that.
  func readAll(toTheEnd: Bool) {
    for _ in 0..<16 {
      // What a nudge brings is its own to read.
      guard !isFinished, !isNudging, let channel else { return }
      switch channel.read(atMost: Self.mostRead) {
      case .bytes(let opened):
        took(opened)
        if !toTheEnd, opened.count < Self.mostRead { return }
      case .wouldBlock: return
      // After a write that met a reset, the kernel has told its error already and reads as an end of
      // the stream; the reset is the truth.
      case .endOfStream: return ended(channel.brokenBy.map { .failed($0) } ?? .endOfStream)
      case .failed(let failure): return broke(failure)
      }
    }
  }

  private func took(_ opened: Channel.Opened) {
    defer { factsOfRead = nil }
    recorder.read(opened.count, clear: opened.clear, at: opened.at)
    // Establishing comes before the clear text of the same read, an end of the session after it.
    if !opened.endsTLS { perform(opened.actions, nameOfFlight: "(TLS handshake)") }
    if !opened.clear.isEmpty, case .talking = phase {
      perform(dialogue.receive(.bytes(opened.clear)))
    }
    if opened.endsTLS { perform(opened.actions, nameOfFlight: "(TLS handshake)") }
  }

  /// The stream is at its end.
  func ended(_ ending: Ending) {
    channel?.endStream()
    perform(dialogue.receive(.endOfStream))
    finish(ending)
  }

  /// The connection broke. `EPIPE` says that FIN had come before the reset, `ECONNRESET` that it had
  /// not (`tcp_reset` in `net/ipv4/tcp_input.c`): the first is a close, to which we kept talking.
  func broke(_ failure: SystemFailure) {
    recorder.trace.wireError = failure
    ended(failure.name == "EPIPE" ? .endOfStream : .failed(failure))
  }
}
