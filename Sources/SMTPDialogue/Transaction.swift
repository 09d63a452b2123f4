/// One mail transaction: what of the envelope has been sent, and what its replies make of it.
///
/// Sender and receiver are apart (Postfix keeps them so, too): with pipelining everything is sent
/// before the first reply is read, and the replies are counted off afterwards. Source: RFC 2920
/// section 3.1.
struct Transaction: Equatable, Sendable {
  /// The verbs that it says.
  enum Role { case mail, rcpt, data, loneDot }

  /// What to do once every reply that is due has come.
  enum Next: Equatable, Sendable {
    /// Send more of the envelope.
    case send
    /// DATA was accepted, and so was somebody: the content may go.
    case content
    /// The whole envelope was answered, and somebody was accepted: chunks may go, without DATA.
    case chunk
    /// DATA was accepted although every recipient was refused: a lone dot ends it (RFC 2920).
    case loneDot
    /// DATA was accepted for recipients of a sender that was refused: no byte after this is safe.
    case abandon
    /// Refused, or at the end of a shortened envelope: reset and take leave.
    case leave
  }

  /// What DATA was answered.
  private enum DataAnswer { case none, accepted, refused, ended }

  /// A transaction is open at the server: MAIL was accepted and nothing has ended it.
  private(set) var isOpen = false
  private let isPipelined: Bool
  private let endsInChunks: Bool
  private var unsent: ArraySlice<CommandText>
  private var isSenderRefused = false
  /// Recipients without an answer, oldest first.
  private var unansweredRecipients: ArraySlice<CommandText>
  /// Those that were accepted, in the order of their replies: addresses, escaped.
  private(set) var accepted: [String] = []
  private var refusedRecipients = 0
  private var dataAnswer = DataAnswer.none

  init(_ lines: [CommandText], isPipelined: Bool, endsInChunks: Bool = false) {
    self.unsent = lines[...]
    unansweredRecipients = lines.filter { $0.verb == .rcpt }[...]
    self.isPipelined = isPipelined
    self.endsInChunks = endsInChunks
  }

  /// Takes what leaves next: a group with pipelining, else one command.
  mutating func nextLines() -> ArraySlice<CommandText> {
    let lines = unsent.firstGroup(isPipelined: isPipelined)
    unsent = unsent.dropFirst(lines.count)
    return lines
  }

  /// Whether a chunk is all that is left to send.
  var leavesRoomForChunk: Bool { endsInChunks && unsent.isEmpty }

  /// Takes in what was said to one of its verbs.
  mutating func answered(_ role: Role, isAccepted: Bool) {
    switch role {
    case .mail:
      isSenderRefused = !isAccepted
      isOpen = isAccepted
    case .rcpt:
      let line = unansweredRecipients.popFirst()
      if isAccepted { accepted.append(line?.mailbox ?? "") } else { refusedRecipients += 1 }
    case .data: dataAnswer = isAccepted ? .accepted : .refused
    // Whatever was said to it, nothing more is wanted.
    case .loneDot:
      dataAnswer = .ended
      isOpen = false
    }
  }

  /// The server has ended the transaction: the dot was answered, or RSET.
  mutating func close() { isOpen = false }

  /// It was refused: the sender, DATA, or every recipient, and no other will be named.
  var isRefused: Bool {
    switch next {
    case .send, .content, .chunk: false
    case .loneDot, .abandon, .leave:
      isSenderRefused || dataAnswer == .refused
        || (refusedRecipients > 0 && accepted.isEmpty)
    }
  }

  /// Its sender was accepted, and of its recipients none.
  var isForNobody: Bool {
    !isSenderRefused && accepted.isEmpty && refusedRecipients > 0 && unansweredRecipients.isEmpty
  }

  /// What follows, all replies due having come.
  var next: Next {
    switch dataAnswer {
    case .refused, .ended: return .leave
    case .accepted:
      if accepted.isEmpty { return .loneDot }
      return isSenderRefused ? .abandon : .content
    case .none:
      guard !isSenderRefused else { return .leave }
      guard let first = unsent.first else {
        return endsInChunks && !accepted.isEmpty ? .chunk : .leave
      }
      return first.verb == .data && accepted.isEmpty ? .leave : .send
    }
  }
}
