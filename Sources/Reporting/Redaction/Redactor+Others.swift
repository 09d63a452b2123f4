import Diagnosis
import SessionTrace

/// Documents that are made of sessions or of a line of a log, and are not read back themselves.
extension Redactor {
  /// Both sessions are redacted as one, so that what is the same in both has the same stand-in; what differs is
  /// found anew.
  func redacted(_ comparison: ComparisonDocument) -> ComparisonDocument? {
    guard mode != .none else { return comparison }
    let sides = [comparison.first, comparison.second]
    let names = JSONValue.object([
      member("arguments", .list([.text("smtpprobe")] + sides.map { .text($0.name) }))
    ])
    var sessions: [JSONValue] = []
    for side in sides {
      guard let value = try? JSONValue(jsonDocument(SessionReport(of: side.trace))[...]) else {
        return nil
      }
      sessions.append(value)
    }
    var pass = Pass(
      words: PrivateWords(
        in: .list(sessions + [names]), mode: mode, own: own, ownPaths: ownPaths
      ).standIns)
    var changed: [ComparisonDocument.Side] = []
    for (side, session) in zip(sides, sessions) {
      let replaced = pass.replacing(session, under: "")
      let bytes = pass.marked(replaced, mode).written
      guard case .session(let saved)? = try? SavedDocument(json: bytes) else { return nil }
      changed.append(ComparisonDocument.Side(name: pass.replacing(side.name), trace: saved.trace))
    }
    var redacted = ComparisonDocument(changed[0], changed[1])
    redacted.redaction.mode = mode
    redacted.redaction.replaced = pass.replaced
    return redacted
  }

  /// Of the catalogue only the line of a log is anybody's.
  func redacted(_ catalogue: CatalogueDocument) -> CatalogueDocument? {
    guard mode != .none, var line = catalogue.logLine else { return catalogue }
    let texts = [line.host, line.address, line.command, line.reply].map { $0 ?? "" }
    let value = JSONValue.object([
      member(
        "target",
        .object([
          member("given", .text(texts[0])), member("host", .text(texts[0])),
          member("address", .text(texts[1])),
        ])), member("text", .text(texts[2])), member("stage", .text(line.stage?.rawValue ?? "")),
      member("code", .number("0")), member("lines", .list([.text(texts[3])])),
    ])
    var pass = Pass(
      words: PrivateWords(in: value, mode: mode, own: own, ownPaths: ownPaths).standIns)
    line.host = line.host.map { pass.replacing($0) }
    line.address = line.address.map { pass.replacing($0) }
    line.command = line.command.map { pass.replacing($0) }
    line.reply = line.reply.map { pass.replacing($0) }
    var redacted = catalogue
    redacted.logLine = line
    return redacted
  }

  private func member(_ name: String, _ value: JSONValue) -> JSONMember {
    JSONMember(name: name, value: value, written: [])
  }
}
