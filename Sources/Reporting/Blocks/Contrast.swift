package import SessionTrace

/// One thing varied: how the sessions as given ended, and those that differ in it.
package struct Contrast: Sendable, Equatable {
  /// One side of it.
  package struct Side: Sendable, Equatable {
    /// The setting in words.
    package var value: String
    package var failed: Int
    package var total: Int
  }

  package var name: String
  package var control: Side
  package var variant: Side
  /// What becomes of the failure, in a word or two of ours.
  package var result: String
  package var tone: Tone
}

/// The way to a server as far as it was asked for, by time to live.
package struct Way: Sendable, Equatable {
  /// Who answered, nearest first.
  package var hops: [HopReporter]
  /// The least time to live with which a segment was acknowledged; `nil` when none was.
  package var acknowledgedWithin: Int?
  /// How far away the server's address is; `nil` when it did not answer.
  package var distance: Int?
  /// The server's address.
  package var server: String
}
