import SessionTrace
@testable import Simulation

/// A small SMTP server that does one thing or another wrong, written from RFC 5321 and nothing else.
final class SiteServer {
  enum State {
    case commands
    case content
    case chunk(left: Int, isLast: Bool)
    /// Reads on, and answers nothing more.
    case silent
    /// Reads nothing more.
    case gone
  }

  /// Offsets of our bytes that something in front took, and passed nothing on of.
  var lost: [Range<Int>] = []
  /// Where segments of ours ended.
  var segmentEnds: Set<Int> = []
  /// Whether EHLO was answered, and no message has begun.
  var isInEnvelope: Bool { greeted && hasHello && message == nil }

  let site: Site
  let faults: [SiteFault]
  let end: TCPEnd
  let clock: VirtualClock
  let onEnd: () -> Void
  var state = State.commands
  private var greeted = false
  private var hasHello = false
  private var isSenderKnown = false
  private var recipients = 0
  private var message: SiteMessage?
  private var line: [UInt8] = []
  private var lineStart = 0
  private var consumed = 0
  private var isReading = false
  private var commandsInRead = 0
  private var commandBytes = 0
  /// How many bytes of CR LF . CR LF the last ones match.
  private var matched = 0
  /// When the reply that was made last will have been said.
  var busyUntil: Microseconds = 0

  /// A server at one end of a connection; `onEnd` is called when it has done with it.
  init(
    _ site: Site, isFaulty: Bool, end: TCPEnd, clock: VirtualClock, onEnd: @escaping () -> Void
  ) {
    self.site = site
    faults = isFaulty ? site.faults : []
    self.end = end
    self.clock = clock
    self.onEnd = onEnd
    end.onChange = { [weak self] in self?.wake() }
  }

  /// The connection has come about; `refusal` is how it is not let in.
  func accepted(_ refusal: Site.Refusal?) {
    switch refusal {
    case .noAnswer, .refused, nil: break
    case .silence: return hush()
    case .closes: return leave()
    case .says421: return perform(.refusesAndLeaves(421))
    case .says554: return perform(.refusesAndLeaves(554))
    }
    say(.banner, 220, ["mx.example.com ESMTP"]) { [weak self] in self?.greeted = true }
  }
}

// MARK: - Hearing

extension SiteServer {
  private func wake() {
    if end.hasPeerFinished || end.state != .open { return leave() }
    guard !isReading, end.unread > 0 else { return }
    isReading = true
    clock.after(100) { [weak self] in
      self?.isReading = false
      self?.readSome()
    }
  }

  private func readSome() {
    if case .gone = state { return }
    let bytes = end.read(65_536)
    let start = consumed
    consumed += bytes.count
    commandsInRead = 0
    if !greeted, !bytes.isEmpty, let way = mindsEarlyTalk { return perform(way) }
    var pieces: [(offset: Int, bytes: ArraySlice<UInt8>)] = [(start, bytes[...])]
    for hole in lost where hole.upperBound > start {
      pieces = pieces.flatMap { piece in
        [
          (piece.offset, piece.bytes.prefix(max(0, hole.lowerBound - piece.offset))),
          (
            max(piece.offset, hole.upperBound),
            piece.bytes.dropFirst(max(0, hole.upperBound - piece.offset))
          ),
        ]
      }
    }
    commandBytes = 0
    for piece in pieces { hear(piece.bytes, at: piece.offset) }
    wake()
  }

  private var mindsEarlyTalk: SiteFault.Way? {
    for case .mindsEarlyTalk(let way) in faults { return way }
    return nil
  }

  private func hear(_ bytes: ArraySlice<UInt8>, at start: Int) {
    var rest = bytes
    while !rest.isEmpty {
      let offset = start + rest.startIndex - bytes.startIndex
      switch state {
      case .gone, .silent: return
      case .chunk(let left, let isLast):
        let taken = rest.prefix(left)
        rest = rest.dropFirst(taken.count)
        message?.add(taken)
        state = left > taken.count ? .chunk(left: left - taken.count, isLast: isLast) : .commands
        if left == taken.count { finishChunk(isLast: isLast) }
      case .content:
        let count = lengthOfContent(in: rest)
        message?.add(rest.prefix(count.taken))
        rest = rest.dropFirst(count.taken)
        if count.isEnd { finishContent(at: offset + count.taken) }
      case .commands:
        if line.isEmpty { lineStart = offset }
        let taken = rest.prefix { $0 != 10 }.count + 1
        line += rest.prefix(taken)
        commandBytes += min(taken, rest.count)
        for case .takesAtOnce(let most) in faults where isInEnvelope && commandBytes > most {
          return hush()
        }
        rest = rest.dropFirst(taken)
        guard line.last == 10 else { return }
        let text = String(decoding: line.dropLast(2), as: UTF8.self)
        let place = lineStart..<(lineStart + line.count)
        line = []
        commandsInRead += 1
        hear(command: text, in: place)
      }
    }
  }

