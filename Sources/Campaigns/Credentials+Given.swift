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
    guard let user else {
      throw ExitMessage(
        status: .usage, text: "--auth needs a user: --auth-user NAME, or SMTPPROBE_AUTH_USER")
    }
    guard let password = password ?? OwnMemory.askForSecret("Password of \(printable(user)): ")
    else {
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
      return environmentVariable("SMTPPROBE_AUTH_PASSWORD")
    }
    let line = bytes.map { $0.prefix { $0 != 10 && $0 != 13 } } ?? []
    guard !line.isEmpty, !line.contains(0) else {
      let place = options.authPasswordFile ?? "descriptor \(options.authPasswordFD ?? 0)"
      throw ExitMessage(
        status: .badInput,
        text: "\(printable(place)): the first line, where the password should stand, is empty")
    }
    return String(decoding: line, as: UTF8.self)
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
