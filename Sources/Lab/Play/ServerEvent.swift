/// What a server of the lab is told.
package enum ServerEvent: Sendable, Equatable {
  /// The connection has been accepted.
  case connected
  /// One read brought these bytes, in clear or out of TLS.
  case bytes([UInt8])
  /// One read brought these bytes while the TLS handshake is under way.
  case handshakeBytes([UInt8])
  /// These bytes came out of TLS in the read that ended the handshake.
  case bytesBehindHandshake([UInt8])
  /// The TLS handshake is done.
  case secured
  /// A TLS record of that many bytes has begun to arrive; its text comes later.
  case tlsRecord(Int)
  /// The client said close_notify.
  case tlsClosed
  /// The client sent FIN.
  case endOfStream
  /// The time asked for by `nextDeadline` has come.
  case deadline
  /// All that was sent has left; asked for by `awaitsRoom`.
  case sent
}

/// What a server of the lab wants done.
package enum ServerAction: Sendable, Equatable {
  /// Write these bytes, a segment by themselves; through TLS when it is established.
  case send([UInt8])
  /// Expect the client's handshake from here on.
  case startTLS
  /// Give these bytes to the TLS library.
  case handshake([UInt8])
  /// Read no more from the socket.
  case stopReading
  /// These bytes past TLS, a segment by themselves.
  case sendInClear([UInt8])
  /// close_notify.
  case closeTLS
  /// Keep the connection as long as the client's end of it exists, which has sent its FIN.
  case outlastClient
  /// FIN, then read on until the client closes; TLS is closed by its own word before.
  case hangUp
  /// The same without that word.
  case hangUpInSilence
  /// `close(2)`.
  case close
  /// RST.
  case reset
  /// A message has been taken; its reply follows.
  case keep(ReceivedMessage)
  /// For the log.
  case record(LabEvent)
}
