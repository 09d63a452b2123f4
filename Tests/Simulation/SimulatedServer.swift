import SessionTrace
import TLSEngine

/// A small SMTP server on one end of the simulation, written from RFC 5321 and nothing else.
final class SimulatedServer {
  private let plan: ServerPlan
  private let end: TCPEnd
  private let book: ReplyBook
  private let clock: VirtualClock
  private var random: SeededRandom

  private var consumed = 0
  private var isReading = false
  private var readsOn = true
  private var speaks = true
  private var hasBroken = false
  private var hasSaidSurplus = false

  private var line: [UInt8] = []
  private var content: ContentReader?
  private var hasRefusedEarly = false
  /// The chunk that is being read: what is left of it, and what will be said.
  private var chunk: (left: Int, code: Int, isLast: Bool)?
  private var chunked = ContentReader.Digest()
  private var isSenderAccepted = false
  private var recipientsSeen = 0
  private var recipientsAccepted = 0

  /// Under TLS from the first byte; `nil` in clear text.
  private var tls: TLSSession?
  private var output: [UInt8] = []
  private var said = 0
  private var isSpeaking = false
  private var closesAfterOutput = false

  /// The message as it was understood, without the dots of DATA; `nil` while none is complete.
  private(set) var message: ContentReader.Digest?

  init(
    _ plan: ServerPlan, end: TCPEnd, book: ReplyBook, clock: VirtualClock, random: SeededRandom
  ) {
    self.plan = plan
    self.end = end
    self.book = book
    self.clock = clock
    self.random = random
    end.onChange = { [weak self] in self?.wake() }
  }

  func accepted() {
    if case .afterReading(0, let how) = plan.fault { breakNow(how) }
    if !plan.offersStartTLS, plan.credentials != nil {
      startTLS()
    } else {
      greet()
    }
    wake()
  }

  private func startTLS() {
    guard let credentials = plan.credentials else { return }
    tls = try? TLSSession(server: ServerConfiguration(credentials: credentials))
    carryOut(tls?.start() ?? [])
  }

  private func greet() {
    say(plan.greeting, "mx.example.com ESMTP")
    saySurplus()
  }

  /// What TLS wants done with its records, and with what was in them.
  private func carryOut(_ actions: [TLSSession.Action]) {
    for action in actions {
      switch action {
      case .send(let flight): output += flight.bytes
      case .established: if !plan.offersStartTLS { greet() }
      case .plaintext(let bytes): for byte in bytes { hear(byte) }
      case .closed, .failed: break
      }
    }
  }

  /// Says clear text, as TLS has it; in the middle of a handshake there is no way to.
  private func put(_ bytes: [UInt8]) {
    guard let tls else { return output += bytes }
    guard tls.isEstablished else { return }
    if case .success(let flight) = tls.seal(bytes[...]) { output += flight.bytes }
  }
}

// MARK: - Hearing

extension SimulatedServer {
  private func wake() {
    guard !isReading, readsOn, end.unread > 0 else { return }
    isReading = true
    clock.after(plan.readDelay) { [weak self] in
      self?.isReading = false
      self?.readSome()
    }
  }

  private func readSome() {
    guard readsOn else { return }
    var most = plan.greatestRead
    if case .afterReading(let limit, _) = plan.fault, !hasBroken {
      most = min(most, limit - consumed)
    }
    if let surplus = plan.surplus, !hasSaidSurplus {
      most = min(most, surplus.afterReading - consumed)
    }
    let bytes = end.read(most)
    consumed += bytes.count
    if let tls { carryOut(tls.receive(bytes)) } else { for byte in bytes { hear(byte) } }
    saySurplus()
    if case .afterReading(let limit, let how) = plan.fault, consumed == limit, !hasBroken {
      breakNow(how)
    }
    wake()
    speakSoon()
  }

  private func saySurplus() {
    guard let surplus = plan.surplus, consumed == surplus.afterReading, !hasSaidSurplus else {
      return
    }
    hasSaidSurplus = true
    put(Array(surplus.text.utf8))
    speakSoon()
  }

  private func hear(_ byte: UInt8) {
    if chunk != nil {
      hearChunk(byte)
    } else if var reader = content {
      let isEnd = reader.take(byte)
      content = reader
      if let early = plan.early, !hasRefusedEarly, reader.length >= early.after, !isEnd {
        hasRefusedEarly = true
        say(early.code, "too much")
      }
      if isEnd { finishContent(reader) }
    } else {
      line.append(byte)
      guard byte == 0x0A else { return }
      let text = String(decoding: line.dropLast(2), as: UTF8.self)
      line = []
      answer(text)
    }
  }

  private func hearChunk(_ byte: UInt8) {
    chunked.add(byte)
    chunk?.left -= 1
    let isOver = chunk?.left == 0
    if let early = plan.early, !hasRefusedEarly, chunked.length >= early.after, !isOver {
      hasRefusedEarly = true
      say(early.code, "too much")
    }
    if isOver { finishChunk() }
  }

  private func finishChunk() {
    guard let done = chunk else { return }
    chunk = nil
    if done.isLast { message = chunked }
    // The early refusal was the answer.
    if !hasRefusedEarly { say(done.code, "chunk") }
  }

