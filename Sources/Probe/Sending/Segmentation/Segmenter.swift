package import SessionOptions
import SessionTrace
package import SMTPDialogue
import TLSEngine

/// Turns a flight into the pieces that are written one by one.
///
/// Places (`command`, `crlf`, `dot:N`) are found in clear text and carried over into the ciphertext;
/// sizes are counted on what the wire carries. That is why the order is mark, seal, cut.
struct Segmenter {
  private var marker: PlaceMarker
  private var cutter: SizeCutter

  init(plan: SegmentPlan) {
    marker = PlaceMarker(plan: plan)
    cutter = SizeCutter(plan: plan)
  }

  /// Clear text to clear text that may go on, with the offsets to cut after.
  mutating func mark(
    _ bytes: [UInt8], commandEnds: [Int], continues: Bool
  ) -> (ready: [UInt8], cuts: [Int]) {
    marker.mark(bytes, commandEnds: commandEnds, continues: continues)
  }

  /// Wire bytes to pieces.
  mutating func cut(_ bytes: [UInt8], at cuts: [Int], continues: Bool) -> [CutPieces] {
    cutter.cut(bytes, at: cuts, continues: continues)
  }
}

extension TLSFlight {
  /// Where in the ciphertext the clear text up to `offset` ends.
  ///
  /// AEAD ciphers keep byte positions, so a place inside a record is exact; at the end of a record
  /// its tag belongs to the text before.
  func wireOffset(ofEnd offset: Int) -> Int {
    guard offset > 0 else { return 0 }
    // A flight may have a million records and as many places to find: half of them go with each look.
    var range = 0..<records.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      let isBefore = records[middle].plaintextOffset + records[middle].plaintextLength < offset
      range = isBefore ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    guard range.lowerBound < records.count else { return bytes.count }
    let record = records[range.lowerBound]
    let inside = offset - record.plaintextOffset
    return inside == record.plaintextLength
      ? record.end : record.start + record.headerLength + inside
  }
}

/// The lengths of the segments that `flight` would be cut into, in clear text: for `--plan`.
package func segmentLengths(of flight: Flight, under segmentation: Segmentation?) -> [Int] {
  guard let stage = flight.commands.first?.stage else { return [flight.bytes.count] }
  var ends: [Int] = []
  for command in flight.commands { ends.append((ends.last ?? 0) + command.length) }
  return segmentLengths(of: flight.bytes, ends: ends, at: stage, under: segmentation)
}

/// The same for bytes in clear text whose commands have these ends.
func segmentLengths(
  of bytes: [UInt8], ends: [Int], at stage: Stage, under segmentation: Segmentation?
) -> [Int] {
  guard let segmentation, segmentation.applies(to: stage) else { return [bytes.count] }
  var segmenter = Segmenter(plan: segmentation.plan)
  let marked = segmenter.mark(bytes, commandEnds: ends, continues: false)
  return segmenter.cut(marked.ready, at: marked.cuts, continues: false).flatMap(\.lengths)
}
