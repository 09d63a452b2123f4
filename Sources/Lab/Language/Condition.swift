package import SessionTrace

/// When a rule applies: the `C:` line of a fixture.
package enum Condition: Sendable, Equatable {
  /// The connection has been accepted; in place of the greeting.
  case connects
  /// Bytes have come before the greeting was said.
  case earlyTalk
  /// A command line has come.
  case command(CommandPattern)
  /// The first bytes of the client's TLS handshake have come.
  case tlsHello
  /// That many bytes of message content have come, once a message.
  case bodyByte(Int)
  /// A line of content has grown longer than this, its line end not counted; once a message.
  case bodyLineOver(Int)
  /// These bytes have come in the content, once a message.
  case bodyContains([UInt8])
  /// The end of data has come.
  case endOfData
  /// So long after the connection was accepted, once a connection.
  case elapsed(Microseconds)
  /// The client has sent FIN.
  case finishes
  /// The client has sent FIN while replies to it were still to be said.
  case finishesEarly
  /// LF without CR has come in the content, once a message.
  case bodyBareLineFeed
  /// A byte over 127 has come in the content, once a message.
  case bodyEightBit
  /// The first read of the client's handshake does not hold the whole ClientHello.
  case tlsHelloInPieces
  /// The record that carries the ClientHello has that many bytes, its header not counted.
  case tlsHelloSize(from: Int, to: Int)
  /// The first read of the client's handshake holds these bytes: a name it asks for, for one.
  case tlsHelloContains([UInt8])
  /// A TLS record with more bytes than this has begun, its header not counted; after the handshake.
  case tlsRecordOver(Int)
  /// The read that ended the TLS handshake brought more: Finished and what comes after it, at once.
  case tlsFinishedWithMore
  /// The client has said close_notify.
  case tlsCloses
}

/// Which command lines a rule means.
package struct CommandPattern: Sendable, Equatable {
  /// Upper-case verbs, any of them; empty means every command.
  package var verbs: [String] = []
  /// The how-manieth such command of the connection, from 1; `nil` means each.
  package var occurrence: Int?
  /// Bytes that the line must contain.
  package var containing: [UInt8]?
  /// The line must be longer than this, its line end counted.
  package var longerThan: Int?
  /// The number behind `SIZE=` must be greater than this (RFC 1870).
  package var declaresMoreThan: Int?
  /// One read must have brought it together with other commands.
  package var isInGroup = false

  package init(
    verbs: [String] = [], occurrence: Int? = nil, containing: [UInt8]? = nil,
    longerThan: Int? = nil, declaresMoreThan: Int? = nil, isInGroup: Bool = false
  ) {
    self.verbs = verbs
    self.occurrence = occurrence
    self.containing = containing
    self.longerThan = longerThan
    self.declaresMoreThan = declaresMoreThan
    self.isInGroup = isInGroup
  }
}
