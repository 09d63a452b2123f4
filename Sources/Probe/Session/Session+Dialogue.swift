import SMTPDialogue
import SessionTrace
import SessionOptions

extension Session {
  /// Carries out what the dialogue asks for, in order, until the session is over.
  func perform(_ actions: [Dialogue.Action]) {
    for (index, action) in actions.enumerated() {
      guard !isFinished else { return }
      switch action {
      case .send(let flight):
        if isTimeToNudge(before: flight) {
          let rest = Array(actions[(index + 1)...])
          return startNudge(HeldBack(flight: flight, actions: rest))
        }
        enqueue(flight)
      case .reply(let answer): note(answer)
      case .violation(let kind, let bytes, let stage, let isFatal):
        recorder.violated(
          Violation(
            kind: kind, stage: stage, at: recorder.relative(network.now),
            bytes: escapedText(
              recorder.redactor.redacted(bytes, cut: [.start, .end]).prefix(200)),
            isFatal: isFatal))
      case .note(let text): recorder.trace.notes.append(text)
      case .envelope(let envelope): recorder.trace.envelope = envelope
      case .startTLS: if let channel { secure(channel) }
      case .authenticate(let offered): beginAuthentication(offered: offered)
      case .answerChallenge(let challenge): answer(challenge: challenge)
      case .sendContent: beginContent()
      case .sendChunk: beginChunk()
      // The peer answered in the middle of the content: no more of it leaves.
      case .stopContent:
        sender.drop()
        recorder.droppedContent()
      case .finish(let completion): finish(ending(completion))
      }
    }
  }

  private func note(_ answer: AnsweredReply) {
    let isStageOver = recorder.replied(answer, at: network.now)
    if answer.stage == .ehlo, let offered = dialogue.offered {
      recorder.trace.capabilities = recorder.redactor.redacted(lines: offered.lines).map {
        escapedText($0)
      }
    }
    // One snapshot a stage, not one a recipient: the books of a stage close with its last reply.
    guard let channel, isStageOver,
      dialogue.unanswered == 0 || dialogue.stage != answer.stage
    else { return }
    // Of replies that came in one read, with nothing written between them, the connection knows one state.
    let facts = factsOfRead ?? channel.transport.facts()
    factsOfRead = facts
    recorder.snapshot(facts, stage: answer.stage, at: network.now)
  }

  private func ending(_ completion: Completion) -> Ending {
    switch completion {
    case .done: .finished
    case .protocolError: .protocolError
    case .notAuthenticated(let reason): .notAuthenticated(reason)
    case .tlsNotOffered:
      .tlsFailed(
        TLSFailureRecord(
          name: "not_offered", text: "TLS was required and the server did not offer STARTTLS"))
    }
  }
}
