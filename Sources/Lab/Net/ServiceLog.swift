package import SessionTrace
import Wire

/// The log of a server, a line at a time; says once that it has ended, when it cannot be written. A
/// reader that has gone (a pager that was left) is told nothing.
package final class ServiceLog {
  package private(set) var hasFailed = false
  private let place: String
  private let stream: ([UInt8]) -> SystemFailure?
  private let complain: ([UInt8]) -> Void

  /// `place` is what the user called it: `--log FILE`.
  package init(
    place: String,
    complain: @escaping ([UInt8]) -> Void = { _ = TextStream.standardError.write($0) },
    _ stream: @escaping ([UInt8]) -> SystemFailure?
  ) {
    self.place = place
    self.complain = complain
    self.stream = stream
  }

  /// Writes a line without its line end.
  package func write(_ line: String) {
    guard !hasFailed, let failure = stream(Array((line + "\n").utf8)), failure.name != "EPIPE"
    else { return }
    hasFailed = true
    let text = "smtpprobe: \(place): \(failure.text); serving goes on without a log\n"
    complain(Array(text.utf8))
  }
}
