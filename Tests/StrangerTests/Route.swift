import Glibc
import Testing

/// A way to a real mail server: which one, where it listens, and whether the session is to be encrypted.
struct Route: Sendable, CustomTestStringConvertible {
  /// One of ``servers``.
  let server: String
  /// `127.0.0.1:PORT`.
  let address: String
  /// `off`, or `require` for STARTTLS: the value of `--tls`.
  let tls: String

  var testDescription: String { tls == "off" ? server : "\(server) with STARTTLS" }

  /// What may be seen on this way in any session, and truthfully.
  ///
  /// aiosmtpd writes a reply line by line; whether the lines meet in one segment is chance.
  var passingHazards: [String] { server == "aiosmtpd" ? ["reply-fragment-naive-reader"] : [] }

  /// The mail servers of others that the tests know.
  static let servers = ["postfix", "exim", "opensmtpd", "sendmail", "aiosmtpd"]

  /// Every server in clear and encrypted.
  ///
  /// OpenSMTPD has an address for each, because it does not encrypt itself (see `Tests/Strangers/serve`).
  static func all() throws(StrangersMissing) -> [Route] {
    let addresses = try addresses()
    var routes: [Route] = []
    for server in servers {
      guard let clear = addresses[server],
        let encrypted = addresses["\(server)-starttls"] ?? addresses[server]
      else { throw StrangersMissing(server: server) }
      routes.append(Route(server: server, address: clear, tls: "off"))
      routes.append(Route(server: server, address: encrypted, tls: "require"))
    }
    return routes
  }

  /// `NAME=ADDRESS` pairs, apart by spaces, as `Tests/run` hands them over.
  static func addresses() throws(StrangersMissing) -> [String: String] {
    guard let value = unsafe getenv("SMTPPROBE_STRANGERS") else {
      throw StrangersMissing(server: nil)
    }
    let pairs = unsafe String(cString: value).split { $0 == " " || $0 == "\n" }.map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1)
      return (String(parts.first ?? ""), String(parts.last ?? ""))
    }
    return Dictionary(pairs) { first, _ in first }
  }
}

/// The mail servers of others are not there: a failure, because a test that is skipped tells nothing.
struct StrangersMissing: Error, CustomStringConvertible {
  /// The one that is missing; `nil` when all are.
  let server: String?

  var description: String {
    let what =
      server.map { "SMTPPROBE_STRANGERS names no \($0)" } ?? "SMTPPROBE_STRANGERS is not set"
    return "\(what): run the tests with Tests/run, which starts the mail servers and says where."
  }
}
