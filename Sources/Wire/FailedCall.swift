import SessionTrace

/// A system call that failed, on its way to a ``WireError`` or to a value.
struct FailedCall: Error {
  /// As its manual page names it.
  let call: String
  /// `errno`.
  let number: Int32

  /// The same in words.
  var failure: SystemFailure { SystemFailure(call: call, errno: number) }
}

/// The one funnel for what the C functions return: a negated errno is thrown, the rest handed on.
func checked(_ call: String, _ status: Int32) throws(FailedCall) -> Int32 {
  guard status >= 0 else { throw FailedCall(call: call, number: -status) }
  return status
}
