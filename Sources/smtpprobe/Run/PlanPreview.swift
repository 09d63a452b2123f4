import Probe
import SMTPDialogue
import SessionTrace

/// What `--plan` prints: the flights with their sizes and segments, as far as they can be known.
///
/// What the server offers is not known without a connection, so the preview says what it assumes.
struct PlanPreview {
  let plan: SessionPlan

  init(_ plan: SessionPlan) { self.plan = plan }

  /// The preview, a line each for flights, commands and segments.
  var text: String {
    get throws {
      let rehearsal = try rehearsed()
      var lines = [
        "target     \(plan.target.given) (\(plan.target.name), port \(plan.target.port))",
        "assuming   the server offers \(assumed.joined(separator: ", ")), and no TLS",
        "",
      ]
      for step in rehearsal.steps {
        switch step {
        case .send(let flight): lines += describe(flight)
        case .handshake: lines.append("handshake  TLS")
        case .content: lines.append("content    the message and its end")
        }
      }
      lines.append("")
      if let envelope = rehearsal.envelope { lines.append("envelope   \(envelope.size) bytes") }
      lines.append(contentLine)
      lines += rehearsal.notes.map { "note       \($0)" }
      lines.append("no connection was opened")
      return lines.joined(separator: "\n") + "\n"
    }
  }

  private var assumed: [String] { ["PIPELINING", "SIZE", "8BITMIME"] }

  private func rehearsed() throws -> Rehearsal {
    do {
      return try Rehearsal(plan.dialogue, assuming: Capabilities(assumed: assumed))
    } catch {
      throw ExitMessage(status: .usage, text: error.description)
    }
  }

  private func describe(_ flight: Flight) -> [String] {
    var lines = ["flight     \(flight.bytes.count) bytes"]
    for command in flight.commands {
      let text = command.text.count > 50 ? command.text.prefix(47) + "..." : command.text[...]
      lines.append("  command  \(padded(command.length)) bytes  \(text)")
    }
    for length in segmentLengths(of: flight, under: plan.segmentation) {
      lines.append("  segment  \(padded(length)) bytes")
    }
    return lines
  }

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
