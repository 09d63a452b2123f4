import ArgumentParser
import Probe
import SMTPDialogue
import SessionTrace
import Wire

/// Where the message comes from, and what is known of it beforehand.
struct MessageSource {
  /// Bytes on the wire without dot-stuffing and end; `nil` when the source cannot tell.
  var size: Int?
  var hasEightBit: Bool?
  var make: @Sendable () -> any ContentSource

  /// A made-up message.
  static func generated(size: Int, lineLength: Int) -> MessageSource {
    MessageSource(size: size, hasEightBit: false) {
      GeneratedContent(ContentGenerator(size: size, lineLength: lineLength))
    }
  }

  /// A file, or standard input for `-`; opened now, so that a missing file stops before any packet.
  init(file path: String) throws {
    let file: InputFile
    do {
      file = try path == "-" ? InputFile.standardInput() : InputFile(path: path)
    } catch {
      throw ExitMessage(
        status: error.failure.name == "EACCES" ? .noPermission : .noInput,
        text: "--data \(path): \(error.failure.text)")
    }
    size = file.size
    hasEightBit = nil
    // One session takes the file's bytes; a plan that is started twice opens it again.
    make = { FileContent(path: path) }
  }

  private init(
    size: Int?, hasEightBit: Bool?, make: @escaping @Sendable () -> any ContentSource
  ) {
    self.size = size
    self.hasEightBit = hasEightBit
    self.make = make
  }
}

/// Content read from a file as it is sent, bytes as they are.
final class FileContent: ContentSource {
  private let path: String
  private var file: InputFile?

  init(path: String) { self.path = path }

  func next(_ limit: Int) throws(ContentError) -> [UInt8] {
    do throws(WireError) {
      if file == nil {
        file = try path == "-" ? InputFile.standardInput() : InputFile(path: path)
      }
      return try file?.read(limit) ?? []
    } catch {
      throw ContentError(failure: error.failure)
    }
  }
}
