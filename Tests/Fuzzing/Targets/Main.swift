import CLibFuzzer
import Glibc

/// `fuzzing TARGET [libFuzzer's arguments]`: feeds one reader of ours with bytes until it breaks.
///
/// All targets stand in one program, so that it is built once.
@main
enum Main {
  static func main() {
    let names = FuzzTarget.all.map(\.name)
    guard CommandLine.arguments.count > 1,
      let target = FuzzTarget.all.first(where: { $0.name == CommandLine.arguments[1] })
    else {
      print(names.joined(separator: "\n"))
      exit(CommandLine.arguments.count > 1 ? 64 : 0)
    }
    unsafe FuzzTarget.chosen = target
    // libFuzzer sees its own options only, behind the program's name.
    let words = [CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)
    var pointers = unsafe words.map { unsafe strdup($0) } + [nil]
    var count = Int32(words.count)
    let status = unsafe pointers.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      return unsafe LLVMFuzzerRunDriver(&count, &start) { bytes, length in
        unsafe FuzzTarget.chosen.feed(Array(UnsafeBufferPointer(start: bytes, count: length)))
        return 0
      }
    }
    exit(status)
  }
}
