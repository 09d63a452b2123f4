import SMTPDialogue
import SessionTrace
import TLSEngine
import Wire
import SessionOptions

/// What `--plan` prints: the flights with their sizes and segments, as far as they can be known.
///
/// What the server offers is not known without a connection, so the preview says what it assumes.
package struct PlanPreview {
  let plan: SessionPlan

  /// A preview of `plan`.
  package init(_ plan: SessionPlan) { self.plan = plan }

  /// The preview, a line each for flights, commands and segments.
  package var text: String {
    get throws(PlanError) {
      let rehearsal = try rehearsed()
      var lines = [
        "target     \(escapedText(plan.target.given.utf8)) (\(escapedText(plan.target.name.utf8)), port \(plan.target.port))",
        plan.target.nameServer.map { "resolver   \($0)" },
      ].compactMap(\.self)
      lines += policies
      lines += [
        "assuming   the server offers \(assumed.joined(separator: ", ")), and no TLS", "",
      ]
      if let proxy = plan.proxy { lines += describe(proxy) }
      for step in rehearsal.steps {
        switch step {
        case .send(let flight): lines += describe(flight)
        case .handshake: lines.append("handshake  TLS")
        case .content: lines.append("content    the message and its end")
        case .chunks(let count): lines.append(describe(chunks: count))
        case .farewell(let flight):
          lines += flight.commands.map { "           \($0.text) in one write with its end" }
        }
      }
      lines.append("")
      lines += settings
      if let envelope = rehearsal.envelope { lines.append("envelope   \(envelope.size) bytes") }
      lines.append(contentLine)
      lines += rehearsal.notes.map { "note       \($0)" }
      lines.append("no connection was opened")
      return lines.joined(separator: "\n") + "\n"
    }
  }

  /// What the flights do not show.
  private var settings: [String] {
    var lines: [String] = []
    if let size = plan.tls.helloSize {
      lines.append("TLS        where there is TLS, with a ClientHello of \(size) bytes")
    }
    if let size = plan.tls.recordSize {
      lines.append("TLS        where there is TLS, with at most \(size) bytes a record")
    }
    if let seconds = plan.socket.keepAlive {
      lines.append("keepalive  after \(seconds) s of silence, and every \(seconds) s from then on")
    }
    if plan.halfCloses { lines.append("half-close FIN behind QUIT, where there is no TLS") }
    if plan.dialogue.dropsAtEnd { lines.append("drop       the connection is closed without QUIT") }
    if plan.nudges {
      lines.append("nudge      a NOOP when a reply stays away although all was acknowledged")
    }
    if plan.countsHops {
      lines.append(
        "hops       a NOOP at the end, with TTL 1 and up, and UDP to ports from 33435 on")
    }
    return lines
  }

  private var assumed: [String] {
    ["PIPELINING", "SIZE", "8BITMIME"] + (plan.dialogue.chunking.mode == .off ? [] : ["CHUNKING"])
  }

  /// The header, with its segments where its length does not depend on the connection.
  private func describe(_ proxy: ProxyHeader) -> [String] {
    if proxy.subject == .connection {
      return ["header     PROXY \(proxy.version.rawValue), with the connection's own addresses"]
    }
    let length = proxy.bytes(from: nil, to: nil).count
    let lengths = segmentLengths(
      of: proxy.bytes(from: nil, to: nil), ends: [length], at: .connect, under: plan.segmentation)
    return ["header     \(length) bytes  PROXY \(proxy.optionText)"] + describe(segments: lengths)
  }

  private func describe(segments lengths: [Int]) -> [String] {
    runs(lengths).map { "  segment  \(padded($0.item)) bytes\(suffix($0.times))" }
  }

  private func describe(chunks count: Int?) -> String {
    let size = plan.dialogue.chunking.size
    let shape =
      switch (count, size) {
      case (1?, _): "one BDAT"
      case (let count?, let size): "\(count) BDAT of at most \(size ?? 0) bytes"
      case (nil, let size):
        "BDAT after BDAT of \(size ?? ChunkingPlan.sizeForStreams) bytes, and what is left"
      }
    return "content    the message in \(shape), each with a reply"
  }

  private func rehearsed() throws(PlanError) -> Rehearsal {
    do {
      return try Rehearsal(plan.dialogue, assuming: Capabilities(assumed: assumed))
    } catch {
      throw PlanError(.usage, error.description)
    }
  }

  private func describe(_ flight: Flight) -> [String] {
    var lines = ["flight     \(flight.bytes.count) bytes"]
    for (command, times) in runs(flight.commands) {
      let text = command.text.count > 40 ? command.text.prefix(37) + "..." : command.text[...]
      lines.append("  command  \(padded(command.length)) bytes  \(text)\(suffix(times))")
    }
    return lines + describe(segments: segmentLengths(of: flight, under: plan.segmentation))
  }

  /// Equal neighbours counted: padding repeats recipients, and a size plan repeats sizes.
  private func runs<Item: Equatable>(_ items: [Item]) -> [(item: Item, times: Int)] {
    var runs: [(item: Item, times: Int)] = []
    for item in items {
      if let last = runs.last, last.item == item {
        runs[runs.count - 1].times += 1
      } else {
        runs.append((item, 1))
      }
    }
    return runs
  }

  private func suffix(_ times: Int) -> String { times > 1 ? "  x \(times)" : "" }

  private var contentLine: String {
    guard let message = plan.dialogue.message else {
      return "message    none: the connection is closed after the reply to DATA, without a dot"
    }
    return "message    \(message.size.map(String.init) ?? "unknown number of") bytes: "
      + "it will be delivered"
  }

  private func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: " ", count: max(0, 6 - digits.count)) + digits
  }
}
