import CLinuxSocket

/// A file descriptor that cannot leak: closed once, at the latest when its owner goes.
struct Descriptor: ~Copyable {
  /// -1 when there is none (any more); the kernel answers it with `EBADF`.
  private(set) var number: Int32

  /// Takes over a descriptor, or a negated errno, which counts as none.
  init(_ number: Int32 = -1) {
    self.number = max(number, -1)
  }

  /// Whether there is a descriptor to work on.
  var isOpen: Bool { number >= 0 }

  /// close(2). Its own failure is of no use: the descriptor is gone in either case.
  mutating func close() {
    guard isOpen else { return }
    _ = wire_close(number)
    number = -1
  }

  deinit {
    if number >= 0 { _ = wire_close(number) }
  }
}
