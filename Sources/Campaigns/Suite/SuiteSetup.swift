import Authentication
import Diagnosis
import Probe
package import Reporting
package import SessionOptions
package import SessionTrace
package import Wire

/// A suite whose every line was read and found good.
package struct SuiteSetup: Sendable {
  /// A case with all that its session needs.
  package struct Entry: Sendable {
    package let name: String
    /// In the file, from 1.
    package let line: Int
    package let request: SessionRequest
    package let expectation: Expectation?
  }

  /// The file, for messages.
  package let name: String
  package let entries: [Entry]

  /// Reads every line; a bad one is told before anything is sent. Options of all are those of the command line;
  /// with `mayDeliver` cases may deliver mail to other hosts.
  ///
  /// `standardInput` is what `--data` can read once, for every session anew.
  package init(
    _ list: TargetList, options: SessionOptions, mayDeliver: Bool = false,
    standardInput: [UInt8]? = nil
  ) throws(ExitMessage) {
    name = list.name
    var check = LineCheck()
    let held = HeldInput(message: standardInput)
    var known = KnownCredentials()
    var entries: [Entry] = []
    for number in 0..<list.count {
      let line = list.lineNumber(of: number)
      let read: SuiteCase
      let request: SessionRequest
      do throws(PlanError) {
        (read, request) = try Self.read(list.line(of: number), options, held, &known)
        try check.check(request)
      } catch {
        // What is wrong with a line is no matter of the command line.
        throw ExitMessage(
          status: error.status == .usage ? .badInput : error.status,
          text: "\(name):\(line): \(error.description)")
      }
      if request.options.deliversMail, !request.target.isOnThisHost, !mayDeliver {
        throw ExitMessage(
          status: .usage,
          text:
            "\(name):\(line): a session delivers a message to \(request.target.given): say --yes")
      }
      entries.append(
        Entry(
          name: read.name ?? Self.words(of: request), line: line, request: request,
          expectation: read.expectation))
    }
    guard !entries.isEmpty else {
      throw ExitMessage(
        status: .badInput,
        text: "\(name): no case in it; a line is TARGET with options, or a JSON object with target")
    }
    self.entries = entries
  }

  private static func read(
    _ line: ArraySlice<UInt8>, _ common: SessionOptions, _ held: HeldInput,
    _ known: inout KnownCredentials
  ) throws(PlanError) -> (SuiteCase, SessionRequest) {
    let read: SuiteCase
    do throws(ScanLineError) {
      guard let found = try SuiteCase(line) else { throw ScanLineError("an empty line") }
      read = found
    } catch {
      throw PlanError(.badInput, error.description)
    }
    var request = try SessionRequest(read.session, common: common, held: held)
    do throws(ExitMessage) {
      request.credentials = try known.given(by: request.options, at: request.target)
    } catch {
      throw PlanError(error.status, error.text)
    }
    return (read, request)
  }

  /// What a case is called that has no name: its words without the program's.
  private static func words(of request: SessionRequest) -> String {
    let words = ShellCommand(words: Array(request.shown(request.command).dropFirst())).line
    return words.count > 60 ? words.prefix(57) + "..." : words
  }

  /// What standard error should say before the first session.
  package func announcement(jobs: Int, wait: Microseconds?) -> String {
    let up = wait.map { ", each server waited for up to \(durationText($0))" } ?? ""
    return "smtpprobe: \(count(entries.count, "case")), \(jobs) at a time\(up)\n"
  }

  /// What `--plan` prints: each case with the words that ask for its session alone.
  package var preview: String {
    var lines: [String] = []
    for entry in entries {
      lines.append("# \(escapedText(entry.name.utf8)): \(entry.expectation?.description ?? "ok")")
      lines.append(ShellCommand(words: entry.request.command).line)
    }
    lines += ["", "\(count(entries.count, "case")); no connection was opened"]
    return lines.joined(separator: "\n") + "\n"
  }
}
