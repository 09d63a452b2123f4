import Diagnosis
import SessionTrace

/// A session as a capture that Wireshark opens, made up from what the socket told: no privilege was needed,
/// and no packet was seen.
///
/// A write is a packet of ours, a read one of theirs, a kernel's stamp of an acknowledgement an empty one
/// back. What carries bytes that no report has (a message, ciphertext) is cut short behind its headers, as
/// captures may be. A silence is a remark and never a packet.
enum PcapNGFold {
  static func render(_ document: any Document, _: Look) -> [UInt8] {
    var file = CaptureFile(
      comment: "Reconstructed by smtpprobe from the events of its own socket: headers, numbers and"
        + " checksums are made up; times, sizes and text are those of the session.",
      application: "smtpprobe \(toolVersion)",
      interface: "reconstructed from socket events; no packet was captured")
    for case .recording(let trace, let words) in document.blocks {
      for packet in CaptureEvents(trace, words).packets {
        let (bytes, length) = packet.packet.packet
        file.packet(
          bytes, length: length, at: startOf(trace) &+ packet.at, comment: packet.comment)
      }
    }
    return file.bytes
  }

  /// Microseconds since 1970 of an RFC 3339 time in UTC; 0 where it is none.
  private static func startOf(_ trace: Trace) -> Int64 {
    let numbers = trace.startedAt.split { !("0"..."9").contains($0) }.compactMap { Int64($0) }
    guard numbers.count >= 6, (1...12).contains(numbers[1]), (0...9_999).contains(numbers[0]),
      numbers[2...5].allSatisfy({ $0 < 100 })
    else { return 0 }
    // Days by the civil calendar, years beginning in March.
    let year = numbers[0] - (numbers[1] <= 2 ? 1 : 0)
    let month = (numbers[1] + 9) % 12
    let days =
      365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + numbers[2] - 1
      - 719_468
    let seconds = ((days * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5]
    let fraction = numbers.count > 6 && numbers[6] < 1_000_000 ? numbers[6] : 0
    return seconds * 1_000_000 + fraction
  }
}
