package import SessionTrace

/// The lab's log: one line an event, stable plain text that tests of other projects can assert on.
///
/// ```
/// 0.001204 reseg-513#1 open from 127.0.0.1:39472
/// 0.031533 reseg-513#1 read 513
/// 0.031540 reseg-513#1 command MAIL FROM:<>\r\n
/// ```
/// Seconds since the loop began, the fixture and the connection's number, the event. It prints nothing
/// itself. One log may be told of several fixtures.
package struct LabLog {
  private let write: (String) -> Void

  /// A log whose lines are handed, without their line ends, to `write`.
  package init(write: @escaping (String) -> Void) { self.write = write }

  /// Logs one event of one connection.
  package func record(
    _ event: LabEvent, fixture: String, connection: Int, at time: Microseconds
  ) {
    write(Self.line(event, fixture: fixture, connection: connection, at: time))
  }

  static func line(
    _ event: LabEvent, fixture: String, connection: Int, at time: Microseconds
  ) -> String {
    let fraction = String(time % 1_000_000)
    let zeros = String(repeating: "0", count: max(0, 6 - fraction.count))
    return "\(time / 1_000_000).\(zeros)\(fraction) \(fixture)#\(connection) \(event.text)"
  }
}
