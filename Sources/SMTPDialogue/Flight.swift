/// Commands that are handed to the wire at once.
package struct Flight: Equatable, Sendable {
  package let commands: [Command]
  /// The commands' bytes, one after the other; under TLS, before encryption.
  package let bytes: [UInt8]

  init(_ lines: some Sequence<CommandText>) {
    commands = lines.map(\.command)
    bytes = lines.flatMap(\.bytes)
  }
}
