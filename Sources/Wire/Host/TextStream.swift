import CLinuxSocket
package import SessionTrace

/// A descriptor that text goes to: standard output, standard error, a report file.
///
/// The C library's streams are globals that Swift's concurrency rules refuse; write(2) needs none.
/// It waits as long as the reader takes, so it is for reports and never for sockets.
package struct TextStream: Sendable {
  /// 1 for standard output, 2 for standard error.
  package let descriptor: Int32

  /// A stream onto a descriptor that someone else closes.
  package init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Writes all of it, or says why not.
  package func write(_ bytes: [UInt8]) -> SystemFailure? {
    let status = unsafe wire_write_all(descriptor, bytes, bytes.count)
    return status == 0 ? nil : SystemFailure(call: "write", errno: -status)
  }
}
