import SMTPDialogue
import SessionOptions
import SessionTrace
import Wire

/// Content of a file as it is sent, bytes as they are.
///
/// All sessions of a plan share the file, which may lose its name meanwhile: each knows where it is.
final class FileContent: ContentSource {
  private let file: InputFile
  private let head: [UInt8]
  private var position = 0

  /// A file whose first bytes have been read.
  init(_ file: InputFile, head: [UInt8]) {
    self.file = file
    self.head = head
  }

  func next(_ limit: Int) throws(ContentError) -> ContentChunk {
    let bytes =
      position < head.count
      ? Array(head[position..<min(position + limit, head.count)])
      : try contentOf { () throws(WireError) in try file.read(limit, at: position) }
    position += bytes.count
    return bytes.isEmpty ? .end : .bytes(bytes)
  }
}

/// Content that comes through a pipe, or from anything else that is read once.
final class PipedContent: ContentSource {
  private let file: InputFile

  init(_ file: InputFile) { self.file = file }

  func next(_ limit: Int) throws(ContentError) -> ContentChunk {
    guard file.isReadable else { return .notYet }
    let bytes = try contentOf { () throws(WireError) in try file.read(limit) }
    return bytes.isEmpty ? .end : .bytes(bytes)
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

private func contentOf(
  _ read: () throws(WireError) -> [UInt8]
) throws(ContentError) -> [UInt8] {
  do throws(WireError) {
    return try read()
  } catch {
    throw ContentError(failure: error.failure)
  }
}
