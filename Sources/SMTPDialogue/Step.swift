/// What the sender does once every reply that is due has come.
enum Step: Equatable, Sendable {
  /// Say a verb whose line is known from the plan.
  case say(Verb)
  /// STARTTLS was accepted.
  case handshake
  /// Make the envelope and send its first flight.
  case envelope
  /// Go on with the transaction, as its replies have it.
  case transaction
  /// Send the next chunk of the message.
  case chunk
  /// RSET where a transaction is open, then QUIT.
  case leave
  /// Nothing in clear text: close at once.
  case giveUpTLS
  /// QUIT was answered.
  case close
}
