import CLinuxSocket
import Glibc
package import SessionTrace

/// A file that is read once and then only grows: a journal. One process at a time has it.
package final class AppendedFile {
  private let descriptor: Descriptor
  private let stream: TextStream

  /// Opens the file at `path`, or creates it; `EWOULDBLOCK` while another process has it. C: open, flock.
  package init(path: String) throws(WireError) {
    let status = unsafe wire_open_append(path)
    guard status >= 0 else {
      throw WireError(operation: "open", failure: SystemFailure(call: "open", errno: -status))
    }
    descriptor = Descriptor(status)
    stream = TextStream(descriptor: status)
  }

  /// Its lines from the place where the last reading ended.
  package var lines: LineReader {
    get throws(WireError) {
      try checkHasEnd()
      return LineReader(descriptor: stream.descriptor, of: self)
    }
  }

  /// A FIFO that is open for writing as well never ends: its reader would wait for itself.
  private func checkHasEnd() throws(WireError) {
    let size = wire_regular_size(stream.descriptor)
    guard size < 0 else { return }
    var failure = SystemFailure(call: "read", errno: Int32(-size))
    if failure.code == ESPIPE { failure.text = "not a regular file" }
    throw WireError(operation: "read", failure: failure)
  }

  /// Whether what is in it ends behind a line feed; lines are read on from its end. C: lseek, pread.
  package var endsInLine: Bool {
    get throws(WireError) {
      try checkHasEnd()
      let status = wire_ends_in_line(stream.descriptor)
      guard status >= 0 else {
        throw WireError(operation: "read", failure: SystemFailure(call: "pread", errno: -status))
      }
      return status == 1
    }
  }

  /// Writes all of it at the end, or says why not.
  package func append(_ bytes: [UInt8]) -> SystemFailure? { stream.write(bytes) }
}

/// Whether both paths lead to one file, or would make one; a device is none. C: stat, readlink.
package func isSameFile(_ first: String, _ second: String) -> Bool {
  unsafe wire_is_same_file(first, second) != 0
}
