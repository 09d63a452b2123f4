import ArgumentParser
import SMTPDialogue
import Wire

/// Who writes to whom, and what: swaks' names where the meaning is the same.
struct EnvelopeOptions: ParsableArguments {
  @Option(name: [.customShort("f"), .long], help: "Sender; '<>' or nothing for the null sender.")
  var from = "<>"

  @Option(
    name: [.customShort("t"), .long],
    help: "Recipients, separated by commas; may be repeated. Default: postmaster.")
  var to: [String] = []

  @Option(
    name: [.long, .customLong("helo")],
    help: "Name to greet with. Default: this host's name.")
  var ehlo: String?

  @Option(name: [.customShort("d"), .long], help: "Send this file as the message; '-' for stdin.")
  var data: String?

  @Option(help: "Send a made-up message of exactly this many bytes.")
  var messageSize: Int?

  @Option(help: "Length of its lines, without CRLF.")
  var lineLength = 72

  @Option(help: "Pad the envelope (MAIL, RCPT, DATA) to exactly this many bytes.")
  var envelopeSize: Int?

  @Flag(inversion: .prefixedNo, help: "Pad an envelope that is shorter than the first piece.")
  var pad = true

  @Option(
    name: [.customShort("q"), .long],
    help: "Stop after: \(StopPoint.words.joined(separator: ", ")).")
  var quitAfter: String?

  @Option(help: "PIPELINING: auto (when offered), on (always), off.")
  var pipelining = PipeliningMode.auto

  @Option(
    help:
      "Send the message by BDAT: off, auto (when CHUNKING is offered), on (always). See --chunk-size."
  )
  var chunking: ChunkingMode?

  @Option(
    help: "Size of each chunk; turns --chunking on. Default: one chunk, or 64 KiB each from a pipe."
  )
  var chunkSize: Int?

  @Flag(help: "Send EHLO before the greeting has come.")
  var pregreet = false

  @Option(help: "Do as if EHLO did not offer this: SIZE, 8BITMIME, STARTTLS. May be repeated.")
  var ignoreKeyword: [String] = []

  @Option(
    help: ArgumentHelp(
      "Mend the message: zeros, eight_bit, long_lines, line_ends. May be repeated.",
      valueName: "trait"))
  var mend: [MessageMend] = []

  /// How the message is to be cut; a size without a mode means that BDAT is wanted.
  var chunkingPlan: ChunkingPlan {
    ChunkingPlan(mode: chunking ?? (chunkSize == nil ? .off : .on), size: chunkSize)
  }

  func validate() throws {
    if let chunkSize, !(1...(1 << 30)).contains(chunkSize) {
      throw ValidationError("--chunk-size \(chunkSize): give 1 to \(1 << 30).")
    }
    if data != nil && messageSize != nil {
      throw ValidationError("--data and --message-size exclude each other: choose one message.")
    }
    if let messageSize, messageSize < 1 {
      throw ValidationError("--message-size \(messageSize): give at least 1.")
    }
    if let envelopeSize, !(1...(1 << 24)).contains(envelopeSize) {
      throw ValidationError("--envelope-size \(envelopeSize): give 1 to \(1 << 24).")
    }
    if lineLength < 1 { throw ValidationError("--line-length \(lineLength): give at least 1.") }
    if let quitAfter, StopPoint(word: quitAfter) == nil {
      throw ValidationError(
        "--quit-after \(quitAfter): no such stop; use one of "
          + StopPoint.words.joined(separator: ", ") + ".")
    }
  }
}

extension EnvelopeOptions {
  /// Whether a session with these options delivers a message, when the server takes it.
  var deliversMail: Bool {
    guard let stop = quitAfter.flatMap({ StopPoint(word: $0) }) else {
      return data != nil || messageSize != nil
    }
    return stop == .dot
  }
}

extension PipeliningMode: ExpressibleByArgument {}
extension MessageMend: ExpressibleByArgument {}
extension ChunkingMode: ExpressibleByArgument {}

extension EnvelopeOptions {
  /// What `--data` reads where that can be done once (standard input, a FIFO, a device), for several
  /// sessions; `nil` where it can be read again.
  func heldData() throws -> [UInt8]? {
    guard messageSize == nil, let data else { return nil }
    if data == "-" { return try contentsOfStandardInput() }
    return InputFile.isReadOnce(path: data) ? try contents(of: data) : nil
  }
}
