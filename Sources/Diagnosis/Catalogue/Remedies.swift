/// What each of those concerned can do about a cause; empty where there is nothing for them.
package struct Remedies: Encodable, Sendable, Equatable {
  /// On a sending (or, where it says so, receiving) Exim.
  package var exim: [Remedy]
  /// The same for Postfix.
  package var postfix: [Remedy]
  /// On the Linux host that sends.
  package var kernel: [Remedy]
  /// For the owner of the server, or of what stands in front of it.
  package var receiver: [Remedy]

  package init(
    exim: [Remedy] = [], postfix: [Remedy] = [], kernel: [Remedy] = [], receiver: [Remedy] = []
  ) {
    self.exim = exim
    self.postfix = postfix
    self.kernel = kernel
    self.receiver = receiver
  }

  /// The remedies with their placeholders filled in, as far as `place` knows them.
  package func filled(for place: RemedyPlace) -> Remedies {
    Remedies(
      exim: exim.map { $0.filled(for: place) }, postfix: postfix.map { $0.filled(for: place) },
      kernel: kernel.map { $0.filled(for: place) }, receiver: receiver.map { $0.filled(for: place) }
    )
  }
}
