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
  /// How a line is written.
  package enum Format: String, Sendable, CaseIterable {
    case text
    /// An object a line: `time` in seconds, `fixture`, `connection`, `event`, and what belongs to that.
    case json
  }

  private let write: (String) -> Void
  private let format: Format

  /// A log whose lines are handed, without their line ends, to `write`.
  package init(format: Format = .text, write: @escaping (String) -> Void) {
    self.format = format
    self.write = write
  }

  /// Logs one event of one connection.
  package func record(
    _ event: LabEvent, fixture: String, connection: Int, at time: Microseconds
  ) {
    switch format {
    case .text: write(Self.line(event, fixture: fixture, connection: connection, at: time))
    case .json:
      let place =
        #""fixture":\#(jsonString(escapedText(fixture.utf8))),"connection":\#(connection)"#
      write(#"{"time":\#(Self.seconds(time)),\#(place),\#(event.members)}"#)
    }
  }

  static func line(
    _ event: LabEvent, fixture: String, connection: Int, at time: Microseconds
  ) -> String {
    "\(seconds(time)) \(fixture)#\(connection) \(event.text)"
  }

  private static func seconds(_ time: Microseconds) -> String {
    let fraction = String(time % 1_000_000)
    let zeros = String(repeating: "0", count: max(0, 6 - fraction.count))
    return "\(time / 1_000_000).\(zeros)\(fraction)"
  }
}
