import CLinuxSocket
import Glibc

/// What this process knows and nobody else shall.
package enum OwnMemory {
  /// From here on there is no core of this process, and no other process of the user's may look into it.
  package static func forbidDumps() { wire_forbid_dumps() }

  /// Asks for a line at the terminal, without an echo; `nil` where there is none to ask at.
  package static func askForSecret(_ prompt: String) -> [UInt8]? {
    var count: Int32 = 0
    let line = unsafe [CChar](unsafeUninitializedCapacity: 1024) { buffer, filled in
      if let base = buffer.baseAddress {
        unsafe count = wire_ask_for_secret(prompt, base, buffer.count)
      }
      filled = Int(max(0, count))
    }
    // Where it was Ctrl-C, the process ends here.
    if count == -EINTR { EndingSignals.deliver() }
    return count < 0 ? nil : line.map { UInt8(bitPattern: $0) }
  }
}
