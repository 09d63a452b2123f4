/// Who we say that we are, and by what secret.
///
/// It has no description on purpose: nothing prints it.
package struct Credentials: Sendable {
  package let user: String
  /// The password, or the token of the mechanisms that take one.
  package let password: String

  package init(user: String, password: String) {
    self.user = user
    self.password = password
  }
}
