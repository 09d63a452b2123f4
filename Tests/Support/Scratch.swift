import Glibc

/// A file for a program that a test runs; it is gone when this value is.
package struct Scratch: ~Copyable {
  /// Where it is.
  package let path: String

  /// A new file that holds `bytes`; its name ends in `ending`.
  package init(_ bytes: [UInt8], ending: String = "") throws(ChildProcess.Failure) {
    self.path = try Scratch.create(bytes, ending: ending)
  }

  /// What stands in it now.
  package func text() throws(ChildProcess.Failure) -> String {
    let file = unsafe open(path, O_RDONLY)
    guard file >= 0 else { throw ChildProcess.Failure(call: "open", code: errno) }
    defer { _ = close(file) }
    return ChildProcess.text(of: file)
  }

  deinit { _ = unsafe unlink(path) }

  private static func create(_ bytes: [UInt8], ending: String) throws(ChildProcess.Failure)
    -> String
  {
    var name = "/tmp/scratch-XXXXXX\(ending)".utf8CString
    let file = unsafe name.withUnsafeMutableBufferPointer { name in
      unsafe name.baseAddress.map { unsafe mkstemps($0, CInt(ending.utf8.count)) } ?? -1
    }
    guard file >= 0 else { throw ChildProcess.Failure(call: "mkstemps", code: errno) }
    defer { _ = close(file) }
    let count = unsafe bytes.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    guard count == bytes.count else { throw ChildProcess.Failure(call: "write", code: errno) }
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
