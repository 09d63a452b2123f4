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
    let asked = password == nil ? OwnMemory.askForSecret("Password of \(printable(user)): ") : nil
    guard let password = password ?? asked else {
      throw ExitMessage(
        status: .usage,
        text: "--auth needs a password: --auth-password-file FILE, --auth-password-fd N, or"
          + " SMTPPROBE_AUTH_PASSWORD; there is no terminal to ask at")
    }
    return Credentials(user: user, password: password)
  }

  private static func password(_ options: SessionOptions) throws(ExitMessage) -> String? {
    let bytes: [UInt8]?
    if let number = options.authPasswordFD {
      bytes = try contents(ofDescriptor: number)
    } else if let file = options.authPasswordFile {
      bytes = try file == "-" ? contentsOfStandardInput() : contents(of: file)
    } else {
      let given = environmentVariable("SMTPPROBE_AUTH_PASSWORD")
      guard given != "" else {
        throw ExitMessage(status: .usage, text: "SMTPPROBE_AUTH_PASSWORD is set, and empty")
      }
      return given
    }
    let line = (bytes ?? []).prefix { $0 != 10 && $0 != 13 }
    // Editors mark UTF-8 so; it is no part of the text.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = line.starts(with: mark) ? line.dropFirst(mark.count) : line
    let password = String(validating: text, as: UTF8.self)
    guard let password, !password.isEmpty, !text.contains(0) else {
      let place = options.authPasswordFile ?? "descriptor \(options.authPasswordFD ?? 0)"
      let fault =
        text.isEmpty ? "is empty" : text.contains(0) ? "has a NUL in it" : "is no UTF-8 (RFC 4616)"
      throw ExitMessage(
        status: .badInput,
        text: "\(printable(place)): the first line, where the password should stand, \(fault)")
    }
    return password
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
