import SessionTrace
import Wire

/// The log of a server, a line at a time; says once that it has ended, when it cannot be written. A
/// reader that has gone (a pager that was left) is told nothing.
final class ServiceLog {
  private(set) var hasFailed = false
  private let place: String
  private let stream: ([UInt8]) -> SystemFailure?

  init(place: String, _ stream: @escaping ([UInt8]) -> SystemFailure?) {
    self.place = place
    self.stream = stream
  }

  /// Writes a line without its line end.
  func write(_ line: String) {
    guard !hasFailed, let failure = stream(Array((line + "\n").utf8)), failure.name != "EPIPE"
    else { return }
    hasFailed = true
    let text = "smtpprobe: \(place): \(failure.text); serving goes on without a log\n"
    _ = TextStream.standardError.write(Array(text.utf8))
  }
}
