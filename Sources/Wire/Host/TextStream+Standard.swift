import CLinuxSocket

extension TextStream {
  /// Descriptor 1.
  package static let standardOutput = TextStream(descriptor: 1)
  /// Descriptor 2.
  package static let standardError = TextStream(descriptor: 2)

  /// Whether a person looks at it. C: isatty.
  package var isTerminal: Bool { wire_is_terminal(descriptor) != 0 }

  /// Whether it takes some bytes now. C: poll.
  package var isWritable: Bool { isWritable(within: 0) }

  /// Whether it does within that time, in ms; -1 waits until it does, or a signal comes.
  func isWritable(within milliseconds: Int32) -> Bool {
    wire_is_writable(descriptor, milliseconds) != 0
  }

  /// Columns that it shows at this moment; `nil` where it does not say. C: ioctl with TIOCGWINSZ.
  package var columns: Int? {
    let columns = wire_terminal_columns(descriptor)
    return columns > 0 ? Int(columns) : nil
  }
}
