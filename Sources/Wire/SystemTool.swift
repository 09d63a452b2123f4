import CLinuxSocket
import Glibc
package import SessionTrace

/// A program of the system that is fed a script and run to its end: `ip`, `nft`.
package struct SystemTool: Sendable {
  /// Its name and fixed arguments, apart by single spaces.
  package let command: String

  package init(command: String) {
    self.command = command
  }

  /// How a run went wrong.
  package enum Failure: Error, Sendable, Equatable {
    /// There is no such program here.
    case missing
    /// It could not be started or waited for.
    case system(SystemFailure)
    /// It did not like what it was told: its exit status, and its own words.
    case refused(status: Int, words: String)
  }

  /// Runs it with the script as its standard input, in the network where the thread stands; it waits.
  ///
  /// The program finds `network` at that namespace's path.
  package func run(_ script: String, handing network: NetworkNamespace? = nil) throws(Failure) {
    let bytes = Array(script.utf8)
    var said = [CChar](repeating: 0, count: 8192)
    let status = unsafe wire_run_tool(
      command, bytes, bytes.count, network?.number ?? -1, &said, said.count)
    if status == -ENOENT { throw .missing }
    if status < 0 { throw .system(SystemFailure(call: "posix_spawn", errno: -status)) }
    guard status == 0 else {
      let words = said.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
      throw .refused(status: Int(status), words: String(decoding: words, as: UTF8.self))
    }
  }
}
