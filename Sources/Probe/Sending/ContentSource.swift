package import SMTPDialogue
package import SessionTrace

/// Message content in pieces, so that its size never matters to memory.
package protocol ContentSource: AnyObject {
  /// Up to `limit` more bytes; never waits for them.
  func next(_ limit: Int) throws(ContentError) -> ContentChunk
}

/// What a content source has to give at the moment.
package enum ContentChunk: Sendable, Equatable {
  /// At least one byte.
  case bytes([UInt8])
  /// Nothing yet: a pipe whose writer is slower than we are.
  case notYet
  /// There is no more.
  case end
}

/// The content could not be read.
package struct ContentError: Error, Sendable {
  package var failure: SystemFailure

  package init(failure: SystemFailure) { self.failure = failure }
}

/// Content that is made as it is read.
package final class GeneratedContent: ContentSource {
  private var generator: ContentGenerator

  package init(_ generator: ContentGenerator) { self.generator = generator }

  package func next(_ limit: Int) -> ContentChunk {
    let bytes = generator.next(atMost: limit)
    return bytes.isEmpty ? .end : .bytes(bytes)
  }
}
