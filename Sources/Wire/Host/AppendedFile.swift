import CLinuxSocket
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
  package var lines: LineReader { LineReader(descriptor: stream.descriptor, of: self) }

  /// Writes all of it at the end, or says why not.
  package func append(_ bytes: [UInt8]) -> SystemFailure? { stream.write(bytes) }
}
