import SessionTrace
package import Wire

/// The programs that build a network.
package enum NetworkTool: String, Sendable {
  case ip, nft

  /// How a run of one went wrong.
  package enum Failure: Error, Sendable, Equatable {
    /// There is no such program here.
    case missing
    case notStarted(WireError)
    /// It did not like what it was told: its exit status, and its own words.
    case refused(status: Int, words: String)
  }

  /// Debian's package with it.
  var package: String {
    switch self {
    case .ip: "iproute2"
    case .nft: "nftables"
    }
  }

  /// Runs it in the network where the thread stands, and waits; the script is its standard input.
  ///
  /// It finds `network` at that namespace's path.
  func run(_ script: String, handing network: NetworkNamespace? = nil) throws(Failure) {
    let program: ChildProgram
    do {
      program = try ChildProgram(
        words, input: Array(script.utf8), handing: network, streams: .joined)
    } catch {
      throw error.failure.name == "ENOENT" ? .missing : .notStarted(error)
    }
    let status = program.exitStatus()
    guard status == 0 else {
      throw .refused(
        status: status ?? -1, words: String(decoding: program.written, as: UTF8.self))
    }
  }

  private var words: [String] {
    switch self {
    case .ip: ["ip", "-batch", "-"]
    case .nft: ["nft", "-f", "-"]
    }
  }
}
