import SessionTrace
import SessionOptions

/// One piece of a flight, to be handed to the kernel by itself.
struct Piece {
  var length: Int
  var stage: Stage
  /// Whether a segment plan asked for this very piece.
  var isPlanned: Bool
  /// Whether that plan gave it no size (`rest`, what lies between two places): it may fill several
  /// segments.
  var isSizeless = false
  var wantsTimestamps: Bool
}

/// Pieces that lie side by side and are alike: one, or all that a plan of one size makes of a flight.
///
/// A flight of a megabyte in pieces of one byte is kept as what it is, and not as a million pieces.
struct PieceRun {
  var bytes: [UInt8]
  /// The length of each; the last may be shorter.
  var size = Int.max
  var stage: Stage
  var isPlanned: Bool
  var isSizeless = false
  var wantsTimestamps: Bool
}

/// The pieces that wait to be written, first in, first out.
struct Outbox {
  private var runs: [PieceRun] = []
  private var head = 0
  /// Where in the first run the first piece begins.
  private var start = 0
  /// Bytes of the first piece that were written already.
  private(set) var written = 0

  var isEmpty: Bool { head == runs.count }

  var first: Piece? {
    guard !isEmpty else { return nil }
    let run = runs[head]
    return Piece(
      length: min(run.size, run.bytes.count - start), stage: run.stage, isPlanned: run.isPlanned,
      isSizeless: run.isSizeless, wantsTimestamps: run.wantsTimestamps)
  }

  /// What is left of the first piece.
  var unwritten: ArraySlice<UInt8> {
    guard let first else { return [] }
    return runs[head].bytes[(start + written)..<(start + first.length)]
  }

  mutating func append(_ run: PieceRun) {
    guard !run.bytes.isEmpty else { return }
    if head > 64 && head * 2 > runs.count {
      runs.removeFirst(head)
      head = 0
    }
    runs.append(run)
  }

  /// Takes `count` written bytes off; true when that completed the first piece.
  mutating func advance(_ count: Int) -> Bool {
    written += count
    guard let first, written >= first.length else { return false }
    start += first.length
    written = 0
    guard start >= runs[head].bytes.count else { return true }
    start = 0
    runs[head].bytes = []
    head += 1
    if isEmpty {
      runs.removeAll(keepingCapacity: true)
      head = 0
    }
    return true
  }

  mutating func removeAll() { self = Outbox() }
}
