import SMTPDialogue

/// The message of one session as it is sent, read from its source piece by piece.
///
/// What becomes of the bytes (dots, the lines of BDAT) is the dialogue's affair.
enum MessageFeed {
  /// As one, by DATA.
  case whole(WholeMessage)
  /// By BDAT, and a chunk is on its way or may go.
  case chunk(ChunkCutter)
  /// By BDAT, and the reply to a chunk is awaited.
  case betweenChunks(ChunkCutter)

  /// What comes next.
  enum Part {
    /// Bytes of the message; whether they are the last of a command (a chunk, or the content with its
    /// end), and of the message.
    case bytes([UInt8], endsCommand: Bool, endsMessage: Bool)
    /// A chunk that is to be announced before its bytes.
    case chunk(size: Int, isLast: Bool)
    /// The source has nothing yet.
    case notYet
    /// The source ended although so many bytes had been announced.
    case tooShort(Int)
  }

  /// Whether there is something to send now.
  var hasMore: Bool {
    switch self {
    case .whole, .chunk: true
    case .betweenChunks: false
    }
  }

  /// Whether all of its chunks have been taken.
  var isOver: Bool {
    if case .betweenChunks(let cutter) = self { cutter.isLast && cutter.left == nil } else { false }
  }

  /// The dialogue lets the next chunk go.
  mutating func beginChunk() {
    if case .betweenChunks(let cutter) = self { self = .chunk(cutter) }
  }

  /// Takes what comes next; the feed is `nil` once a whole message has been taken.
  static func next(of feed: inout MessageFeed?) throws(ContentError) -> Part {
    switch feed {
    case nil, .betweenChunks: return .notYet
    case .whole(var message):
      let part = try message.next(MessagePlan.piece)
      feed = if case .bytes(_, endsCommand: true, _) = part { nil } else { .whole(message) }
      return part
    case .chunk(var cutter):
      // What it holds would be copied otherwise.
      feed = nil
      defer { feed = feed ?? .chunk(cutter) }
      guard let left = cutter.left else {
        return try cutter.open().map { .chunk(size: $0, isLast: cutter.isLast) } ?? .notYet
      }
      switch try cutter.next(min(left, MessagePlan.piece)) {
      case .notYet: return .notYet
      case .tooShort(let missing): return .tooShort(missing)
      case .bytes(let bytes):
        let isWhole = cutter.left == nil
        if isWhole { feed = .betweenChunks(cutter) }
        return .bytes(bytes, endsCommand: isWhole, endsMessage: isWhole && cutter.isLast)
      }
    }
  }
}

/// A message that goes as one; it is read ahead, to know the last piece when it is sent.
struct WholeMessage {
  private let source: any ContentSource
  private var ahead = ContentChunk.notYet

  init(_ source: any ContentSource) { self.source = source }

  mutating func next(_ limit: Int) throws(ContentError) -> MessageFeed.Part {
    let chunk = ahead == .notYet ? try source.next(limit) : ahead
    ahead = .notYet
    switch chunk {
    case .notYet: return .notYet
    case .end: return .bytes([], endsCommand: true, endsMessage: true)
    case .bytes(let bytes):
      ahead = try source.next(limit)
      return .bytes(bytes, endsCommand: ahead == .end, endsMessage: ahead == .end)
    }
  }
}