  /// `BDAT 500`, `BDAT 500 LAST`: the bytes follow, whatever will be said (RFC 3030 section 2).
  private func beginChunk(_ words: [Substring]) {
    let isLast = words.count > 2
    let code = recipientsAccepted > 0 ? (isLast ? plan.dot : plan.chunk) : 503
    chunk = (words.count > 1 ? Int(words[1]) ?? 0 : 0, code, isLast)
    if chunk?.left == 0 { finishChunk() }
  }

  private func finishContent(_ reader: ContentReader) {
    content = nil
    message = reader.digest
    // The early refusal was the answer.
    guard !hasRefusedEarly else { return }
    say(recipientsAccepted > 0 ? plan.dot : 554, "end of data")
  }

  private func answer(_ command: String) {
    switch command.prefix(4) {
    case "EHLO": sayHello()
    case "HELO": say(plan.helo, "mx.example.com")
    case "MAIL":
      isSenderAccepted = plan.mail == 250
      say(plan.mail, "sender")
    case "RCPT":
      let planned = plan.recipients[min(recipientsSeen, plan.recipients.count - 1)]
      let code = isSenderAccepted ? planned : 503
      recipientsSeen += 1
      if code == 250 { recipientsAccepted += 1 }
      say(code, "recipient")
    case "DATA":
      let code =
        isSenderAccepted ? (recipientsAccepted > 0 ? plan.data : plan.dataWithoutRecipients) : 503
      if code == 354 { content = ContentReader() }
      say(code, "data")
    case "BDAT": beginChunk(command.split(separator: " "))
    case "RSET": say(250, "reset")
    case "STAR":
      say(220, "go on")
      startTLS()
    case "QUIT":
      say(221, "bye")
      closesAfterOutput = true
    default: say(500, "what?")
    }
  }

  private func sayHello() {
    guard plan.ehlo == 250 else { return say(plan.ehlo, "no") }
    var lines = ["mx.example.com"]
    if plan.offersPipelining { lines.append("PIPELINING") }
    if plan.offersChunking { lines.append("CHUNKING") }
    if plan.offersStartTLS, tls == nil { lines.append("STARTTLS") }
    if plan.offersSize { lines.append("SIZE 1000000000") }
    lines.append("HELP")
    say(250, lines)
  }
}

// MARK: - Speaking

extension SimulatedServer {
  private func say(_ code: Int, _ text: String) { say(code, [text]) }

  private func say(_ code: Int, _ lines: [String]) {
    if case .beforeReply(let number, let how) = plan.fault, book.codes.count == number {
      breakNow(how, saysRest: true)
      speaks = false
    }
    var bytes: [UInt8] = []
    for (index, line) in lines.enumerated() {
      bytes += Array("\(code)\(index + 1 == lines.count ? " " : "-")\(line)\r\n".utf8)
    }
    book.add(code: code, length: bytes.count)
    guard speaks else { return }
    put(bytes)
    if let behind = plan.behind, behind.reply == book.codes.count - 1 {
      put(Array(behind.text.utf8))
      if behind.leaves { breakNow(.closes, saysRest: true) }
    }
    if !plan.batches { speakSoon() }
    if plan.batches, end.unread == 0 { speakSoon() }
  }

  private func speakSoon() {
    guard !isSpeaking, !output.isEmpty, end.state == .open else { return }
    isSpeaking = true
    clock.after(plan.thinks) { [weak self] in
      self?.isSpeaking = false
      self?.speakSome()
    }
  }

  private func speakSome() {
    var count = min(output.count, random.number(1...plan.greatestWrite))
    if case .afterSaying(let limit, _) = plan.fault { count = min(count, limit - said) }
    if let cut = plan.cut, said < cut { count = min(count, cut - said) }
    let taken = end.write(output.prefix(max(0, count)), endsSegment: false)
    output.removeFirst(taken)
    said += taken
    if case .afterSaying(let limit, let how) = plan.fault, said == limit, !hasBroken {
      output = []
      breakNow(how)
      speaks = false
    }
    if output.isEmpty {
      if closesAfterOutput { end.finish() }
    } else if end.state == .open {
      isSpeaking = true
      clock.after(max(plan.gap, 1)) { [weak self] in
        self?.isSpeaking = false
        self?.speakSome()
      }
    }
  }

  private func breakNow(_ how: ServerPlan.End, saysRest: Bool = false) {
    hasBroken = true
    if !saysRest, how != .stopsReading { output = [] }
    switch how {
    case .silence:
      speaks = false
      closesAfterOutput = false
    case .stopsReading: readsOn = false
    case .halfCloses:
      speaks = false
      finishAfterOutput()
    case .closes:
      speaks = false
      finishAfterOutput()
      closed()
    case .resets:
      speaks = false
      output = []
      readsOn = false
      end.abort()
    }
  }

  private func finishAfterOutput() {
    if output.isEmpty { end.finish() } else { closesAfterOutput = true }
  }

  /// The program is gone: nobody reads, and once the FIN has left, the stack answers with RST.
  private func closed() {
    readsOn = false
    clock.after(50_000) { [weak self] in self?.end.refuseFurtherBytes() }
  }
}
