/// Sender and recipients of a message, checked so far that no command can be smuggled in.
///
/// The addresses are otherwise kept as given, bytes and all: how a server takes a strange one is for
/// the server to show.
package struct Envelope: Equatable, Sendable {
  /// Reverse-path without brackets; empty for the null sender.
  package let sender: [UInt8]
  /// Forward-paths without brackets, in order; never empty.
  package let recipients: [[UInt8]]

  /// The most bytes we take for an address: RFC 5321 section 4.5.3.1.3 has 256.
  package static let longestPath = 1024
  /// The most for our own name: with it EHLO fills any packet of Ethernet, jumbo frames too.
  package static let longestName = 9_000

  /// Takes mailboxes without brackets, an empty `sender` being the null one.
  package init(sender: [UInt8], recipients: [[UInt8]]) throws(EnvelopeError) {
    guard !recipients.isEmpty else { throw .noRecipients }
    try Envelope.check(sender, as: .sender)
    for (index, recipient) in recipients.enumerated() {
      let place = EnvelopeError.Place.recipient(index + 1)
      guard !recipient.isEmpty else { throw .empty(place) }
      try Envelope.check(recipient, as: place)
    }
    self.sender = sender
    self.recipients = recipients
  }

  /// Some of the recipients of an envelope.
  init(_ recipients: some Sequence<[UInt8]>, of envelope: Envelope) {
    sender = envelope.sender
    self.recipients = Array(recipients)
  }

  /// Refuses what would end a command or a path early: CR, LF, NUL and `>`; and undue length.
  static func check(_ bytes: [UInt8], as place: EnvelopeError.Place) throws(EnvelopeError) {
    guard bytes.count <= place.limit else {
      throw .tooLong(bytes.count, limit: place.limit, in: place)
    }
    let forbidden: [UInt8] = [0x00, 0x0A, 0x0D, UInt8(ascii: ">")]
    if let offset = bytes.firstIndex(where: forbidden.contains) {
      throw .forbiddenByte(bytes[offset], offset: offset, in: place)
    }
  }

  /// Whether an address needs SMTPUTF8 (RFC 6531).
  package var hasNonASCII: Bool { nonASCII != nil }

  /// The first address that does.
  var nonASCII: [UInt8]? {
    ([sender] + recipients).first { $0.contains { $0 > 0x7F } }
  }
}
