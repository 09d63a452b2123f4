import SessionTrace

/// Who writes to whom, and what: swaks' names where the meaning is the same.
extension OptionRow {
  package static let from = value(
    "from", \.from, .envelope, "Sender; '<>' or nothing for the null sender."
  ).with {
    $0.short = "f"
    $0.names = .mailbox
    $0.actsFrom = .mail
  }

  package static let to = list(
    "to", \.to, .envelope,
    "Recipients, separated by commas; may be repeated. Default: postmaster."
  ).with {
    $0.short = "t"
    $0.names = .mailbox
    $0.actsFrom = .mail
  }

  package static let toFile = value(
    "to-file", \.toFile, .envelope,
    "Recipients from a file, one a line, at most 10,000; '-' for stdin."
  ).with {
    $0.placeholder = "file"
    $0.mayComeFromAReport = false
  }

  package static let mailParam = list(
    "mail-param", \.mailParam, partedBy: " ", .envelope,
    "A parameter of MAIL, offered or not: RET=HDRS, BODY=8BITMIME, SIZE=1. May be repeated; takes the place of our own."
  ).with { $0.placeholder = "param" }

  package static let rcptParam = list(
    "rcpt-param", \.rcptParam, partedBy: " ", .envelope,
    "A parameter of every RCPT, offered or not: NOTIFY=SUCCESS,FAILURE. May be repeated."
  ).with { $0.placeholder = "param" }

  package static let anonymizeEnvelope = flag(
    "anonymize-envelope", \.anonymizeEnvelope, .envelope,
    "Send pseudonyms of the same length for sender and recipients, so that captures are clean too.")

  package static let ehlo = value(
    "ehlo", \.ehlo, .envelope, "Name to greet with. Default: this host's name."
  ).with {
    $0.aliases = ["helo"]
    $0.names = .ownName
    $0.actsFrom = .ehlo
  }

  package static let heloFirst = flag(
    "helo-first", \.heloFirst, .envelope,
    "Greet with HELO and never with EHLO, as clients did before extensions: none is offered then."
  ).with { $0.actsFrom = .ehlo }

  package static let xclient = list(
    "xclient", \.xclient, partedBy: " ", .envelope,
    "Have the server take us for another client: ADDR=192.0.2.7 NAME=host.example.org. May be repeated."
  ).with {
    $0.placeholder = "name=value"
    $0.names = .otherHost
    $0.mayComeFromAReport = false
  }

  package static let data = value(
    "data", \.data, .envelope, "Send this file as the message; '-' for stdin."
  ).with {
    $0.short = "d"
    $0.placeholder = "file"
    $0.mayComeFromAReport = false
  }

  package static let messageSize = value(
    "message-size", \.messageSize, in: 1...(1 << 40), .envelope,
    "Send a made-up message of exactly this many bytes."
  ).with { $0.mayComeFromAReport = false }

  package static let messages = value(
    "messages", \.messages, in: 1...SessionOptions.mostTransactions, .envelope,
    "Send the message so often over one connection; a refusal, or MAILMAX of LIMITS, ends it."
  ).with {
    $0.placeholder = "n"
    $0.mayComeFromAReport = false
  }

  package static let rset = flag(
    "rset", \.rset, .envelope, "With --messages: RSET between them.")

  package static let lineLength = value(
    "line-length", \.lineLength, in: 1...(1 << 30), .envelope, "Length of its lines, without CRLF."
  ).with { $0.actsFrom = .body }

  package static let envelopeSize = value(
    "envelope-size", \.envelopeSize, in: 1...(1 << 24), .envelope,
    "Pad the envelope (MAIL, RCPT, DATA) to exactly this many bytes."
  ).with { $0.actsFrom = .mail }

  package static let pad = flag(
    "pad", \.pad, .envelope, "Pad an envelope that is shorter than the first piece."
  ).with { $0.actsFrom = .mail }

  package static let quitAfter = value(
    "quit-after", \.quitAfter, .envelope,
    "Stop after: \(StopPoint.choices.joined(separator: ", "))."
  ).with { $0.short = "q" }

  package static let dropAfter = value(
    "drop-after", \.dropAfter, .envelope,
    "The same, but close the connection there without RSET or QUIT. Words as for --quit-after.")

  package static let earlyQuit = flag(
    "early-quit", \.earlyQuit, .envelope,
    "With PIPELINING: QUIT in one write with the dot, as Postfix and Exim do; with --quit-after rcpt MAIL, RCPT, RSET and QUIT, as verify(8) does."
  ).with { $0.actsFrom = .mail }

  package static let lmtp = flag(
    "lmtp", \.lmtp, .envelope,
    "Speak LMTP (RFC 2033): LHLO, and after the dot one reply for each recipient that was accepted."
  )

  package static let prdr = flag(
    "prdr", \.prdr, .envelope,
    "Where PRDR is offered (Exim): ask for a reply for each recipient behind the message.")

  package static let pipelining = value(
    "pipelining", \.pipelining, .envelope,
    "PIPELINING: auto (when offered), on (always), early (EHLO with them, before the greeting), off."
  ).with { $0.actsFrom = .mail }

  package static let chunking = OptionRow(
    name: "chunking", shape: .value, section: .envelope,
    help:
      "Send the message by BDAT: off, auto (when CHUNKING is offered), early (the first chunk with the envelope), on (always). See --chunk-size.",
    choices: ChunkingMode.choices, key: "chunking",
    read: { (word, _) throws(OptionWordError) in
      let mode = try ChunkingMode(option: word ?? "")
      return { $0.chunking = mode }
    },
    words: { options in
      var silent = options
      silent.chunking = nil
      return silent.chunkingMode == options.chunkingMode
        ? [] : typed("chunking", options.chunkingMode.optionText)
    },
    record: { $0.chunkingMode.recorded },
    reset: { $0.chunking = nil }
  ).with { $0.actsFrom = .body }

  package static let chunkSize = value(
    "chunk-size", \.chunkSize, in: 1...(1 << 30), .envelope,
    "Size of each chunk; turns --chunking on. Default: one chunk, or 64 KiB each from a pipe."
  ).with { $0.actsFrom = .body }

  package static let pregreet = flag(
    "pregreet", \.pregreet, .envelope, "Send EHLO before the greeting has come."
  ).with { $0.actsFrom = .banner }

  package static let ignoreKeyword = list(
    "ignore-keyword", \.ignoreKeyword, .envelope,
    "Do as if EHLO did not offer this: SIZE, 8BITMIME, STARTTLS. May be repeated."
  ).with { $0.actsFrom = .starttls }

  package static let mend = list(
    "mend", \.mend, .envelope,
    "Mend the message: zeros, eight_bit, long_lines, line_ends, last_line. May be repeated."
  ).with {
    $0.placeholder = "trait"
    $0.actsFrom = .body
  }
}
