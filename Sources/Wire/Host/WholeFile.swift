import SessionTrace

/// The most bytes of a file that is read whole: reports, fixtures, messages that can be read once.
private let mostHeld = 64 << 20

/// All bytes of a file that the user named.
package func contents(of path: String) throws(ExitMessage) -> [UInt8] {
  try contents(path) { () throws(WireError) in try InputFile(path: path) }
}

/// All bytes of standard input.
package func contentsOfStandardInput() throws(ExitMessage) -> [UInt8] {
  try contents("standard input") { () throws(WireError) in try InputFile.standardInput() }
}

/// All bytes of what this process was started with under that number.
package func contents(ofDescriptor number: Int) throws(ExitMessage) -> [UInt8] {
  try contents("descriptor \(number)") { () throws(WireError) in
    try InputFile.inherited(Int32(clamping: number))
  }
}

private func contents(
  _ name: String, _ file: () throws(WireError) -> InputFile
) throws(ExitMessage) -> [UInt8] {
  do throws(WireError) {
    // Whoever writes to a pipe may never do so: a signal ends the wait as it ends any program's.
    return try EndingSignals.deliverable { () throws(WireError) in
      try file().readAll(atMost: mostHeld)
    }
  } catch {
    guard error.failure.name == "EFBIG" else { throw ExitMessage(cannotRead: name, error) }
    throw ExitMessage(
      status: .badInput,
      text: "\(name): more than \(mostHeld >> 20) MiB, which is the most that is read into memory")
  }
}
