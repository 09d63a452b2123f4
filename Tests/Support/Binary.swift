import Glibc

/// The program as a user runs it: the binary that the build put beside the test bundle.
package enum Binary {
  /// Runs `smtpprobe` with `arguments`; without the configuration of whoever runs the tests.
  package static func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      [path] + arguments, input: input,
      environment: environment.merging(["SMTPPROBE_CONFIG": ""]) { own, _ in own })
  }

  /// `…/debug/smtpprobe`, beside the test bundle that is running.
  package static let path: String = {
    var link = [CChar](repeating: 0, count: 4096)
    _ = unsafe readlink("/proc/self/exe", &link, link.count - 1)
    let runner = String(
      decoding: link.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let folder = runner.split(separator: "/").dropLast().joined(separator: "/")
    return "/" + folder + "/smtpprobe"
  }()
}
