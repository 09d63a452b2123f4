/// Who we say that we are. No option has the secret itself: a command line is read by others.
extension OptionRow {
  package static let auth = value(
    "auth", \.auth, .auth,
    "Authenticate: any (the strongest offered; the password in clear text only under TLS or to this host), or"
      + " mechanisms in the order of preference."
  ).with {
    $0.placeholder = "mechanisms"
    $0.withoutValue = "any"
    $0.mayComeFromAReport = false
  }

  package static let authOptional = flag(
    "auth-optional", \.authOptional, .auth,
    "Go on without, where AUTH is not offered, cannot be had, or is refused."
  ).with { $0.mayComeFromAReport = false }

  package static let authUser = value(
    "auth-user", \.authUser, .auth, "The user. Default: SMTPPROBE_AUTH_USER."
  ).with {
    $0.mayComeFromAReport = false
    $0.names = .user
  }

  package static let authPasswordFile = value(
    "auth-password-file", \.authPasswordFile, .auth,
    "The file whose first line is the password, or the token; - for standard input. Default:"
      + " SMTPPROBE_AUTH_PASSWORD, else it is asked for."
  ).with {
    $0.placeholder = "file"
    $0.mayComeFromAReport = false
  }

  package static let authPasswordFD = value(
    "auth-password-fd", \.authPasswordFD, in: 0...65_535, .auth,
    "The descriptor whose first line is the password."
  ).with {
    $0.placeholder = "n"
    $0.mayComeFromAReport = false
  }
}
