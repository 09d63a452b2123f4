import Glibc

/// A folder for what a program writes that a test runs; it is gone, with what is in it, with the last reference.
package final class Folder: Sendable {
  /// Where it is.
  package let path: String

  /// A new folder, empty.
  package init() throws(ChildProcess.Failure) {
    let made = try ChildProcess.brief(["mktemp", "-d", "/tmp/folder-XXXXXX"])
    path = String(made.output.dropLast())
  }

  /// What a file in it holds; nothing where there is none.
  package func text(of name: String) throws(ChildProcess.Failure) -> String {
    try ChildProcess.brief(["cat", "\(path)/\(name)"]).output
  }

  deinit { _ = try? ChildProcess.brief(["rm", "-rf", path]) }
}
