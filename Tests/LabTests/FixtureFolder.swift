import Glibc
import TestSupport

/// The fixture files of the repository: path below the folder, bytes.
func fixtureFilesOnDisk() -> [(name: String, bytes: [UInt8])] {
  let root = Repository.path + "/Fixtures"
  var files: [(name: String, bytes: [UInt8])] = []
  for family in entries(of: root) {
    for file in entries(of: root + "/" + family) where file.hasSuffix(".smtp") {
      files.append((family + "/" + file, contents(of: root + "/" + family + "/" + file)))
    }
  }
  return files
}

/// A text file of the repository.
func textOnDisk(_ path: String) -> String {
  String(decoding: contents(of: Repository.path + "/" + path), as: UTF8.self)
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
