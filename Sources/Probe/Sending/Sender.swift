import SMTPDialogue
import SessionOptions
import SessionTrace

/// What is still to be sent, in what pieces, and when the next may go.
///
/// Bytes come in by flights and by the message's feed and go out piece by piece. It does no I/O and
/// knows no clock: asked by ``next()``, it says what is to be done, and is told what came of it.
struct Sender {
  /// What is to be done next.
  enum Move {
    /// Hand the kernel what is left of a piece.
    case send(ArraySlice<UInt8>, of: Piece)
    /// Take the next of the message by ``takeMessage()``, and ask again.
    case takeMessage
    /// Nothing until that is over; said once.
    case rest(Rest)
    /// There is nothing to send.
    case idle
  }

  /// Why nothing leaves although there is more to send.
  enum Rest: Equatable {
    /// The kernel takes no more.
    case kernelIsFull
    /// Others have their turn.
    case turn
    /// Until that moment.
    case until(Microseconds)
    /// Until the kernel says that everything up to this offset was acknowledged.
    case acknowledged(upTo: Int)
  }

  /// Moves of one turn; with content, each of them brings or takes 64 KiB.
  private static let movesATurn = 32

  private let segmentation: Segmentation?
  private var segmenter: Segmenter?
  private var outbox = Outbox()
  private var feed: MessageFeed?
  private var movesLeft = 0
  /// Bytes of our stream that left in the SYN and must not be written again.
  private var alreadySent = 0
  /// Why nothing leaves at the moment; `nil` when something may.
  private(set) var rest: Rest?

  init(_ segmentation: Segmentation?) {
    self.segmentation = segmentation
    segmenter = segmentation.map { Segmenter(plan: $0.plan) }
  }

  // MARK: Coming in

  /// Whether everything that was prepared has been handed over.
  var isEmpty: Bool { outbox.isEmpty }

  /// Whether there is something to send, prepared or still to be taken from the message.
  var hasMore: Bool { !outbox.isEmpty || feed?.hasMore == true }

  /// Whether a segment plan cuts flights of `stage`.
  func plans(_ stage: Stage) -> Bool { segmentation?.applies(to: stage) == true }

  /// Whether the plan cuts between one command and the next.
  var cutsCommands: Bool { segmentation?.plan == .command && plans(.body) }

  /// The SYN carried the first `count` bytes.
  mutating func sentInSYN(_ count: Int) { alreadySent = count }

  /// Clear text that may go on, and the offsets in it after which to cut.
  mutating func mark(
    _ clear: [UInt8], stage: Stage, commandEnds: [Int], continues: Bool
  ) -> (ready: [UInt8], cuts: [Int]) {
    guard plans(stage) else { return (clear, []) }
    return segmenter?.mark(clear, commandEnds: commandEnds, continues: continues) ?? (clear, [])
  }

  /// Cuts bytes of the wire into pieces, less what the SYN carried already.
  mutating func queue(
    _ wire: [UInt8], cuts: [Int] = [], stage: Stage, continues: Bool = false,
    wantsTimestamps: Bool = true
  ) {
    let skipped = min(alreadySent, wire.count)
    alreadySent -= skipped
    let bytes = skipped == 0 ? wire : Array(wire[skipped...])
    guard plans(stage) else {
      outbox.append(
        PieceRun(bytes: bytes, stage: stage, isPlanned: false, wantsTimestamps: wantsTimestamps))
      return
    }
    let places = cuts.map { $0 - skipped }.filter { $0 > 0 }
    for pieces in segmenter?.cut(bytes, at: places, continues: continues) ?? [] {
      outbox.append(
        PieceRun(
          bytes: pieces.bytes, size: pieces.size, stage: stage, isPlanned: true,
          isSizeless: pieces.isSizeless, wantsTimestamps: true))
    }
  }

  /// The message may go.
  mutating func begin(_ message: MessageFeed) { feed = message }

  /// Its next chunk may go; `message` makes it the first time.
  mutating func beginChunk(of message: () -> ChunkCutter?) {
    if feed?.isOver != false { feed = message().map { .betweenChunks($0) } }
    feed?.beginChunk()
  }

  /// Takes what is next of the message.
  mutating func takeMessage() throws(ContentError) -> MessageFeed.Part {
    try MessageFeed.next(of: &feed)
  }

  /// Nothing of what is left will leave.
  mutating func drop() {
    outbox.removeAll()
    feed = nil
  }

  // MARK: Going out

  /// Begins a turn: a planned piece, or content by the megabyte.
  ///
  /// One piece a turn lets a reader on the same loop see each piece by itself, as a reader across a
  /// network would. The turn is over when what was put off is done: the kernel's stamp on the piece
  /// may wake us before that reader has been served.
  mutating func beginTurn() { movesLeft = Sender.movesATurn }

  /// What is to be done next.
  mutating func next() -> Move {
    if rest == nil, hasMore, movesLeft <= 0 { rest = .turn }
    if let rest { return .rest(rest) }
    movesLeft -= 1
    if let piece = outbox.first { return .send(outbox.unwritten, of: piece) }
    return hasMore ? .takeMessage : .idle
  }

  /// The kernel took `count` bytes of the piece; `written` is how many it took of our stream so far.
  mutating func wrote(_ count: Int, of piece: Piece, written: Int, at now: Microseconds) {
    let isComplete = outbox.advance(count)
    guard piece.isPlanned else { return }
    movesLeft = 0
    guard isComplete, hasMore else { return }
    switch segmentation?.pacing {
    case nil: break
    case .delay(let delay): rest = .until(now + delay)
    case .acknowledged: rest = .acknowledged(upTo: written)
    }
  }

  /// Nothing more before that is over.
  mutating func pause(_ reason: Rest) { rest = reason }

  /// What it rested for is over.
  mutating func resume() { rest = nil }

  /// The kernel takes bytes again.
  mutating func becameWritable() { if rest == .kernelIsFull { rest = nil } }
}
