import CLinuxSocket
import SessionTrace

/// One lookup that is under way on its own thread; letting it go abandons it.
///
/// The memory belongs to the C side and outlives this object as long as the thread needs it, so
/// that an abandoned lookup ends by itself and its result is dropped.
@safe
final class Lookup: Watcher {
  /// What to look up.
  enum Question {
    /// Numeric addresses of a host, from this name server or the system; `WIRE_FAMILY_NONE` for both
    /// families.
    case addresses(host: String, wire_family, nameServer: SocketAddress?)
    /// MX records of a domain, from this name server or the system's.
    case mailExchangers(domain: String, nameServer: SocketAddress?)
  }

  /// What it came to.
  typealias Answers = Result<[(preference: Int, text: String)], Failure>
  /// How it is told: with the name that the one asked for leads to, `nil` when it is no alias.
  typealias Completion = (Answers, _ alias: String?) -> Void

  /// Why there are no answers.
  struct Failure: Error {
    /// How it failed.
    let status: wire_lookup_status
    /// The same in words.
    var failure: SystemFailure
  }

  private let handle: OpaquePointer
  private let loop: EventLoop
  private var token: WatchToken?
  private var done: Completion?

  /// Begins.
  init(
    loop: EventLoop, _ question: Question, done: @escaping Completion
  ) throws(FailedCall) {
    var code: Int32 = 0
    let started =
      switch question {
      case .addresses(let host, let family, nil):
        unsafe wire_lookup_addresses(host, family, nil, &code)
      case .addresses(let host, let family, .some(var server)):
        unsafe wire_lookup_addresses(host, family, &server.raw, &code)
      case .mailExchangers(let domain, nil):
        unsafe wire_lookup_mail_exchangers(domain, nil, &code)
      case .mailExchangers(let domain, .some(var server)):
        unsafe wire_lookup_mail_exchangers(domain, &server.raw, &code)
      }
    guard let started = unsafe started else {
      throw FailedCall(call: "pthread_create", number: code)
    }
    unsafe handle = started
    self.loop = loop
    self.done = done
    token = try loop.watch(unsafe wire_lookup_descriptor(handle), for: .readable, self)
  }

  deinit {
    if let token { loop.unwatch(token, unsafe wire_lookup_descriptor(handle)) }
    unsafe wire_lookup_release(handle)
  }

  func handle(_ readiness: Readiness) {
    let status = unsafe wire_lookup_read_status(handle)
    guard status != WIRE_LOOKUP_PENDING, let done else { return }
    self.done = nil
    if let token { loop.unwatch(token, unsafe wire_lookup_descriptor(handle)) }
    token = nil
    let alias = unsafe String(cString: wire_lookup_alias(handle))
    done(
      status == WIRE_LOOKUP_FOUND ? .success(answers()) : .failure(failure(status)),
      alias.isEmpty ? nil : alias)
  }

  private func answers() -> [(preference: Int, text: String)] {
    var found: [(preference: Int, text: String)] = []
    var preference: UInt16 = 0
    while let text = unsafe wire_lookup_answer(handle, UInt32(found.count), &preference) {
      found.append((Int(preference), unsafe String(cString: text)))
    }
    return found
  }

  private func failure(_ status: wire_lookup_status) -> Failure {
    let raw = unsafe wire_lookup_read_failure(handle)
    return Failure(
      status: status,
      failure: unsafe SystemFailure(
        call: String(cString: raw.call), name: String(cString: raw.name), code: Int(raw.code),
        text: String(cString: raw.text)))
  }
}
