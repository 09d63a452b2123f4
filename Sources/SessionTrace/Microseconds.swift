/// A duration, or a moment counted from the start of its session, in whole microseconds.
///
/// Integers, because the report promises integers, and because a virtual clock must add up exactly.
package typealias Microseconds = Int64

extension Microseconds {
  /// `seconds` as microseconds.
  package static func seconds(_ seconds: Int64) -> Microseconds { seconds * 1_000_000 }

  /// `milliseconds` as microseconds.
  package static func milliseconds(_ milliseconds: Int64) -> Microseconds { milliseconds * 1_000 }
}
