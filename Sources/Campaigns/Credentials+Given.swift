package import Authentication
import Diagnosis
import SessionTrace
package import SessionOptions
package import Wire

extension Credentials {
  /// Those that options, environment or the user at the terminal give; `nil` where nobody asks for AUTH.
  ///
  /// The password is the first line of its file. Who runs without a terminal is told where to put it. The lab has
  /// a user of its own, for whoever names none: its servers believe everybody.
  package static func given(
    by options: SessionOptions, at target: Target
  ) throws(ExitMessage) -> Credentials? {
    guard let auth = options.authChoice else { return nil }
    if case .lab = target.place, options.authUser == nil {
      return Credentials(user: "alice", password: "an open secret")
    }
    // No core of ours holds a password.
    OwnMemory.forbidDumps()
    let user = options.authUser ?? environmentVariable("SMTPPROBE_AUTH_USER")
    let password = try password(options)
    if auth.named.map(\.name) == ["EXTERNAL"] {
      return Credentials(user: user ?? "", password: password ?? "")
    }
    // RFC 4616 has no empty one.
    guard let user, !user.isEmpty else {
      throw ExitMessage(
        status: .usage, text: "--auth needs a user: --auth-user NAME, or SMTPPROBE_AUTH_USER")
    }
    if let password { return Credentials(user: user, password: password) }
    guard let typed = OwnMemory.askForSecret("Password of \(printable(user)): ") else {
      throw ExitMessage(
        status: .usage,
        text: "--auth needs a password: --auth-password-file FILE, --auth-password-fd N, or"
          + " SMTPPROBE_AUTH_PASSWORD; there is no terminal to ask at")
    }
    return Credentials(user: user, password: try checked(typed, "the password that was typed"))
  }

  private static func password(_ options: SessionOptions) throws(ExitMessage) -> String? {
    let bytes: [UInt8]?
    if let number = options.authPasswordFD {
      bytes = try contents(ofDescriptor: number)
    } else if let file = options.authPasswordFile {
      bytes = try file == "-" ? contentsOfStandardInput() : contents(of: file)
    } else {
      return try environmentVariable("SMTPPROBE_AUTH_PASSWORD").map { text throws(ExitMessage) in
        try checked(Array(text.utf8), "SMTPPROBE_AUTH_PASSWORD")
      }
    }
    let line = (bytes ?? []).prefix { $0 != 10 && $0 != 13 }
    // Editors mark UTF-8 so; it is no part of the text.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = line.starts(with: mark) ? line.dropFirst(mark.count) : line
    let place = options.authPasswordFile ?? "descriptor \(options.authPasswordFD ?? 0)"
    return try checked(
      Array(text), "\(printable(place)): the first line, where the password should stand,")
  }

  /// The password as it is, or what is wrong with it (RFC 4616 section 2); `place` is for the error.
  private static func checked(_ bytes: [UInt8], _ place: String) throws(ExitMessage) -> String {
    let text = String(validating: bytes, as: UTF8.self)
    // A variable is text already, with that in the place of what was none.
    guard let text, !text.isEmpty, !bytes.contains(0), !text.contains("\u{FFFD}") else {
      let fault =
        bytes.isEmpty
        ? "is empty" : bytes.contains(0) ? "has a NUL in it" : "is no UTF-8 (RFC 4616)"
      throw ExitMessage(status: .badInput, text: "\(place) \(fault)")
    }
    return text
  }
}

/// Credentials that were asked for before: a password stands in a descriptor once, and nobody wants to type it for
/// each of many sessions.
struct KnownCredentials {
  private var known: [String: Credentials?] = [:]

  /// Those that these options ask for.
  mutating func given(
    by options: SessionOptions, at target: Target
  ) throws(ExitMessage) -> Credentials? {
    let key = ([target.isLab ? "lab" : "host"] + options.authWords).joined(separator: "\n")
    if let found = known[key] { return found }
    let found = try Credentials.given(by: options, at: target)
    known[key] = found
    return found
  }
}

extension SessionOptions {
  /// What is asked for of AUTH, sorted.
  var authWords: [String] {
    recorded.filter { $0.key.hasPrefix("auth") }.map { "\($0.key)=\($0.value.text)" }.sorted()
  }
}
