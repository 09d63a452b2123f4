import CLinuxSocket

/// What a descriptor is ready for, as epoll(7) told it.
package struct Readiness: OptionSet, Sendable, Hashable {
  /// One bit a condition.
  package let rawValue: UInt32

  /// A set with these bits.
  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Bytes, or the end of the stream, can be read (`EPOLLIN`).
  package static let readable = Readiness(rawValue: UInt32(WIRE_EVENT_READABLE))
  /// Bytes can be written, or a connection attempt is over (`EPOLLOUT`).
  package static let writable = Readiness(rawValue: UInt32(WIRE_EVENT_WRITABLE))
  /// The peer will send no more, or both directions are over (`EPOLLRDHUP`, `EPOLLHUP`).
  package static let hangup = Readiness(rawValue: UInt32(WIRE_EVENT_HANGUP))
  /// There are timestamps, errors on the error queue, or a pending socket error (`EPOLLERR`).
  package static let error = Readiness(rawValue: UInt32(WIRE_EVENT_ERROR))

  /// Only asked for, never told: report a change once instead of a condition again and again.
  static let onChange = Readiness(rawValue: UInt32(WIRE_EVENT_ON_CHANGE))
}
