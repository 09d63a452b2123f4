import SessionOptions
import SMTPDialogue

/// Cuts a message into the chunks of BDAT (RFC 3030 section 2).
///
/// A message whose size is known is announced before it is read, so that any size passes in constant
/// memory. What comes from a pipe has to be read first, a chunk and one byte: BDAT says how many bytes
/// follow, and whether they are the last.
struct ChunkCutter {
  /// What is to be sent next.
  enum Part: Equatable {
    /// Bytes of the open chunk; with its last, it is no longer open.
    case bytes([UInt8])
    /// The source has nothing yet.
    case notYet
    /// The source ended although so many bytes had been announced.
    case tooShort(Int)
  }

  private let source: any ContentSource
  /// Bytes of the open chunk that have still to come; `nil` when none is open.
  private(set) var left: Int?
  /// Whether the chunk that is or was open is the last.
  private(set) var isLast = false
  private let plan: ChunkingPlan
  private let total: Int?
  private var taken = 0
  /// Read, and not handed out.
  private var held: [UInt8] = []
  private var sourceHasEnded = false

  /// `total` is the size of the message; `nil` when nobody knows.
  init(_ source: any ContentSource, plan: ChunkingPlan, total: Int?) {
    self.source = source
    self.plan = plan
    self.total = total
  }

  /// Begins the next chunk; its size, or `nil` when the source has not given enough to tell.
  mutating func open() throws(ContentError) -> Int? {
    if let total {
      let next = plan.chunk(of: total, after: taken)
      left = next.size
      isLast = next.isLast
      return left
    }
    let most = plan.size ?? ChunkingPlan.sizeForStreams
    while held.count <= most, !sourceHasEnded {
      switch try source.next(most + 1 - held.count) {
      case .bytes(let bytes): held += bytes
      case .notYet: return nil
      case .end: sourceHasEnded = true
      }
    }
    left = min(most, held.count)
    isLast = held.count <= most
    return left
  }

  /// Up to `limit` bytes of the open chunk; none at the end of an empty one.
  mutating func next(_ limit: Int) throws(ContentError) -> Part {
    guard let left, left > 0 else {
      self.left = nil
      return .bytes([])
    }
    let wanted = min(limit, left)
    if held.isEmpty {
      switch try source.next(wanted) {
      case .bytes(let bytes): held = bytes
      case .notYet: return .notYet
      case .end: return .tooShort(left)
      }
    }
    let bytes = Array(held.prefix(wanted))
    held.removeFirst(bytes.count)
    taken += bytes.count
    self.left = left > bytes.count ? left - bytes.count : nil
    return .bytes(bytes)
  }
}
