import Glibc

/// A folder for what a program writes that a test runs; it is gone, with what is in it, when this value is.
package struct Folder: ~Copyable {
  /// Where it is.
  package let path: String

  /// A new folder, empty.
  package init() throws(ChildProcess.Failure) {
    let made = try ChildProcess.run(["mktemp", "-d", "/tmp/folder-XXXXXX"])
    path = String(made.output.dropLast())
  }

  deinit { _ = try? ChildProcess.run(["rm", "-rf", path]) }
}
