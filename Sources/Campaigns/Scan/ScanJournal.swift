package import Reporting
import SessionTrace
package import Wire

/// What is done of a scan, in a file that only grows: a line that says which scan it is, and one for each
/// target with its status.
///
/// A scan that was killed goes on from it. A kill may leave half a line, which is then no JSON and counts for
/// nothing: its target is visited again.
package final class ScanJournal {
  /// What earlier runs had done.
  package private(set) var tally = ScanTally()
  /// Of the run that began it, so that the order is the same.
  package private(set) var seed: UInt64?
  /// Targets that are not done, by their numbers from 0.
  package private(set) var pending: NumberSet

  private let path: String
  private let setup: ScanSetup
  private let file: AppendedFile
  private var endsInLine = true

  private static let kind = "scan_journal"

  /// Opens the journal of that scan, or one that is still to be begun.
  package init(path: String, setup: ScanSetup) throws(ExitMessage) {
    self.path = path
    self.setup = setup
    pending = setup.members
    do throws(WireError) {
      file = try AppendedFile(path: path)
    } catch {
      guard error.failure.name == "EWOULDBLOCK" || error.failure.name == "EAGAIN" else {
        throw ExitMessage(cannotRead: "--resume \(path)", error)
      }
      throw ExitMessage(
        status: .noPermission, text: "--resume \(path): another scan is writing to it")
    }
    var lines: LineReader
    do throws(WireError) { lines = try file.lines } catch {
      throw ExitMessage(status: .cannotWrite, text: "--resume \(path): \(error.failure.text)")
    }
    while let line = try next(&lines) {
      endsInLine = line.isWhole
      try take(line.bytes)
    }
  }

  private func next(
    _ lines: inout LineReader
  ) throws(ExitMessage) -> (bytes: [UInt8], isWhole: Bool)? {
    do throws(WireError) { return try lines.next() } catch {
      throw ExitMessage(cannotRead: "--resume \(path)", error)
    }
  }

  private func take(_ bytes: [UInt8]) throws(ExitMessage) {
    guard !bytes.isEmpty else { return }
    let value = try? JSONValue(bytes[...])
    if value?["kind"]?.text == Self.kind {
      try check(value)
    } else if seed == nil {
      // The first line, cut short by a kill, is the beginning of a journal all the same.
      let beginning = Array(#"{"kind":"\#(Self.kind)""#.utf8)
      guard bytes.starts(with: beginning) || beginning.starts(with: bytes) else {
        throw ExitMessage(
          status: .badInput,
          text: "--resume \(path): no journal of a scan; name a file of its own, or a new one")
      }
    } else if let number = value?["number"]?.integer, 1 <= number,
      number <= setup.list.count,
      let status = (value?["status"]?.text).flatMap({ ScanStatus(word: $0) }),
      pending.contains(number - 1)
    {
      pending.remove(number - 1)
      tally.add(status)
    }
  }

  private func check(_ header: JSONValue?) throws(ExitMessage) {
    guard header?["plan"]?.text == setup.plan else {
      throw ExitMessage(
        status: .badInput,
        text:
          "--resume \(path): the journal of another scan: its list or its options differ; name a new"
          + " file")
    }
    guard header?["shard"]?.text == setup.shard.description else {
      throw ExitMessage(
        status: .badInput,
        text: "--resume \(path): the journal of shard \(header?["shard"]?.text ?? "?"), and this is"
          + " \(setup.shard)")
    }
    seed = seed ?? (header?["seed"]?.text).flatMap { UInt64($0) }
  }

  /// Writes the first line, where there is none, or ends one that was cut short.
  package func begin(seed: UInt64) throws(ExitMessage) {
    var bytes: [UInt8] = endsInLine ? [] : [0x0A]
    if self.seed == nil {
      self.seed = seed
      var line = JSONLine()
      line.add("kind", Self.kind)
      line.add("schema_version", SessionReport.schemaVersion)
      line.add("plan", setup.plan)
      line.add("shard", setup.shard.description)
      line.add("targets", setup.list.count)
      // A text: not every reader of JSON has numbers of 64 bits.
      line.add("seed", String(seed))
      bytes += line.line
    }
    if let failure = bytes.isEmpty ? nil : file.append(bytes) {
      throw ExitMessage(status: .cannotWrite, text: "--resume \(path): \(failure.text)")
    }
  }

  /// A target, counted from 0, is done.
  func add(_ number: Int, _ status: ScanStatus) -> SystemFailure? {
    var line = JSONLine()
    line.add("number", number + 1)
    line.add("status", status.word)
    return file.append(line.line)
  }
}
