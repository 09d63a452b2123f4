package import SessionOptions
package import SessionTrace

/// The one thing in which the sessions of an experiment differ from the control.
///
/// Pure words: whoever runs the sessions turns a knob into the options of a probe (README, "diagnose").
package enum Knob: Hashable, Sendable {
  // MARK: The envelope and its segments
  /// One command at a time.
  case pipeliningOff
  /// One command a segment.
  case wholeCommands
  /// The same bytes as the control, not cut.
  case uncut
  /// A cut between CR and LF, and nowhere else.
  case cutBetweenCRLF
  /// A cut after so many bytes of each flight: inside the first command, away from every line end.
  case cutInsideCommand(Int)
  /// The same in the message content only.
  case cutInsideContent(Int)
  /// A cut after so many of the five bytes that end the data.
  case cutAtEndOfData(Int)
  /// Segments of so many bytes from us, without asking the peer for small ones too.
  case cutAt(Int)
  /// An envelope of exactly so many bytes, with as many commands as the control's.
  case envelopeSize(Int)
  /// An envelope of so many bytes, not cut, with as many commands as that takes.
  case largerEnvelope(Int)
  /// The smallest envelope: one recipient, no padding, pipelined as before.
  case bareEnvelope
  /// So many RCPT commands.
  case recipients(Int)
  /// The recipient of the RCPT command in that place, from 1, and no other.
  case recipientAlone(Int)
  /// The keyword of EHLO is passed over, as if it were not offered.
  case ignoredKeyword(String)
  /// EHLO waits for the greeting.
  case noPregreet

  // MARK: TCP
  case fastOpenOff
  case noDelay
  /// At most so many bytes a segment, in both directions.
  case segmentSize(Int)
  /// No don't-fragment bit: routers may cut what is too large for their next link.
  case fragmentation
  /// So many bytes at a time, each acknowledged before the next leaves.
  case stopAndWait(Int)
  /// The connection is kept alive through silences.
  case keepalive
  case ipv4
  case ipv6
  /// From a port that the kernel picks, where the user named one.
  case anyPort
  /// Another address of the same target.
  case address(String)

  // MARK: The message
  /// A made-up message of plain short lines, of the same size.
  case plainMessage
  /// The same of so many bytes.
  case messageSize(Int)
  /// The message with one trait mended.
  case mended(MessageMend)
  /// DATA and a dot in the place of BDAT.
  case dataCommand

  // MARK: TLS
  case tlsOff
  /// Everything old that the library still can, and no server name.
  case tlsLenient
  /// The server's certificate is looked at and not insisted on.
  case tlsUnverified
  /// A ClientHello of so many bytes in one segment.
  case helloSize(Int)
  /// TLS records of so many bytes of text at most.
  case recordSize(Int)
  /// A small ClientHello, which fits one segment, in two.
  case helloCut

  // MARK: Time
  /// So long a wait for each reply.
  case patience(Microseconds)
  /// `NOOP` sent into the silence when the session is over: what it sets free.
  case nudge
  /// The same with a small time to live first: who acknowledges.
  ///
  /// Apart from ``nudge``, since it may take seconds and holds the `NOOP` up.
  case hops
}

extension Knob {
  /// Bytes of a ClientHello that every path takes in one segment.
  package static let smallHello = 600
}

/// One session of an investigation.
package struct Trial: Hashable, Sendable {
  /// In the order in which they were asked for, from 1.
  package let number: Int
  /// `nil` for the control.
  package let knob: Knob?
  /// Knobs that are turned in the control already: what gets past the failures before this one.
  package let base: [Knob]

  package init(number: Int, knob: Knob?, base: [Knob] = []) {
    self.number = number
    self.knob = knob
    self.base = base
  }
}
