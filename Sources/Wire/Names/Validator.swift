import CUnbound
package import SessionTrace

/// Asks DNS for records and has libunbound judge the answers, without blocking the loop.
///
/// A forwarder is asked for everything, signatures too, and what it says of them is not believed: the chain of
/// trust is followed here, from anchors of our own. A context of libunbound has a thread that resolves; what
/// it finds is fetched when its descriptor is readable.
@safe
package final class Validator: Watcher {
  /// Why there is no validator.
  package enum Problem: Error, Sendable, Equatable {
    /// The library cannot be loaded.
    case noLibrary
    /// It did not take the settings, which are the anchors; its words.
    case refused(String)
  }

  /// A question under way.
  @safe private struct Pending {
    let handle: OpaquePointer
    let timer: TimerToken
    let done: (SecureAnswer) -> Void
  }

  private let context: OpaquePointer
  private let loop: EventLoop
  private var token: WatchToken?
  private var pending: [Int: Pending] = [:]
  private var lastNumber = 0

  /// The version of libunbound; `nil` where it cannot be loaded. C: ub_version.
  package static var libraryVersion: String? {
    guard let version = unsafe cunbound_version() else { return nil }
    return unsafe String(cString: version)
  }

  /// What stands against a plan, before anybody asks by it.
  package static func problem(with plan: ValidatorPlan) -> Problem? {
    do throws(Problem) {
      unsafe cunbound_close(try unsafe open(plan))
      return nil
    } catch {
      return error
    }
  }

  package init(loop: EventLoop, _ plan: ValidatorPlan) throws(Problem) {
    self.loop = loop
    unsafe context = try Self.open(plan)
    do throws(FailedCall) {
      token = try loop.watch(unsafe cunbound_descriptor(context), for: .readable, self)
    } catch {
      throw .refused(error.failure.text)
    }
  }

  deinit {
    for one in pending.values {
      loop.cancel(one.timer)
      unsafe cunbound_release(one.handle)
    }
    if let token { loop.unwatch(token, unsafe cunbound_descriptor(context)) }
    unsafe cunbound_close(context)
  }

  private static func open(_ plan: ValidatorPlan) throws(Problem) -> OpaquePointer {
    var made: OpaquePointer?
    var problem: UnsafePointer<CChar>?
    let anchors = plan.anchors.map { $0 + "\n" }.joined()
    let code = unsafe cunbound_open(plan.nameServer?.asForwarder, anchors, &made, &problem)
    if code == CUNBOUND_NO_LIBRARY { throw .noLibrary }
    guard let made = unsafe made else {
      throw .refused(unsafe problem.map { unsafe String(cString: $0) } ?? "")
    }
    return unsafe made
  }

  /// Calls back once, from the loop, never before this returns; the time that it takes is at most `limit`.
  package func ask(
    _ question: SecureQuestion, within limit: Microseconds,
    _ done: @escaping (SecureAnswer) -> Void
  ) {
    var problem: UnsafePointer<CChar>?
    guard
      let handle = unsafe cunbound_ask(
        context, question.name, Int32(question.type.rawValue), &problem)
    else {
      let words = unsafe problem.map { unsafe String(cString: $0) }
      return loop.soon { done(SecureAnswer(.indeterminate, reason: words)) }
    }
    lastNumber += 1
    let number = lastNumber
    let timer = loop.schedule(at: loop.now + limit) { [weak self] in
      self?.finish(
        number,
        SecureAnswer(.indeterminate, reason: "no answer within \(limit / 1_000) ms"))
    }
    unsafe pending[number] = Pending(handle: handle, timer: timer, done: done)
  }

  func handle(_ readiness: Readiness) {
    unsafe cunbound_process(context)
    let answered = pending.filter { unsafe cunbound_state($0.value.handle) != CUNBOUND_OPEN }
    for (number, one) in answered.sorted(by: { $0.key < $1.key }) {
      finish(number, unsafe answer(to: one.handle))
    }
  }

  private func finish(_ number: Int, _ answer: SecureAnswer) {
    guard let one = pending.removeValue(forKey: number) else { return }
    loop.cancel(one.timer)
    unsafe cunbound_release(one.handle)
    one.done(answer)
  }
}

/// Reads an answer; texts of the peer are escaped, names are as they are.
private func answer(to question: OpaquePointer) -> SecureAnswer {
  let reason = unsafe cunbound_reason(question).map { text in
    escapedText(unsafe String(cString: text).utf8)
  }
  guard unsafe cunbound_state(question) == CUNBOUND_DONE else {
    return SecureAnswer(.indeterminate, reason: reason)
  }
  if unsafe cunbound_is_bogus(question) != 0 { return SecureAnswer(.bogus, reason: reason) }
  let code = unsafe cunbound_rcode(question)
  // NOERROR, and NXDOMAIN, which says for certain that there is nothing.
  guard code == 0 || code == 3 else {
    return SecureAnswer(.indeterminate, reason: "the name server answered \(responseName(code))")
  }
  var records: [[UInt8]] = []
  var length = 0
  while let data = unsafe cunbound_record(question, records.count, &length) {
    records.append(unsafe [UInt8](UnsafeBufferPointer(start: data, count: length)))
  }
  let name = unsafe cunbound_canonical_name(question).map { unsafe String(cString: $0) }
  return SecureAnswer(
    unsafe cunbound_is_secure(question) != 0 ? .secure : .insecure, records: records,
    canonicalName: name.map(withoutRootDot))
}

/// As RFC 1035 section 4.1.1 and those after it have it.
private func responseName(_ code: Int32) -> String {
  let names: [Int32: String] = [1: "FORMERR", 2: "SERVFAIL", 4: "NOTIMP", 5: "REFUSED"]
  return names[code] ?? "with code \(code)"
}

extension Endpoint {
  /// As libunbound writes it: `192.0.2.53@5353`.
  fileprivate var asForwarder: String {
    switch self {
    case .ip(let address, let port): "\(address)@\(port)"
    case .unix(let path): path
    }
  }
}