  /// Bytes of the message, up to CR LF . CR LF (RFC 5321 section 4.1.1.4) where that is in sight.
  private func lengthOfContent(in bytes: ArraySlice<UInt8>) -> (taken: Int, isEnd: Bool) {
    let end: [UInt8] = [13, 10, 46, 13, 10]
    for (index, byte) in bytes.enumerated() {
      matched = byte == end[matched] ? matched + 1 : byte == 13 ? 1 : 0
      if matched == 5 { return (index + 1, true) }
    }
    return (bytes.count, false)
  }

  private func hear(command: String, in place: Range<Int>) {
    let isCut = segmentEnds.contains { $0 > place.lowerBound && $0 < place.upperBound }
    for fault in faults {
      switch fault {
      case .splitCommand where isCut: return hush()
      case .splitLineEnd where segmentEnds.contains(place.upperBound - 1): return hush()
      case .throwsAwayGroups where commandsInRead > 1: return
      case .mindsGroups(let way) where commandsInRead > 1: return perform(way)
      default: break
      }
    }
    answer(command)
  }

  private func finishContent(at end: Int) {
    state = .commands
    if faults.contains(.splitEnd), segmentEnds.contains(where: { $0 > end - 5 && $0 < end }) {
      return hush()
    }
    finishMessage()
  }

  private func finishChunk(isLast: Bool) {
    if isLast { finishMessage() } else { say(.body, 250, ["chunk"]) }
  }

  private func finishMessage() {
    let seen = message ?? SiteMessage()
    message = nil
    for fault in faults {
      switch fault {
      case .minds(let trait, let way) where seen.has(trait): return perform(way)
      case .mindsSize(let most, let way) where seen.size > most: return perform(way)
      default: break
      }
    }
    for _ in 0..<(site.speaksLMTP ? max(1, recipients) : 1) { say(.dot, 250, ["taken"]) }
  }

  private func answer(_ command: String) {
    let hello = site.speaksLMTP ? "LHLO" : "EHLO"
    switch command.prefix(4).uppercased() {
    case hello:
      hasHello = true
      say(.ehlo, 250, offers)
    case "HELO" where !site.speaksLMTP:
      hasHello = true
      say(.ehlo, 250, ["mx.example.com"])
    case "MAIL":
      for case .mindsParameter(let way) in faults where command.contains(" SIZE=") {
        return perform(way)
      }
      isSenderKnown = true
      recipients = 0
      say(.mail, 250, ["sender"])
    case "RCPT":
      for case .mindsRecipients(let most, let way) in faults where recipients >= most {
        return perform(way)
      }
      recipients += 1
      say(.rcpt, isSenderKnown ? 250 : 503, ["recipient"])
    case "DATA":
      guard recipients > 0 else { return say(.data, 503, ["no recipient"]) }
      message = SiteMessage()
      state = .content
      matched = 2
      say(.data, 354, ["go on"])
    case "BDAT": beginChunk(command.split(separator: " "))
    case "NOOP", "RSET": say(.quit, 250, ["ok"])
    case "QUIT":
      say(.quit, 221, ["bye"]) { [weak self] in self?.leave() }
    default: say(.quit, 500, ["what?"])
    }
  }

  private func beginChunk(_ words: [Substring]) {
    for case .mindsChunks(let way) in faults { return perform(way) }
    let size = words.count > 1 ? Int(words[1]) ?? 0 : 0
    let isLast = words.count > 2
    if message == nil { message = SiteMessage() }
    if size == 0 { finishChunk(isLast: isLast) } else { state = .chunk(left: size, isLast: isLast) }
  }

  private var offers: [String] {
    var lines = ["mx.example.com"]
    if site.offersPipelining { lines.append("PIPELINING") }
    if site.offersChunking { lines.append("CHUNKING") }
    if site.offersSize { lines.append("SIZE 1000000000") }
    if site.longHello {
      lines += (0..<3).map { "X-EXTENSION-\($0) \(String(repeating: "x", count: 450))" }
    }
    return lines + ["HELP"]
  }
}
