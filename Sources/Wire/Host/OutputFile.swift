import CLinuxSocket
package import SessionTrace

/// A file that is written to as things happen: a log. Opening it empties it.
package final class OutputFile {
  private var descriptor: Descriptor
  private let stream: TextStream

  /// Creates the file at `path`, or empties it. C: open.
  package init(path: String) throws(WireError) {
    let status = unsafe wire_open_output(path)
    guard status >= 0 else {
      throw WireError(operation: "open", failure: SystemFailure(call: "open", errno: -status))
    }
    descriptor = Descriptor(status)
    stream = TextStream(descriptor: status)
  }

  /// Writes all of it, or says why not.
  package func write(_ bytes: [UInt8]) -> SystemFailure? { stream.write(bytes) }
}
