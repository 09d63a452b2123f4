/// One thing of ours that the peer owes an answer to: a command, a TLS flight, the message content.
package struct CommandRecord: Codable, Sendable, Equatable {
  package var stage: Stage
  /// As sent, without CRLF, escaped, secrets replaced; `(TLS ClientHello)`, `(content)` where no line is.
  package var text: String
  /// Offsets in our stream (see ``Ledger``), half open. Under TLS: of the ciphertext that carries it.
  package var start: Int
  package var end: Int
  /// Number of the flight it left in, from 0: commands of one flight were pipelined.
  package var flight: Int
  /// When its last byte was handed to the kernel; `nil` when that has not happened.
  package var written: Microseconds?
  /// Whether the peer answered it in full: with a reply, or a TLS flight by going on.
  package var isAnswered: Bool
  /// Index into the trace's replies; `nil` while unanswered, and for TLS flights always.
  package var reply: Int?

  package init(
    stage: Stage, text: String, start: Int, end: Int, flight: Int, written: Microseconds? = nil,
    isAnswered: Bool = false, reply: Int? = nil
  ) {
    self.stage = stage
    self.text = text
    self.start = start
    self.end = end
    self.flight = flight
    self.written = written
    self.isAnswered = isAnswered
    self.reply = reply
  }

  private enum CodingKeys: String, CodingKey {
    case stage, text, start, end, flight, reply
    case isAnswered = "answered"
    case written = "written_us"
  }
}

extension Trace {
  /// The reply to a command; `nil` while it has none.
  package func answer(to command: CommandRecord) -> ReplyRecord? {
    command.reply.flatMap { replies.indices.contains($0) ? replies[$0] : nil }
  }
}
