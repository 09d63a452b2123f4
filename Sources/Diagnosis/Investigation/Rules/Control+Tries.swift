import SMTPDialogue
import SessionTrace

/// What an expert would try where the catalogue is at its end.
extension Control {
  /// Variations that tell something of a failure at this stage, the likeliest first; none where the server said
  /// why, or nobody is there.
  ///
  /// No rule asks for them. What gets past a failure is worth knowing also where its cause has no name.
  var lastTries: [Variation] {
    guard status != .unreachable, !isPutOffInPart, refusal?.reason == nil else { return [] }
    return triesOfStage.compactMap(\.self) + (isUnanswered ? looks : [])
  }

  private var triesOfStage: [Variation?] {
    let security: [Variation?] =
      isUnderTLS || group == .security ? [.tls12, withoutServerName, .tlsOff] : []
    switch group {
    case .connection, .greeting, .leaving: return []
    case .hello: return [otherName, .heloFirst] + security
    case .security: return security + [.helloSize(Variation.smallHello)]
    case .envelope:
      return [
        isPipelined ? .pipeliningOff : nil, otherRecipient, otherSender, otherName,
        recipients > 1 ? .recipients(1) : nil, mailKeyword.map(Variation.ignoredKeyword),
      ] + security
    case .message:
      return [
        subject.message?.isPlain == false ? .plainMessage : nil, otherLastLine, smallMessage,
        isPipelined ? .pipeliningOff : nil, otherRecipient, otherSender,
        mailKeyword.map(Variation.ignoredKeyword), recipients > 1 ? .recipients(1) : nil,
      ] + security
    }
  }

  /// What changes nothing, and shows who has the bytes of a silence.
  private var looks: [Variation] {
    [.nudge] + (group == .envelope && isPipelined && !isBareEnvelope ? [.bareEnvelope] : [])
      + [.hops]
  }
}
