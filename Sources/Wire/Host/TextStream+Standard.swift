import CLinuxSocket

extension TextStream {
  /// Descriptor 1.
  package static let standardOutput = TextStream(descriptor: 1)
  /// Descriptor 2.
  package static let standardError = TextStream(descriptor: 2)

  /// Whether a person looks at it. C: isatty.
  package var isTerminal: Bool { wire_is_terminal(descriptor) != 0 }

  /// Whether it takes some bytes now. C: poll.
  package var isWritable: Bool { wire_is_writable(descriptor) != 0 }

  /// Columns that it shows at this moment; `nil` where it does not say. C: ioctl with TIOCGWINSZ.
  package var columns: Int? {
    let columns = wire_terminal_columns(descriptor)
    return columns > 0 ? Int(columns) : nil
  }
}
