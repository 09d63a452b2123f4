import SessionOptions
package import SessionTrace

/// What a plan would send to a server that accepts everything: `--plan`, without a connection.
///
/// The real ``Dialogue`` is played against the replies of such a server, so that nothing here can
/// differ from what a session sends.
package struct Rehearsal: Equatable, Sendable {
  /// One thing that would leave.
  package enum Step: Equatable, Sendable {
    case send(Flight)
    /// The TLS handshake after STARTTLS.
    case handshake
    /// Message content with its end.
    case content
    /// The last words, in one write with the end of the message.
    case farewell(Flight)
    /// The message by BDAT, in so many chunks; `nil` when that is not known beforehand.
    case chunks(Int?)
  }

  package private(set) var steps: [Step] = []
  /// `nil` when the plan stops before the envelope.
  package private(set) var envelope: EnvelopeRecord?
  package private(set) var notes: [String] = []

  /// Plays `plan` against a server that offers `offered`, in clear text and, but for STARTTLS, under
  /// TLS; `flightOverhead` is what encryption would add to a flight of one record, bytes.
  ///
  /// Fails when the envelope cannot be as small as asked.
  package init(_ plan: DialoguePlan, assuming offered: Capabilities, flightOverhead: Int = 0)
    throws(EnvelopeError)
  {
    let smallest = Rehearsal.smallestEnvelope(of: plan, assuming: offered)
    if let asked = plan.padding.target, asked < smallest {
      throw .sizeTooSmall(asked: asked, smallest: smallest)
    }
    var dialogue = Dialogue(plan)
    var actions = dialogue.receive(.connected)
    while true {
      for action in actions { note(action, plan) }
      if actions.contains(.startTLS) {
        actions = dialogue.receive(.secured(flightOverhead: flightOverhead))
        continue
      }
      if actions.contains(where: { if case .authenticate = $0 { true } else { false } }) {
        // Which mechanism it will be, the server has a say in.
        let move = AuthenticationMove.begin(mechanism: "(mechanism)", response: nil)
        actions = dialogue.receive(.authenticating(move))
        continue
      }
      if actions.contains(.sendContent) { _ = dialogue.content([], isEnd: true) }
      if actions.contains(.sendChunk) {
        // One stands for all: they differ in nothing but their number.
        _ = dialogue.chunk(of: plan.message?.exactSize ?? 0, isLast: true)
        _ = dialogue.content([], isEnd: true)
      }
      if actions.contains(.sendContent) || actions.contains(.sendChunk),
        let farewell = dialogue.farewellBehindMessage()
      {
        steps.append(.farewell(farewell))
      }
      guard let due = dialogue.awaited, dialogue.isRunning else { return }
      // Nothing is on a wire here: what is sent has left.
      dialogue.handedOver(commands: dialogue.commandsSent)
      let isSecured = plan.tls == .implicit || steps.contains(.handshake)
      actions = dialogue.receive(.bytes(Self.acceptance(of: due, offered, isSecured: isSecured)))
    }
  }

  /// The size of `plan`'s envelope without padding, bytes: the least that `--envelope-size` can be.
  package static func smallestEnvelope(of plan: DialoguePlan, assuming offered: Capabilities)
    -> Int
  {
    EnvelopeDraft(plan, offered: offered).size
  }

  private mutating func note(_ action: Dialogue.Action, _ plan: DialoguePlan) {
    switch action {
    case .send(let flight): steps.append(.send(flight))
    case .startTLS: steps.append(.handshake)
    case .sendContent: steps.append(.content)
    case .sendChunk: steps.append(.chunks(plan.message?.exactSize.map(plan.chunking.count)))
    case .envelope(let record): envelope = record
    case .note(let text): notes.append(text)
    case .reply, .violation, .authenticate, .answerChallenge, .stopContent, .finish: break
    }
  }

  /// The reply by which a server accepts.
  private static func acceptance(
    of verb: Verb, _ offered: Capabilities, isSecured: Bool
  ) -> [UInt8] {
    let hidden = isSecured ? offered.line(of: "STARTTLS") : nil
    let keywords = [.ehlo, .lhlo].contains(verb) ? offered.lines.filter { $0 != hidden } : []
    let lines = [Array("rehearsal".utf8)] + keywords
    return lines.enumerated().flatMap { index, line in
      let separator = index + 1 < lines.count ? "-" : " "
      return Array("\(verb.row.acceptance)\(separator)".utf8) + line + [Byte.cr, Byte.lf]
    }
  }
}
