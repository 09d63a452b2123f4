import SMTPDialogue
import SessionTrace

/// Hazards in what the server offers, held against what it does.
extension Trace {
  /// `size-offered-twice`: clients take the first or the last.
  var twiceOfferedSize: Hazard? {
    let sizes = offers(of: "SIZE")
    guard sizes.count > 1 else { return nil }
    return Hazard(
      id: .sizeOfferedTwice,
      text:
        "SIZE is offered \(sizes.count) times (\(sizes.prefix(3).map(short).joined(separator: ", ")));"
        + " clients differ in which of them they honour")
  }

  /// `size-exceeded`: more was taken than is offered.
  var exceededSize: Hazard? {
    guard let limit = offers(of: "SIZE").first.flatMap({ Int($0.dropFirst(5)) }), limit > 0,
      let taken = content?.taken, taken > limit, isMessageAccepted
    else { return nil }
    return Hazard(
      id: .sizeExceeded,
      text: "a message of \(taken) bytes was taken where SIZE \(limit) is offered; a client that"
        + " honours the offer returns such mail without asking")
  }

  /// D20 `limits-extension`: recipients over the announced number were refused.
  var exceededLimits: Hazard? {
    guard let limit = Capabilities(assumed: capabilities).limit("RCPTMAX") else { return nil }
    for transaction in transactions {
      let answers = commands[transaction].filter { $0.stage == .rcpt }.compactMap {
        answer(to: $0)?.code
      }
      guard answers.count > limit, let refused = answers.firstIndex(where: { $0 >= 400 }),
        refused >= limit
      else { continue }
      return Hazard(
        id: .limitsExtension,
        text: "the server announces RCPTMAX=\(limit) (RFC 9422), and refused recipient"
          + " \(refused + 1) of \(answers.count)")
    }
    return nil
  }

  /// `submission-port`: whoever wants to send here has to log in.
  var submissionPort: Hazard? {
    guard !offers(of: "AUTH").isEmpty,
      let reply = replies.first(where: {
        $0.code == 530 && [.mail, .rcpt].contains($0.stage) && $0.wasDue
      })
    else { return nil }
    return Hazard(
      id: .submissionPort,
      text: "\(short(reply.lastLineAsSent)), and AUTH is offered: a port for users who log in"
        + " (RFC 6409); servers deliver to port 25")
  }

  private func offers(of keyword: String) -> [String] {
    capabilities.filter { $0.prefix { $0 != " " }.uppercased() == keyword }
  }
}
