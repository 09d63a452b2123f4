import Glibc
import TestSupport

/// Postfix's test server `smtp-sink(1)`, in one of the ways of failing that it knows.
struct Sink: ~Copyable {
  let address: String
  private let program: ChildProcess

  /// Starts it with `options`; it listens a moment later.
  init(_ options: [String], port: String) throws {
    guard let path = try Route.addresses()["smtp-sink"] else {
      throw StrangersMissing(server: "smtp-sink")
    }
    let folder = path.split(separator: "/").dropLast(2).joined(separator: "/")
    let place = "127.0.0.1:\(port)"
    // It wants to be told whom to become instead of root.
    let user = geteuid() == 0 ? ["-u", "nobody"] : []
    let started = try ChildProcess(
      [path] + user + options + [place, "50"],
      environment: ["LD_LIBRARY_PATH": "/\(folder)/lib/postfix"])
    address = place
    program = started
  }

  /// Returns when it takes sessions.
  func isListening() async throws -> Bool {
    for _ in 0..<100 {
      let run = try await Binary.run([address, "--format", "json", "--timeout", "5s"])
      guard try ToldReport(run.output).verdict.status == "unreachable" else { return true }
      try await Task.sleep(for: .milliseconds(100))
    }
    return false
  }

  /// Ports that are free, all found at once so that no two are the same.
  static func ports(_ count: Int) throws -> [String] {
    let found = try ChildProcess.brief([
      "python3", "\(Repository.tests)/Strangers/free-ports.py", String(count),
    ])
    return found.output.split { $0 == " " || $0 == "\n" }.map(String.init)
  }
}
