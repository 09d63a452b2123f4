/// The envelope as it went out; of several transactions, that of the first.
package struct EnvelopeRecord: Codable, Sendable, Equatable {
  /// Bytes of MAIL, all RCPT and DATA with their CRLFs.
  package var size: Int
  /// Reverse-path without brackets; empty for the null sender. Escaped.
  package var sender: String
  /// How many RCPT commands, and how many different recipients.
  package var recipientCommands: Int
  package var recipients: Int
  /// Bytes added to reach the size asked for.
  package var padding: Int
  /// Whether MAIL, RCPT and DATA left as one flight.
  package var pipelined: Bool
  /// The parts into which it was put for a server that announces limits; `nil` where it went whole.
  package var parts: PartsRecord?

  package init(
    size: Int, sender: String, recipientCommands: Int, recipients: Int, padding: Int,
    pipelined: Bool
  ) {
    self.size = size
    self.sender = sender
    self.recipientCommands = recipientCommands
    self.recipients = recipients
    self.padding = padding
    self.pipelined = pipelined
  }

  private enum CodingKeys: String, CodingKey {
    case size, sender, recipients, padding, pipelined, parts
    case recipientCommands = "recipient_commands"
  }
}
