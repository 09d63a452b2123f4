import SMTPDialogue
package import SessionOptions

/// The message, and how it is handed over.
extension Variation {
  /// A made-up message of plain short lines, of the same size.
  package static let plainMessage = Variation(
    name: content, value: "plain, same size", phrase: "with a plain message of the same size",
    controlValue: { _ in "as given" },
    learn: { subject in subject.message = subject.message.map { .plain(size: $0.size) } },
    apply: { options, control in
      options.sendPlainMessage(of: control.subject.message?.size ?? 1_024)
    })

  /// The same of so many bytes.
  package static func messageSize(_ size: Int) -> Variation {
    Variation(
      name: "message_size", value: String(size), phrase: "with a plain message of \(size) bytes",
      cost: 1.5, remedy: .sizeDropNo5xx,
      controlValue: { $0.subject.message.map { String($0.size) } ?? "none" },
      learn: { $0.message = .plain(size: size) },
      apply: { options, _ in options.sendPlainMessage(of: size) })
  }

  /// The message with one trait mended.
  package static func mended(_ mend: MessageMend) -> Variation {
    Variation(
      name: content, value: "\(mend.rawValue) mended", phrase: mend.phrase,
      controlValue: { _ in "as given" },
      learn: { $0.message = $0.message?.mended(mend) },
      apply: { options, _ in
        options.mend.append(mend)
        // A made-up message has no trait but its lines.
        if options.data == nil { options.lineLength = ContentMender.lineLength }
      })
  }

  /// The first of several, by itself.
  static let oneMessage = Variation(
    name: "messages", value: "1", phrase: "with one message a connection",
    remedy: .reuseOrRsetFailure,
    apply: { options, _ in options.messages = 1 })

  /// A last line of the message that is empty, or one that is not: the other of what the control has.
  package static func lastLine(isEmpty: Bool) -> Variation {
    Variation(
      name: content, value: isEmpty ? "last line empty" : "last line not empty",
      phrase: "with \(isEmpty ? "an empty last line" : "a last line that is not empty")"
        + " in the message (--mend last_line)",
      controlValue: { _ in "as given" },
      learn: { $0.message = $0.message?.mended(.lastLine) },
      apply: { options, _ in
        if options.mend.contains(.lastLine) {
          options.mend.removeAll { $0 == .lastLine }
        } else {
          options.mend.append(.lastLine)
        }
      })
  }

  /// DATA and a dot in the place of BDAT.
  package static let dataCommand = Variation(
    name: "chunking", value: "off", phrase: "with DATA instead of BDAT", remedy: .bdatBroken,
    apply: { options, _ in
      options.chunking = nil
      options.chunkSize = nil
    })

  private static let content = "content"
}

extension MessageMend {
  /// A message in which it is done, in a sentence.
  fileprivate var phrase: String {
    switch self {
    case .zeros: "without zero bytes in the message"
    case .eightBit: "without bytes over 127 in the message"
    case .longLines: "with the message's lines at 72 characters at most"
    case .lineEnds: "with CRLF at the end of every line of the message"
    case .lastLine: "with another last line of the message"
    }
  }
}

extension SessionOptions {
  fileprivate mutating func sendPlainMessage(of size: Int) {
    data = nil
    mend = []
    messageSize = size
    lineLength = ContentMender.lineLength
  }
}
