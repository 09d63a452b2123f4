package import Reporting
import SessionOptions

/// A line of a suite, read: a session, what it is to come to, and what it is called.
package struct SuiteCase: Sendable {
  /// Whom to reach, and with which options of its own.
  package let session: ScanTarget
  /// `nil` where nobody said, which means that it is to go well.
  package let expectation: Expectation?
  /// `nil` for the words of the session.
  package let name: String?

  /// Reads a line: a command of smtpprobe, or a JSON object; `nil` for a blank line or a comment.
  package init?(_ line: ArraySlice<UInt8>) throws(ScanLineError) {
    guard let read = try TargetLine(line, own: ["name"]) else { return nil }
    var expectation: Expectation?
    for entry in read.entries where entry.row.isAboutTheReport {
      guard entry.row.name == OptionRow.expect.name else {
        throw ScanLineError(
          "\(entry.row.flag) is about the report, which is that of the suite: give it to"
            + " smtpprobe check")
      }
      do throws(OptionWordError) {
        expectation = try Expectation(option: entry.word ?? "")
      } catch {
        throw ScanLineError("\(entry.row.flag) \(entry.word ?? ""): \(error.description)")
      }
    }
    var name = read.remark
    for member in read.members {
      guard let text = member.value.text else { throw ScanLineError("\(member.name): give a text") }
      name = text
    }
    session = ScanTarget(
      target: read.target, entries: read.entries.filter { !$0.row.isAboutTheReport })
    self.expectation = expectation
    self.name = name
  }
}
