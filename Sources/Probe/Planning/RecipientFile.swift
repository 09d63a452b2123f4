import SMTPDialogue
import SessionTrace
import Synchronization
import Wire

/// Recipients that stand in a file, one a line, as MTAs' own lists have them.
///
/// Sessions of one request share it: what can be read once is read once, and a list of ten thousand is
/// not read for each session of a sweep.
package final class RecipientFile: Sendable {
  private let last = Mutex<(path: String, recipients: [String])?>(nil)

  package init() {}

  /// The most recipients that a session names: each is a line of its report.
  package static let most = 10_000

  /// Those in the file at `path`; `-` is standard input.
  func recipients(at path: String) throws(PlanError) -> [String] {
    if let known = last.withLock({ $0?.path == path ? $0?.recipients : nil }) { return known }
    let bytes: [UInt8]
    do throws(ExitMessage) {
      bytes = try path == "-" ? contentsOfStandardInput() : contents(of: path)
    } catch {
      throw PlanError(error.status, error.text)
    }
    let name = path == "-" ? "standard input" : path
    let recipients = try Self.recipients(in: bytes, of: name)
    last.withLock { $0 = (path, recipients) }
    return recipients
  }

  /// Those in the file, if it has been read.
  func known(at path: String) -> [String]? {
    last.withLock { $0?.path == path ? $0?.recipients : nil }
  }

  /// Addresses in brackets or without; blank lines, and lines that begin with `#`, are none.
  static func recipients(in bytes: [UInt8], of name: String) throws(PlanError) -> [String] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    var recipients: [String] = []
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let written = trimmed(line)
      guard let first = written.first, first != UInt8(ascii: "#") else { continue }
      let address = withoutBrackets(written)
      let place = "\(name), line \(index + 1)"
      if let problem = problem(with: address) { throw PlanError(.badInput, "\(place): \(problem)") }
      guard recipients.count < most else {
        throw PlanError(.badInput, "\(place): more than \(most) recipients; part the list")
      }
      recipients.append(String(decoding: address, as: UTF8.self))
    }
    guard !recipients.isEmpty else {
      throw PlanError(.badInput, "\(name): no recipient in it; write one address a line")
    }
    return recipients
  }

  /// Without blanks round it.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let end = line.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? line.startIndex
    return line[..<end].drop(while: isBlank)
  }

  private static func withoutBrackets(_ address: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard address.first == UInt8(ascii: "<"), address.last == UInt8(ascii: ">") else {
      return address
    }
    return address.dropFirst().dropLast()
  }

  /// Why it is no one address; `nil` where it may be one.
  private static func problem(with address: ArraySlice<UInt8>) -> String? {
    if address.isEmpty { return "an empty address" }
    guard String(validating: address, as: UTF8.self) != nil else {
      return "not UTF-8; an address that is not ASCII is written in it (RFC 6531)"
    }
    do throws(EnvelopeError) {
      _ = try Envelope(sender: [], recipients: [Array(address)])
    } catch {
      return error.reason
    }
    var isQuoted = false
    for byte in address {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte <= 0x20 || byte == UInt8(ascii: ","), !isQuoted {
        return "one address a line, and nothing behind it"
      }
    }
    return nil
  }
}
