import SessionTrace
import Wire

/// The simulation's own books of what went through the client's kernel, apart from the probe's.
final class TruthLedger {
  /// One write, as the kernel took it.
  struct Write: Equatable {
    var offset: Int
    var length: Int
    var at: Microseconds
    var sent: Microseconds?
    var acknowledged: Microseconds?
    var wantsTimestamps: Bool
  }

  private(set) var writes: [Write] = []
  private var firstUnsent = 0
  private var firstUnacknowledged = 0
  /// Offsets at which a segment ended when it left for the first time.
  private(set) var segmentEnds: Set<Int> = [0]
  private(set) var written = 0
  private(set) var readByProgram = 0
  /// The program was told that there is a connection (when), that the stream is at its end, or broken.
  var connectedAt: Microseconds?
  var sawEnd = false
  var sawError: SystemFailure?
  /// When bytes of ours last went to the kernel, or were acknowledged.
  private(set) var lastWrite: Microseconds = 0
  private(set) var lastAcknowledgement: Microseconds = 0
  /// When the program last had a reply complete.
  private(set) var lastReply: Microseconds = 0
  private let book: ReplyBook
  var speech: Speech
  /// The end at the moment of closing.
  private(set) var final: TCPEnd?
  private(set) var sent = 0
  private(set) var acknowledged = 0
  private(set) var closings = 0
  private(set) var closedAt: Microseconds = 0
  /// What had arrived and was never read, and what the kernel would still have taken.
  private(set) var unread = 0
  private(set) var room = 0

  private let listens: Bool

  /// Without listening, nothing of what is said is kept but its length.
  init(_ book: ReplyBook, listens: Bool = true) {
    self.book = book
    self.listens = listens
    speech = Speech(book)
  }

  func wrote(_ bytes: [UInt8], at moment: Microseconds, wantsTimestamps: Bool) {
    guard !bytes.isEmpty else { return }
    writes.append(
      Write(
        offset: written, length: bytes.count, at: moment, wantsTimestamps: wantsTimestamps))
    written += bytes.count
    lastWrite = moment
    if listens { speech.heard(bytes, repliesRead: readByProgram) }
  }

  func read(_ count: Int, at moment: Microseconds) {
    let before = book.complete(in: readByProgram).count
    readByProgram += count
    if book.complete(in: readByProgram).count > before { lastReply = moment }
  }

  func left(_ offset: Int, _ length: Int) { segmentEnds.insert(offset + length) }

  /// The stamps that are due for writes that end before `offset`.
  func stamp(
    _ kind: TransmitTimestamp.Kind, upTo offset: Int, at moment: Microseconds
  ) -> [TransmitTimestamp] {
    var made: [TransmitTimestamp] = []
    var index = kind == .sent ? firstUnsent : firstUnacknowledged
    while index < writes.count, writes[index].offset + writes[index].length <= offset {
      if writes[index].wantsTimestamps {
        if kind == .sent {
          writes[index].sent = moment
        } else {
          writes[index].acknowledged = moment
        }
        made.append(
          TransmitTimestamp(
            lastByte: writes[index].offset + writes[index].length - 1, kind: kind, at: moment))
      }
      index += 1
    }
    if kind == .acknowledged { lastAcknowledgement = moment }
    if kind == .sent { firstUnsent = index } else { firstUnacknowledged = index }
    return made
  }

  func close(_ end: TCPEnd, at moment: Microseconds) {
    closings += 1
    closedAt = moment
    final = end
    sent = end.sent
    acknowledged = end.acknowledged
    unread = end.unread
    room = end.room
  }
}
