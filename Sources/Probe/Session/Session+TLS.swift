import SMTPDialogue
import SessionTrace
import TLSEngine
import SessionOptions

extension Session {
  /// Starts the handshake; the dialogue waits until it is done.
  func secure(_ channel: Channel) {
    phase = .securing(since: network.now)
    recorder.begin(.tls, at: network.now)
    var configuration = plan.tls
    let host = recorder.trace.target.host
    if configuration.verifyName == nil { configuration.verifyName = host }
    configuration = bound(configuration, to: host)
    apply(to: &configuration)
    do {
      let actions = try channel.secure(configuration)
      if let remark = channel.tls?.helloRemark { recorder.trace.notes.append(remark) }
      perform(actions, nameOfFlight: "(TLS ClientHello)")
    } catch {
      finish(.internalError("\(error.operation): \(error.text)"))
    }
  }

  /// Carries out what TLS asks for; clear text has gone its own way.
  func perform(_ actions: [TLSSession.Action], nameOfFlight: String) {
    for action in actions {
      guard !isFinished else { return }
      switch action {
      case .send(let flight):
        if case .securing = phase {
          recorder.answeredTLS()
          channel?.noteAnswer()
          enqueueTLS(flight, name: nameOfFlight)
        } else {
          enqueueTLS(flight, name: nil)
        }
      case .established(let summary): secured(summary)
      case .plaintext: break
      case .closed: finish(.endOfStream)
      case .failed(let failure): tlsFailed(failure)
      }
    }
  }

  private func secured(_ summary: TLSSummary) {
    recorder.trace.tls = summary
    recorder.answeredTLS()
    recorder.end(.tls, at: network.now)
    recorder.due(at: network.now)
    if let channel {
      recorder.snapshot(channel.transport.facts(), stage: .tls, at: network.now)
    }
    phase = .talking
    if plan.dialogue.tls == .implicit {
      recorder.begin(.banner, at: network.now)
      perform(dialogue.receive(.connected))
    } else {
      perform(dialogue.receive(.secured(flightOverhead: channel?.tls?.recordOverhead ?? 0)))
    }
  }

  private func tlsFailed(_ failure: TLSFailureRecord) {
    recorder.trace.tls = channel?.tls?.lastSummary
    // What TLS still has to say (an alert) leaves before the connection is closed.
    pump()
    finish(.tlsFailed(failure))
  }

  /// Notes the reply that began and did not end, as text or as ciphertext.
  ///
  /// What TLS itself ended was answered, by an alert or by us; only a stream that ended too early leaves
  /// something unfinished.
  func keepPartialReply(endedBy ending: Ending) {
    if case .tlsFailed(let failure) = ending, failure.name != "GNUTLS_E_PREMATURE_TERMINATION" {
      return
    }
    if case .securing = phase {
      recorder.trace.partialReply = channel?.recordTail.partialFlight(relativeTo: recorder.start)
      return
    }
    recorder.keepPartialReply(dialogue.partialReply, at: network.now)
    guard let record = channel?.recordTail.partialRecord(relativeTo: recorder.start) else { return }
    if recorder.trace.partialReply == nil {
      recorder.trace.partialReply = record
    } else {
      recorder.trace.partialReply?.length += record.length
      recorder.trace.partialReply?.lastAt = record.lastAt
      recorder.trace.partialReply?.ciphertext = record.ciphertext
      recorder.trace.partialReply?.record = record.record
    }
  }
}
