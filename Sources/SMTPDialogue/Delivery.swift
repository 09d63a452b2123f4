/// The message's way to the server, by DATA or in chunks, and the replies that are owed for it.
///
///     -> sendContent               content(bytes), content(bytes, isEnd: true)
///     S: 250 queued                answered: over
///
///     -> sendChunk                 announce(500, isLast: false): "BDAT 500", then the bytes
///     S: 250 received              answered: nextChunk
///     -> sendChunk                 announce(64, isLast: true): "BDAT 64 LAST", then the bytes
///     S: 250 queued                answered: over
///
/// The driver cuts into chunks, because it alone knows what the source has to give; each waits for the
/// reply to the one before, and the first, unless it leaves with it, for the envelope's. Sources: RFC 5321 section 4.1.1.4, RFC 3030 section 2.
struct Delivery: Equatable, Sendable {
  /// What a reply to it can be about.
  enum Role { case whole, chunk, lastChunk }

  enum State: Equatable {
    /// A chunk may go, and the driver has not said how large it is.
    case gathering
    /// The driver sends; by DATA what it sends is stuffed.
    case sending(DotStuffer)
    /// The driver sends a chunk, whose line leaves with the first of its bytes.
    case sendingChunk(Verb, line: [UInt8])
    /// All that was begun has been passed on, and the replies to it are due.
    case sent
  }

  /// What a reply leads to.
  enum Next: Equatable {
    /// The next chunk may go.
    case nextChunk
    /// The server is done with the transaction, whether it took the message or not.
    case done
    /// A chunk was refused: nothing but RSET makes sense (RFC 3030 section 2).
    case brokenOff
  }

  private(set) var state: State
  /// Some of the content was passed on; before that, nothing of it can have left.
  private(set) var hasBegun = false

  /// By DATA, which was accepted; whether some line of the message may begin with a dot.
  static func whole(looksForDots: Bool) -> Delivery {
    Delivery(state: .sending(DotStuffer(looksForDots: looksForDots)))
  }
  /// By BDAT.
  static var inChunks: Delivery { Delivery(state: .gathering) }

  private init(state: State) { self.state = state }

  /// Something is on its way, or may go: no reply to it is due yet.
  var isUnderWay: Bool {
    switch state {
    case .gathering, .sending, .sendingChunk: true
    case .sent: false
    }
  }

  /// Whether a chunk is to be announced before anything else.
  var isGathering: Bool { state == .gathering }

  /// Announces the next chunk.
  mutating func announce(_ line: CommandText) {
    state = .sendingChunk(line.verb, line: line.bytes)
    hasBegun = true
  }

  /// The next of the content as it leaves.
  ///
  /// With `isEnd` a reply to the verb named becomes due.
  mutating func content(
    _ bytes: [UInt8], isEnd: Bool
  ) -> (bytes: [UInt8], due: Verb?) {
    if !bytes.isEmpty { hasBegun = true }
    switch state {
    case .gathering, .sent: return ([], nil)
    case .sending(var stuffer):
      let stuffed = stuffer.stuff(bytes, isEnd: isEnd)
      state = isEnd ? .sent : .sending(stuffer)
      return (stuffed, isEnd ? .content : nil)
    case .sendingChunk(let verb, let line):
      state = isEnd ? .sent : .sendingChunk(verb, line: [])
      return (line.isEmpty ? bytes : line + bytes, isEnd ? verb : nil)
    }
  }

  /// What the reply to the whole message, or to a chunk, leads to.
  func answered(_ role: Role, isAccepted: Bool) -> Next {
    switch role {
    case .whole: .done
    case .chunk: isAccepted ? .nextChunk : .brokenOff
    case .lastChunk: isAccepted ? .done : .brokenOff
    }
  }

  /// The next chunk may go.
  mutating func openChunk() { state = .gathering }
}
