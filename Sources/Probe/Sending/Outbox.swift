import SessionTrace
import SessionOptions

/// One piece of a flight, to be handed to the kernel by itself.
struct Piece {
  var bytes: [UInt8]
  var stage: Stage
  /// Whether a segment plan asked for this very piece.
  var isPlanned: Bool
  /// Whether that plan gave it no size (`rest`, what lies between two places): it may fill several
  /// segments.
  var isSizeless = false
  var wantsTimestamps: Bool
}

/// The pieces that wait to be written, first in, first out.
struct Outbox {
  private var pieces: [Piece] = []
  private var head = 0
  /// Bytes of the first piece that were written already.
  private(set) var written = 0

  var isEmpty: Bool { head == pieces.count }

  var first: Piece? { isEmpty ? nil : pieces[head] }

  /// What is left of the first piece.
  var unwritten: ArraySlice<UInt8> { isEmpty ? [] : pieces[head].bytes[written...] }

  mutating func append(_ piece: Piece) {
    guard !piece.bytes.isEmpty else { return }
    if head > 64 && head * 2 > pieces.count {
      pieces.removeFirst(head)
      head = 0
    }
    pieces.append(piece)
  }

  /// Takes `count` written bytes off; true when that completed the first piece.
  mutating func advance(_ count: Int) -> Bool {
    written += count
    guard let first, written >= first.bytes.count else { return false }
    pieces[head].bytes = []
    head += 1
    written = 0
    if isEmpty {
      pieces.removeAll(keepingCapacity: true)
      head = 0
    }
    return true
  }

  mutating func removeAll() { self = Outbox() }
}
