import CLinuxSocket

extension TextStream {
  /// Descriptor 1.
  package static let standardOutput = TextStream(descriptor: 1)
  /// Descriptor 2.
  package static let standardError = TextStream(descriptor: 2)

  /// Whether a person looks at it. C: isatty.
  package var isTerminal: Bool { wire_is_terminal(descriptor) != 0 }
}
