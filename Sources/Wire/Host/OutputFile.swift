import CLinuxSocket
import Glibc
package import SessionTrace

/// A file that is written to as things happen: a log. Opening it empties it.
package final class OutputFile {
  private var descriptor: Descriptor
  private let stream: TextStream

  /// Creates the file at `path`, or empties it; never waits for whoever reads a FIFO. C: open.
  package init(path: String) throws(WireError) {
    let status = unsafe wire_open_output(path)
    guard status >= 0 else {
      var failure = SystemFailure(call: "open", errno: -status)
      // "No such device or address" is true of neither.
      if failure.code == ENXIO { failure.text = "not a regular file, and nobody reads from it" }
      throw WireError(operation: "open", failure: failure)
    }
    descriptor = Descriptor(status)
    stream = TextStream(descriptor: status)
  }

  /// Writes all of it, or says why not.
  package func write(_ bytes: [UInt8]) -> SystemFailure? { stream.write(bytes) }
}
