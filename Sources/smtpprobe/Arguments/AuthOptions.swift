import ArgumentParser
import SessionOptions

/// Who we say that we are.
struct AuthOptions: ParsableArguments {
  @Option(.auth) var auth: OptionEntry?
  @Flag(.authOptional) var authOptional = false
  @Option(.authUser) var authUser: OptionEntry?
  @Option(.authPasswordFile) var authPasswordFile: OptionEntry?
  @Option(.authPasswordFD) var authPasswordFD: OptionEntry?

  /// What was given.
  var entries: [OptionEntry] {
    [
      auth, OptionRow.authOptional.given(authOptional), authUser, authPasswordFile, authPasswordFD,
    ].compactMap(\.self)
  }
}
