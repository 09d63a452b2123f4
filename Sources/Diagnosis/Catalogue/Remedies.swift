/// What each of those concerned can do about a cause; empty where there is nothing for them.
package struct Remedies: Encodable, Sendable, Equatable {
  /// On a sending (or, where it says so, receiving) Exim.
  package var exim: [Remedy] = []
  /// The same for Postfix.
  package var postfix: [Remedy] = []
  /// On the Linux host that sends.
  package var kernel: [Remedy] = []
  /// For the owner of the server, or of what stands in front of it.
  package var receiver: [Remedy] = []
}
