import SMTPDialogue
import SessionOptions
import SessionTrace
import Synchronization
import Wire

/// Where the message comes from, and what is known of it beforehand.
struct MessageSource {
  let plan: MessagePlan
  let make: @Sendable () -> any ContentSource

  /// A made-up message; with mends it is that much longer.
  init(_ generator: ContentGenerator, mends: Set<MessageMend> = []) {
    guard !mends.isEmpty else {
      plan = MessagePlan(size: generator.size, hasEightBit: false, hasLeadingDots: false)
      make = { GeneratedContent(generator) }
      return
    }
    var mender = ContentMender(mends)
    var size = 0
    let content = GeneratedContent(generator)
    while case .bytes(let bytes) = content.next(MessagePlan.piece) {
      size += mender.mend(bytes).count
    }
    size += mender.finish().count
    plan = MessagePlan(size: size, hasEightBit: false, hasLeadingDots: false)
    make = { MendedContent(GeneratedContent(generator), mends: mends) }
  }

  /// A file, or standard input for `-`; opened now, so that a missing file stops before any packet and MAIL
  /// can declare what an MTA would: size and 8-bit content.
  ///
  /// `standardInput` takes the place of what can be read once (standard input, a FIFO, a device);
  /// nothing is known of either beforehand.
  init(
    file path: String, standardInput: [UInt8]? = nil, mends: Set<MessageMend> = []
  ) throws(PlanError) {
    do throws(WireError) {
      guard path == "-" || InputFile.isReadOnce(path: path) else {
        self = try MessageSource(InputFile(path: path), mends)
        return
      }
      if let standardInput {
        self = MessageSource(mends) { HeldContent(standardInput) }
        return
      }
      // Opened once, and now: a pipe's writer would see its reader go, and then another one come.
      let file = try EndingSignals.deliverable { () throws(WireError) in
        try path == "-" ? InputFile.standardInput() : InputFile(path: path)
      }
      let content = OneReading(file)
      self = MessageSource(mends, isReadOnce: true) { content.take() }
    } catch {
      throw PlanError(cannotRead: "--data \(path)", error)
    }
  }

  /// As much of a file as is read before the session, bytes: one that is no larger is read once and for all,
  /// and of a larger one the rest as it is sent.
  static let headLength = 1 << 18

  /// Content of which nothing is known.
  private init(
    _ mends: Set<MessageMend>, isReadOnce: Bool = false,
    _ content: @escaping @Sendable () -> any ContentSource
  ) {
    var plan = MessagePlan()
    plan.isReadOnce = isReadOnce
    self.plan = plan
    if mends.isEmpty {
      make = content
    } else {
      make = { MendedContent(content(), mends: mends) }
    }
  }

  /// A file that can be read from any place.
  private init(_ file: InputFile, _ mends: Set<MessageMend>) throws(WireError) {
    // One byte more than it should have shows its end. What the kernel makes up (/proc) has no size.
    let most = min(max(file.size ?? 0, 4_096), Self.headLength) + 1
    let head = try file.read(most, at: 0)
    var facts = ContentFacts()
    if head.count < most {
      var mender = ContentMender(mends)
      let content = mender.mend(head) + mender.finish()
      facts.read(content)
      make = { HeldContent(content) }
    } else if mends.isEmpty, let size = file.size, size > head.count {
      facts.read(head)
      let last = try file.read(2, at: size - 2)
      facts.pass(to: size, last: last)
      if facts.hasEightBit != true, MessageHeader.announcesEightBit(head) {
        facts.hasEightBit = true
      }
      make = { FileContent(file, head: head) }
    } else {
      // What becomes of it, or how long it is, only reading it tells.
      try facts.read(MendedContent(FileContent(file, head: head), mends: mends))
      make = { MendedContent(FileContent(file, head: head), mends: mends) }
    }
    plan = facts.plan
  }
}

/// A file that can be read once: a second session would have an empty message.
private final class OneReading: Sendable {
  private let file: Mutex<InputFile?>

  init(_ file: InputFile) { self.file = Mutex(file) }

  func take() -> any ContentSource {
    let taken = file.withLock { file in
      defer { file = nil }
      return file
    }
    guard let taken else {
      preconditionFailure("what can be read once is held for several sessions")
    }
    return PipedContent(taken)
  }
}

/// What MAIL declares of content that was read, or of its beginning and its end.
private struct ContentFacts {
  private var length = 0
  private var last: [UInt8] = []
  /// `nil` when it was not all read, and none of it was.
  var hasEightBit: Bool? = false

  /// Takes the next of it into account.
  mutating func read(_ bytes: [UInt8]) {
    length += bytes.count
    if hasEightBit == false, bytes.firstEightBit(from: 0) != nil { hasEightBit = true }
    last = Array((last + bytes.suffix(2)).suffix(2))
  }

  /// Takes all of it into account.
  mutating func read(_ content: any ContentSource) throws(WireError) {
    do throws(ContentError) {
      while case .bytes(let bytes) = try content.next(MessagePlan.piece) { read(bytes) }
    } catch {
      throw WireError(operation: "read", failure: error.failure)
    }
  }

  /// Leaves out what stands between, up to a length and the bytes before it.
  mutating func pass(to length: Int, last: [UInt8]) {
    self.length = length
    self.last = last
    if hasEightBit == false { hasEightBit = nil }
  }

  var plan: MessagePlan {
    let lacksLineEnd = last != [0x0D, 0x0A]
    return MessagePlan(
      size: lacksLineEnd ? length + 2 : length, lacksLineEnd: lacksLineEnd,
      hasEightBit: hasEightBit)
  }
}
