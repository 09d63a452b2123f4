import SMTPDialogue
import SessionOptions
import SessionTrace
import Synchronization
import Wire

/// Where the message comes from, and what is known of it beforehand.
struct MessageSource {
  /// Bytes on the wire without dot-stuffing and end; `nil` when the source cannot tell.
  let size: Int?
  /// The content does not end in CRLF: `size` counts the one that DATA adds.
  let lacksLineEnd: Bool
  let hasEightBit: Bool?
  let make: @Sendable () -> any ContentSource

  /// A made-up message.
  init(_ generator: ContentGenerator) {
    size = generator.size
    lacksLineEnd = false
    hasEightBit = false
    make = { GeneratedContent(generator) }
  }

  /// A file, or standard input for `-`; read once now, so that a missing file stops before any
  /// packet and MAIL can declare what an MTA would: size and 8-bit content.
  ///
  /// `standardInput` takes the place of what can be read once (standard input, a FIFO, a device);
  /// nothing is known of either beforehand.
  init(
    file path: String, standardInput: [UInt8]? = nil, mends: Set<MessageMend> = []
  ) throws(PlanError) {
    if path == "-" || InputFile.isReadOnce(path: path) {
      size = nil
      lacksLineEnd = false
      hasEightBit = nil
      if let standardInput {
        make = mending(mends) { HeldContent(standardInput) }
        return
      }
      do throws(WireError) {
        // Opened once, and now: a pipe's writer would see its reader go, and then another one come.
        let file = try EndingSignals.deliverable { () throws(WireError) in
          try path == "-" ? InputFile.standardInput() : InputFile(path: path)
        }
        let content = OneReading(file)
        make = mending(mends) { content.take() }
      } catch {
        throw PlanError(cannotRead: "--data \(path)", error)
      }
      return
    }
    do {
      let facts = try FileFacts(of: InputFile(path: path), mends: mends)
      size = facts.size
      lacksLineEnd = facts.lacksLineEnd
      hasEightBit = facts.hasEightBit
    } catch {
      throw PlanError(cannotRead: "--data \(path)", error)
    }
    make = mending(mends) { FileContent(path: path) }
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
    return FileContent(taken)
  }
}

/// What MAIL declares of a message file.
private struct FileFacts {
  /// With the CRLF that is added when the file does not end in one; `nil` for a pipe.
  var size: Int?
  var lacksLineEnd = false
  var hasEightBit: Bool?

  init(of file: InputFile, mends: Set<MessageMend>) throws(WireError) {
    guard file.size != nil else { return }
    var mender = ContentMender(mends)
    var length = 0
    var last: [UInt8] = []
    var hasEightBit = false
    var isEnd = false
    while !isEnd {
      let read = try file.read(1 << 16)
      isEnd = read.isEmpty
      let bytes = isEnd ? mender.finish() : mender.mend(read)
      length += bytes.count
      hasEightBit = hasEightBit || bytes.firstEightBit(from: 0) != nil
      last = Array((last + bytes.suffix(2)).suffix(2))
    }
    self.hasEightBit = hasEightBit
    lacksLineEnd = last != [0x0D, 0x0A]
    size = lacksLineEnd ? length + 2 : length
  }
}

/// Content read from a file as it is sent, bytes as they are.
final class FileContent: ContentSource {
  private let path: String
  private var file: InputFile?

  /// Opens `path` when the first byte is wanted.
  init(path: String) { self.path = path }

  init(_ file: InputFile) {
    path = "-"
    self.file = file
  }

  private func opened() throws(WireError) -> InputFile {
    if let file { return file }
    let opened = try InputFile(path: path)
    file = opened
    return opened
  }

  func next(_ limit: Int) throws(ContentError) -> ContentChunk {
    do throws(WireError) {
      let file = try opened()
      guard file.isReadable else { return .notYet }
      let bytes = try file.read(limit)
      return bytes.isEmpty ? .end : .bytes(bytes)
    } catch {
      throw ContentError(failure: error.failure)
    }
  }
}

/// Content that is in memory already.
final class HeldContent: ContentSource {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  func next(_ limit: Int) -> ContentChunk {
    let bytes = Array(rest.prefix(limit))
    rest = rest.dropFirst(bytes.count)
    return bytes.isEmpty ? .end : .bytes(bytes)
  }
}

/// Content of another source with some of its traits mended.
final class MendedContent: ContentSource {
  private let source: any ContentSource
  private var mender: ContentMender
  private var rest: ArraySlice<UInt8> = []
  private var isEnd = false

  init(_ source: any ContentSource, mends: Set<MessageMend>) {
    self.source = source
    mender = ContentMender(mends)
  }

  func next(_ limit: Int) throws(ContentError) -> ContentChunk {
    while rest.isEmpty {
      if isEnd { return .end }
      switch try source.next(limit) {
      case .bytes(let bytes): rest = mender.mend(bytes)[...]
      case .notYet: return .notYet
      case .end:
        isEnd = true
        rest = mender.finish()[...]
      }
    }
    let bytes = Array(rest.prefix(limit))
    rest = rest.dropFirst(bytes.count)
    return .bytes(bytes)
  }
}

private func mending(
  _ mends: Set<MessageMend>, _ make: @escaping @Sendable () -> any ContentSource
) -> @Sendable () -> any ContentSource {
  if mends.isEmpty { return make }
  return { MendedContent(make(), mends: mends) }
}
