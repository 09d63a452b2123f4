import SessionTrace
import TLSEngine

/// The peer's last bytes under TLS, in bounded memory: what began and did not end.
///
/// GnuTLS keeps an unfinished record and an unfinished handshake message to itself, so what came is kept
/// here as well. In the handshake all that came since our last flight is one answer, of any number
/// of records; afterwards a record is text once it is whole, and only an unfinished one is of interest.
/// A whole alert is an answer of its own, and no part of one.
struct RecordTail {
  private var framing = RecordFraming()
  private var last: [UInt8] = []
  /// Bytes since our last handshake flight, and whether more than alerts was among them.
  private var length = 0
  private var hasAnswer = false
  private var firstAt: Microseconds = 0
  private var recordFirstAt: Microseconds = 0
  private var lastAt: Microseconds = 0

  mutating func append(_ bytes: [UInt8], at moment: Microseconds) {
    guard !bytes.isEmpty else { return }
    if length == 0 { firstAt = moment }
    lastAt = moment
    length += bytes.count
    last = Array((last + bytes.suffix(512)).suffix(512))
    let before = framing.unfinished
    if framing.receive(bytes) { hasAnswer = true }
    // Shorter than what came before and what came now: another record than before.
    if framing.unfinished < before + bytes.count { recordFirstAt = moment }
    if before == 0 { recordFirstAt = moment }
  }

  /// Our next flight answers what came so far.
  mutating func answered() {
    length = 0
    hasAnswer = false
  }

  /// The answer in a handshake that began; `nil` when none did.
  func partialFlight(relativeTo start: Microseconds) -> PartialReply? {
    guard length > 0, hasAnswer || framing.unfinished > 0 else { return nil }
    return PartialReply(
      bytes: escapedText(last.suffix(length)), length: length, firstAt: max(0, firstAt - start),
      lastAt: max(0, lastAt - start), ciphertext: length)
  }

  /// The record that began and did not end; `nil` between records.
  func partialRecord(relativeTo start: Microseconds) -> PartialReply? {
    guard framing.unfinished > 0 else { return nil }
    return PartialReply(
      bytes: escapedText(last.suffix(framing.unfinished)), length: framing.unfinished,
      firstAt: max(0, recordFirstAt - start), lastAt: max(0, lastAt - start),
      ciphertext: framing.unfinished, record: framing.announced)
  }
}
