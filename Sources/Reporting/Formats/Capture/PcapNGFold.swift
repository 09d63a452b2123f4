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
    reconstructedCapture(of: document)
  }
}

/// The capture of a session that the socket's events make up; `reason` is why it is not a recorded one, where
/// that was asked for.
package func reconstructedCapture(of document: any Document, because reason: String? = nil)
  -> [UInt8]
{
  var file = CaptureFile(
    comment: "Reconstructed by smtpprobe from the events of its own socket: headers, numbers and"
      + " checksums are made up; times, sizes and text are those of the session."
      + (reason.map { " Why it is not recorded: \($0)." } ?? ""),
    application: "smtpprobe \(toolVersion)")
  file.interface(
    "smtpprobe", "reconstructed from socket events; no packet was captured",
    resolution: .microseconds)
  for case .recording(let trace, let words) in document.blocks {
    let start = trace.startMoment
    for packet in CaptureEvents(trace, words).packets {
      let (bytes, length) = packet.packet.packet
      file.packet(bytes, length: length, at: start &+ packet.at, comment: packet.comment)
    }
  }
  return file.bytes
}
