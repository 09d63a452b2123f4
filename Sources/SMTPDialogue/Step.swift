/// What the sender does once every reply that is due has come.
enum Step: Equatable, Sendable {
  /// Say a verb whose line is known from the plan.
  case say(Verb)
  /// STARTTLS was accepted.
  case handshake
  /// AUTH is next: whoever has the credentials moves.
  case authenticate
  /// The same, after the server's challenge; `nil` for what is no Base64.
  case answerChallenge([UInt8]?)
  /// AUTH was accepted, and the server has not proved what its mechanism has it prove.
  case doubtAcceptance
  /// The exchange was taken back, and that is answered; why, where it was for want of something of ours.
  case stayUnknown(String?)
  /// Make the envelope and send its first flight.
  case envelope
  /// Go on with the transaction, as its replies have it.
  case transaction
  /// Send the next chunk of the message.
  case chunk
  /// The next message over the same connection.
  case nextMessage
  /// RSET where a transaction is open, then QUIT.
  case leave
  /// Nothing in clear text: close at once.
  case giveUpTLS
  /// QUIT was answered.
  case close
}
