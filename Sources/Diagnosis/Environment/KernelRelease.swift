/// A Linux kernel's version, out of what `uname -r` says: `5.15.0-91-generic`.
///
/// What stands behind the numbers is the distribution's. Its kernels carry fixes of later ones under
/// the old number, so an old number proves no fault, and a new one does prove the fix.
package struct KernelRelease: Sendable, Equatable {
  package let major: Int
  package let minor: Int
  /// 0 where none is given.
  package let patch: Int

  /// `nil` when the text does not begin with two numbers and a point between.
  package init?(_ text: String) {
    var rest = Substring(text)
    guard let major = Self.number(&rest), Self.point(&rest), let minor = Self.number(&rest) else {
      return nil
    }
    self.major = major
    self.minor = minor
    patch = Self.point(&rest) ? Self.number(&rest) ?? 0 : 0
  }

  /// Whether connection tracking keeps the window scale of a connection in which the server speaks
  /// first after a Fast Open SYN.
  ///
  /// Source: commit c7aab4f17021, in Linux 5.18 and stable 5.17.6. It was asked for in longterm kernels
  /// in August 2022, when 5.15.60 was the newest of them.
  package var keepsWindowScaleAfterFastOpen: Bool {
    (major, minor) >= (5, 18) || (major, minor) == (5, 17) && patch >= 6
  }

  private static func number(_ rest: inout Substring) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest.dropFirst(digits.count)
    // Nine digits always fit.
    return digits.count > 9 ? nil : Int(digits)
  }

  private static func point(_ rest: inout Substring) -> Bool {
    guard rest.first == "." else { return false }
    rest = rest.dropFirst()
    return true
  }
}
