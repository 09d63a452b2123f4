import CLinuxSocket
package import SessionTrace

extension SystemFailure {
  /// What `errno` says about a call, by name, number and sentence.
  ///
  /// The one place where a number from the kernel becomes words.
  ///
  /// - Parameters:
  ///   - call: the call as its manual page names it.
  ///   - code: `errno`, positive.
  package init(call: String, errno code: Int32) {
    self.init(
      call: call, name: unsafe String(cString: wire_error_name(code)), code: Int(code),
      text: unsafe String(cString: wire_error_text(code)))
  }
}
