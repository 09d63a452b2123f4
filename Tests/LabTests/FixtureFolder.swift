import Glibc

/// The fixture files of the repository, found from a test's own place: path below the folder, bytes.
func fixtureFilesOnDisk(sourceFile: String) -> [(name: String, bytes: [UInt8])] {
  let root = repository(sourceFile) + "/Fixtures"
  var files: [(name: String, bytes: [UInt8])] = []
  for family in entries(of: root) {
    for file in entries(of: root + "/" + family) where file.hasSuffix(".smtp") {
      files.append((family + "/" + file, contents(of: root + "/" + family + "/" + file)))
    }
  }
  return files
}

/// A text file of the repository, found from a test's own place.
func textOnDisk(_ path: String, sourceFile: String) -> String {
  String(decoding: contents(of: repository(sourceFile) + "/" + path), as: UTF8.self)
}

private func repository(_ sourceFile: String) -> String {
  sourceFile.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
}

private func entries(of folder: String) -> [String] {
  guard let stream = unsafe opendir(folder) else { return [] }
  defer { unsafe closedir(stream) }
  var names: [String] = []
  while let entry = unsafe readdir(stream) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
        unsafe String(cString: $0)
      }
    }
    if !name.hasPrefix(".") { names.append(name) }
  }
  return names
}

private func contents(of path: String) -> [UInt8] {
  let descriptor = unsafe open(path, O_RDONLY)
  guard descriptor >= 0 else { return [] }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = unsafe read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return bytes }
    bytes += buffer.prefix(count)
  }
}
