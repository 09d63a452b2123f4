import Glibc
import TLSEngine

/// Priority strings, one for each way a record can be laid out.
enum Priorities {
  static let tls13 = "NORMAL:-VERS-ALL:+VERS-TLS1.3"
  static let tls12 = "NORMAL:-VERS-ALL:+VERS-TLS1.2"
  static let all = aead + cbc
  static let aead = [
    tls13 + ":-CIPHER-ALL:+AES-256-GCM",
    tls13 + ":-CIPHER-ALL:+CHACHA20-POLY1305",
    tls13 + ":-CIPHER-ALL:+AES-128-CCM",
    tls12 + ":-CIPHER-ALL:+AES-256-GCM",
    tls12 + ":-CIPHER-ALL:+CHACHA20-POLY1305",
    tls12 + ":-CIPHER-ALL:+AES-128-CCM",
    tls12 + ":-CIPHER-ALL:+AES-128-CCM-8",
  ]
  static let cbc = [
    tls12 + ":-CIPHER-ALL:+AES-128-CBC:-MAC-ALL:+SHA1",
    tls12 + ":-CIPHER-ALL:+AES-128-CBC:-MAC-ALL:+SHA1:%NO_ETM",
    tls12 + ":-CIPHER-ALL:+AES-128-CBC:-MAC-ALL:+SHA256",
    tls12 + ":-CIPHER-ALL:+AES-256-CBC:-MAC-ALL:+SHA384",
    "NORMAL:-VERS-ALL:+VERS-TLS1.1:-CIPHER-ALL:+AES-128-CBC",
    "NORMAL:-VERS-ALL:+VERS-TLS1.0:-CIPHER-ALL:+AES-128-CBC",
    "NORMAL:-VERS-ALL:+VERS-TLS1.0:-CIPHER-ALL:+AES-128-CBC:%NO_ETM",
  ]
}

/// Credentials that many tests share.
enum Samples {
  static let credentials = Result {
    try ServerCredentials.selfSigned(
      commonName: "mx.example.com", names: ["mx.example.com", "127.0.0.1", "::1"])
  }

  /// A server that shows them.
  static func server(priority: String? = nil) throws -> ServerConfiguration {
    ServerConfiguration(credentials: try credentials.get(), priority: priority)
  }

  /// A client that trusts nobody and does not mind.
  static func client(priority: String? = nil) -> ClientConfiguration {
    ClientConfiguration(
      serverName: "mx.example.com", verifyName: "mx.example.com", priority: priority,
      loadSystemTrust: false)
  }
}

/// A file that is gone with the last reference.
final class TemporaryFile {
  let path: String

  init(_ text: String) throws {
    var template = Array("/tmp/smtpprobe-test-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&template)
    path = String(
      decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let bytes = Array(text.utf8)
    let written = unsafe write(descriptor, bytes, bytes.count)
    close(descriptor)
    guard written == bytes.count else { throw Unwritable() }
  }

  struct Unwritable: Error {}

  deinit { unsafe unlink(path) }
}

/// Random numbers that are the same in every run (xorshift64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

/// A folder that is gone, with what is in it, with the last reference.
final class TemporaryFolder {
  let path: String
  private var names: [String] = []

  init() throws {
    var template = Array("/tmp/smtpprobe-test-XXXXXX".utf8CString)
    _ = unsafe mkdtemp(&template)
    path = String(
      decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func write(_ text: String, to name: String) throws {
    names.append(name)
    guard let file = unsafe fopen("\(path)/\(name)", "w") else {
      throw TLSError(operation: "write", name: name, text: path)
    }
    unsafe fputs(text, file)
    unsafe fclose(file)
  }

  deinit {
    for name in names { unsafe unlink("\(path)/\(name)") }
    unsafe rmdir(path)
  }
}
