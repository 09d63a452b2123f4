import CLinuxSocket
package import SessionTrace

/// A file that a report is put into when it is there: until then the file is as it was.
///
/// A plain file is replaced as a whole, by a name beside it and rename(2): neither an error nor a kill
/// leaves half a report, or none where one was. What is no plain file (a FIFO, a device) is opened at once.
package final class ReportFile {
  private let path: String
  private let stream: OutputFile?

  /// Checks that the file can be written, and changes nothing.
  package init(path: String) throws(WireError) {
    self.path = path
    guard unsafe wire_is_rewritable(path) != 0 else {
      stream = try OutputFile(path: path)
      return
    }
    stream = nil
    let status = unsafe wire_check_rewritable(path)
    if status != 0 {
      throw WireError(operation: "open", failure: SystemFailure(call: "open", errno: -status))
    }
  }

  /// Writes all of it, or says why not.
  package func write(_ bytes: [UInt8]) -> SystemFailure? {
    if let stream { return stream.write(bytes) }
    let status = unsafe wire_rewrite(path, bytes, bytes.count)
    return status == 0 ? nil : SystemFailure(call: "write", errno: -status)
  }
}
