import SessionOptions
import SessionTrace
import SMTPDialogue

extension Knob {
  /// What is varied, as the report names it: `pipelining`, `envelope_size`.
  package var name: String {
    switch self {
    case .pipeliningOff: "pipelining"
    case .wholeCommands, .uncut, .cutBetweenCRLF, .cutInsideCommand,
      .cutInsideContent, .cutAtEndOfData, .cutAt:
      "split"
    case .envelopeSize, .largerEnvelope, .bareEnvelope: "envelope_size"
    case .recipients, .recipientAlone: "recipients"
    case .ignoredKeyword: "ignore_keyword"
    case .noPregreet: "pregreet"
    case .fastOpenOff: "fast_open"
    case .noDelay: "nodelay"
    case .segmentSize: "mss"
    case .fragmentation: "pmtu_discovery"
    case .stopAndWait: "in_flight"
    case .keepalive: "keepalive"
    case .anyPort: "local_port"
    case .ipv4, .ipv6: "family"
    case .address: "address"
    case .plainMessage, .mended: "content"
    case .messageSize: "message_size"
    case .dataCommand: "chunking"
    case .tlsOff: "tls"
    case .tlsLenient: "tls_priority"
    case .tlsUnverified: "tls_verify"
    case .helloSize: "clienthello_size"
    case .recordSize: "tls_record_size"
    case .helloCut: "clienthello_split"
    case .patience: "timeout"
    case .nudge: "nudge"
    case .hops: "hops"
    }
  }

  /// The variant's value, short: `off`, `512`.
  package var value: String {
    switch self {
    case .pipeliningOff, .noPregreet, .fastOpenOff, .tlsOff, .dataCommand: "off"
    case .wholeCommands: "command"
    case .uncut: "none"
    case .cutBetweenCRLF: "crlf"
    case .cutInsideCommand(let size): "\(size),rest"
    case .cutInsideContent(let size): "\(size),rest in the data"
    case .cutAtEndOfData(let place): "dot:\(place)"
    case .cutAt(let size): String(size)
    case .envelopeSize(let size), .largerEnvelope(let size): String(size)
    case .bareEnvelope: "smallest"
    case .recipients(let number): String(number)
    case .recipientAlone(let place): "number \(place) alone"
    case .ignoredKeyword(let keyword): keyword
    case .noDelay: "on"
    case .segmentSize(let size): String(size)
    case .fragmentation: "dont"
    case .stopAndWait(let size): "\(size), acknowledged one by one"
    case .keepalive: "on"
    case .anyPort: "any"
    case .ipv4: "ipv4"
    case .ipv6: "ipv6"
    case .address(let address): address
    case .plainMessage: "plain, same size"
    case .messageSize(let size): String(size)
    case .mended(let mend): "\(mend.rawValue) mended"
    case .tlsLenient: "legacy"
    case .tlsUnverified: "off"
    case .helloSize(let size): String(size)
    case .recordSize(let size): String(size)
    case .helloCut: "in two"
    case .patience(let time): patienceText(time)
    case .nudge: "after the silence"
    case .hops: "counted"
    }
  }

  /// The variant in a sentence: `with --pipelining off`, `in clear text`.
  package var phrase: String {
    switch self {
    case .pipeliningOff: "with one command at a time (--pipelining off)"
    case .wholeCommands: "with one command a segment (--split command)"
    case .uncut: "with the same bytes uncut"
    case .cutBetweenCRLF: "cut between CR and LF only (--split crlf)"
    case .cutInsideCommand(let size): "cut inside the first command (--split \(size),rest)"
    case .cutInsideContent(let size):
      "cut inside the content, away from its end (--split \(size),rest)"
    case .cutAtEndOfData(let place): "cut after \(place) of the five bytes that end the data"
    case .cutAt(let size): "in segments of \(size) bytes from us (--split \(size))"
    case .envelopeSize(let size): "with an envelope of \(size) bytes and as many commands"
    case .largerEnvelope(let size): "with an envelope of \(size) bytes in one segment"
    case .bareEnvelope: "with the smallest pipelined envelope"
    case .recipients(let number): "with \(count(number, "RCPT command"))"
    case .recipientAlone(let place): "with recipient number \(place) alone"
    case .ignoredKeyword(let keyword): "without use of \(keyword) (--ignore-keyword \(keyword))"
    case .noPregreet: "waiting for the greeting"
    case .fastOpenOff: "without Fast Open (--fast-open off)"
    case .noDelay: "with TCP_NODELAY"
    case .segmentSize(let size): "with segments of at most \(size) bytes both ways (--mss \(size))"
    case .fragmentation: "without the don't-fragment bit (--pmtu-discovery dont)"
    case .stopAndWait(let size):
      "with \(size) bytes at a time, each acknowledged before the next"
    case .anyPort: "from a port that the kernel picks (without --local-port)"
    case .keepalive: "with keepalives every second"
    case .ipv4: "over IPv4"
    case .ipv6: "over IPv6"
    case .address(let address): "at \(address)"
    case .plainMessage: "with a plain message of the same size"
    case .messageSize(let size): "with a plain message of \(size) bytes"
    case .mended(.zeros): "without zero bytes in the message"
    case .mended(.eightBit): "without bytes over 127 in the message"
    case .mended(.longLines): "with the message's lines at 72 characters at most"
    case .mended(.lineEnds): "with CRLF at the end of every line of the message"
    case .dataCommand: "with DATA instead of BDAT"
    case .tlsOff: "in clear text (--tls off)"
    case .tlsLenient: "with old versions and ciphers allowed"
    case .tlsUnverified: "whatever its certificate (without --tls-verify)"
    case .helloSize(let size): "with a ClientHello of \(size) bytes"
    case .recordSize(let size):
      "with TLS records of \(size) bytes at most (--tls-record-size \(size))"
    case .helloCut: "with a ClientHello of \(Self.smallHello) bytes in two segments"
    case .patience(let time): "waiting \(patienceText(time)) for each reply"
    case .nudge: "when nudged by NOOP after the silence (--nudge)"
    case .hops: "with hops counted (--hops)"
    }
  }
}

/// `120 s`: a wait as people give it.
func patienceText(_ time: Microseconds) -> String {
  time % 1_000_000 == 0 ? "\(time / 1_000_000) s" : durationText(time)
}
