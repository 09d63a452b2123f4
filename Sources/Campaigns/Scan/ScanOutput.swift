package import SessionTrace
package import Wire

/// Where the lines of a scan go: standard output, or a file.
///
/// They are written as targets end, so a kill leaves those that were done; the file is no report that appears
/// whole or not at all.
package struct ScanOutput {
  /// What messages call it.
  package let name: String
  /// Writes a line, all of it or why not.
  package let write: (_ line: [UInt8]) -> SystemFailure?

  package static var standard: ScanOutput {
    ScanOutput(name: "standard output") { TextStream.standardOutput.write($0) }
  }

  /// The file at `path`, which is emptied; where a scan goes on, its lines stay. `list` is the list's file, which
  /// cannot take the results as well.
  package init(path: String, goesOn: Bool, list: String) throws(ExitMessage) {
    name = "-o \(path)"
    guard !isSameFile(path, list) else {
      throw ExitMessage(
        status: .usage, text: "-o \(path): that is the list itself; give another file")
    }
    do throws(WireError) {
      if goesOn {
        let file = try AppendedFile(path: path)
        // Half a line that a kill left is no result; what follows must not stand in it.
        if try !file.endsInLine {
          if let failure = file.append([0x0A]) {
            throw WireError(operation: "write", failure: failure)
          }
        }
        write = { file.append($0) }
      } else {
        let file = try OutputFile(path: path)
        write = { file.write($0) }
      }
    } catch {
      throw ExitMessage(status: .cannotWrite, text: "-o \(path): \(error.failure.text)")
    }
  }

  private init(name: String, write: @escaping ([UInt8]) -> SystemFailure?) {
    self.name = name
    self.write = write
  }
}
