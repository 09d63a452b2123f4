import Dispatch
import Glibc

/// The program as a user runs it: the binary that the build put beside the test bundle.
package enum Binary {
  /// Runs `smtpprobe` with `arguments`, at most sixteen at a time over all tests; without the configuration of whoever
  /// runs them.
  package static func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) async throws -> ChildProcess.Outcome {
    await slots.take()
    let outcome: Result<ChildProcess.Outcome, any Error> = await withCheckedContinuation { done in
      // A thread of its own: waiting for a child must not hold one of the few test threads.
      DispatchQueue.global().async {
        do {
          done.resume(
            returning: .success(
              try ChildProcess.run(
                [path] + arguments, input: input,
                environment: environment.merging(["SMTPPROBE_CONFIG": ""]) { own, _ in own })))
        } catch {
          done.resume(returning: .failure(error))
        }
      }
    }
    await slots.give()
    return try outcome.get()
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

  private static let slots = Slots(16)
}

/// Counts how many programs may run at once.
private actor Slots {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  func give() {
    if waiting.isEmpty {
      free += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
