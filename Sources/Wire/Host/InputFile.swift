import CLinuxSocket
import Glibc
import SessionTrace

/// A file that is read from its beginning to its end: a message, a saved report.
package final class InputFile: Sendable {
  private let descriptor: Descriptor
  let number: Int32
  /// Bytes, for a regular file; `nil` for a pipe or a device.
  package let size: Int?

  /// Opens the file at `path`, which must be one that can be read: a directory is none. C: open.
  package init(path: String) throws(WireError) {
    let status = unsafe wire_open_input(path)
    guard status >= 0 else {
      throw WireError(operation: "open", failure: SystemFailure(call: "open", errno: -status))
    }
    descriptor = Descriptor(status)
    number = status
    size = InputFile.size(of: status)
    try check()
  }

  private init(borrowed descriptor: Int32) {
    self.descriptor = Descriptor()
    number = descriptor
    size = InputFile.size(of: descriptor)
  }

  /// What is piped into this process; never closed by us.
  package static func standardInput() throws(WireError) -> InputFile { try inherited(0) }

  /// What this process was started with under that number; never closed by us. C: read.
  package static func inherited(_ descriptor: Int32) throws(WireError) -> InputFile {
    let file = InputFile(borrowed: descriptor)
    try file.check()
    return file
  }

  /// Whether the file at `path` gives its bytes once: a FIFO, a shell's `<(…)`, a device.
  package static func isReadOnce(path: String) -> Bool { unsafe wire_is_read_once(path) != 0 }

  private func check() throws(WireError) {
    let status = wire_check_input(number)
    if status != 0 {
      throw WireError(operation: "read", failure: SystemFailure(call: "read", errno: -status))
    }
  }

  private static func size(of descriptor: Int32) -> Int? {
    let size = wire_regular_size(descriptor)
    return size >= 0 ? Int(size) : nil
  }

  /// Whether ``read(_:)`` would return at once: a pipe may have nothing yet.
  package var isReadable: Bool { wire_is_readable(number) != 0 }

  /// Up to `limit` more bytes; empty at the end. C: read.
  package func read(_ limit: Int) throws(WireError) -> [UInt8] {
    unsafe try read(limit) { base in unsafe wire_read(number, base, limit) }
  }

  /// So many bytes from a place on, fewer at the end; where `read` goes on does not move. C: pread.
  package func read(_ limit: Int, at place: Int) throws(WireError) -> [UInt8] {
    unsafe try read(limit) { base in unsafe wire_read_at(number, base, limit, Int64(place)) }
  }

  private func read(
    _ limit: Int, by call: (UnsafeMutablePointer<UInt8>) -> Int64
  ) throws(WireError) -> [UInt8] {
    var count: Int64 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
      if let base = buffer.baseAddress { unsafe count = call(base) }
      filled = Int(max(0, count))
    }
    guard count >= 0 else {
      throw WireError(
        operation: "read", failure: SystemFailure(call: "read", errno: Int32(-count)))
    }
    return bytes
  }

  /// All that is left, in memory; `EFBIG` when that is more than `limit` bytes.
  package func readAll(atMost limit: Int) throws(WireError) -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let bytes = try read(1 << 16)
      if bytes.isEmpty { return all }
      all += bytes
      if all.count > limit {
        throw WireError(operation: "read", failure: SystemFailure(call: "read", errno: EFBIG))
      }
    }
  }
}
