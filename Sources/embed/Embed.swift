import FoundationEssentials
import Glibc

/// `embed OUTPUT FOLDER`: writes a Swift file that holds every file below FOLDER, by its path there.
///
/// The files have to be UTF-8, because they become string literals: those are constants of the binary,
/// which cost nothing until they are read. Hidden files are passed over, and what fuzzing has collected in a
/// folder `corpus`.
@main
struct Embed {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count == 3 else {
      fatalError("usage: embed OUTPUT FOLDER")
    }
    let (output, folder) = (words[1], words[2])
    var rows = ""
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    where !path.split(separator: "/").contains(where: { $0.hasPrefix(".") || $0 == "corpus" }) {
      var isFolder = false
      let full = folder + "/" + path
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder), !isFolder else {
        continue
      }
      guard let text = String(bytes: try Data(contentsOf: URL(filePath: full)), encoding: .utf8)
      else {
        fatalError("\(full): not UTF-8")
      }
      rows += "  (path: \(literal(path)), text: \(literal(text))),\n"
    }
    let source = """
      // Made by the build from the folder Embedded of this target.

      /// Every file of that folder, by its path there, in alphabetical order.
      let embeddedFiles: [(path: String, text: String)] = [
      \(rows)]

      """
    try Data(source.utf8).write(to: URL(filePath: output))
  }

  /// `text` as a Swift string literal.
  private static func literal(_ text: String) -> String {
    var escaped = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        escaped += "\\u{\(String(scalar.value, radix: 16))}"
      case _: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped + "\""
  }
}
