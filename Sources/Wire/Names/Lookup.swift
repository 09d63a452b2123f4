import CLinuxSocket
import SessionTrace

/// One lookup that waits for a thread of the pool or is under way on one; letting it go abandons it.
///
/// The memory belongs to the C side and outlives this object as long as the thread needs it, so
/// that an abandoned lookup ends by itself and its result is dropped.
@safe
final class Lookup: Watcher {
  /// What to look up.
  enum Question {
    /// Numeric addresses of a host, by the system's means; `WIRE_FAMILY_NONE` for both families.
    case addresses(host: String, wire_family)
    /// Records of one type, from this name server or the system's.
    case records(RecordType, name: String, nameServer: SocketAddress?)
  }

  /// What a name server can be asked for.
  enum RecordType: String {
    case a = "A"
    case aaaa = "AAAA"
    case mx = "MX"
    case txt = "TXT"
  }

  /// One record.
  struct Record {
    /// Of a mail exchanger.
    var preference: Int
    /// A name or a numeric address in ASCII, or whatever somebody wrote.
    var bytes: [UInt8]

    /// The same as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// What was found.
  struct Answers {
    var records: [Record]
    /// Where the name asked for leads to; `nil` when it is no alias.
    var alias: String?
  }

  typealias Completion = (Result<Answers, Failure>) -> Void

  /// Why there are no answers.
  struct Failure: Error {
    /// How it failed.
    let status: wire_lookup_status
    /// The same in words.
    var failure: SystemFailure
    /// Where the name asked for leads to, even so.
    var alias: String?
  }

  private let handle: OpaquePointer
  private let call: String
  private let loop: EventLoop
  private let limit: Microseconds
  private var token: WatchToken?
  private var timer: TimerToken?
  private var done: Completion?

  /// Begins; it is over within `limit`.
  init(
    loop: EventLoop, _ question: Question, limit: Microseconds, done: @escaping Completion
  ) throws(FailedCall) {
    var code: Int32 = 0
    let milliseconds = UInt32(clamping: max(1, limit / 1_000))
    let started: OpaquePointer?
    switch question {
    case .addresses(let host, let family):
      call = "getaddrinfo"
      unsafe started = wire_lookup_addresses(host, family, &code)
    case .records(let type, let name, nil):
      call = "DNS query"
      unsafe started = wire_lookup_records(name, type.raw, nil, milliseconds, &code)
    case .records(let type, let name, .some(var server)):
      call = "DNS query"
      unsafe started = wire_lookup_records(name, type.raw, &server.raw, milliseconds, &code)
    }
    guard let started = unsafe started else {
      throw FailedCall(call: "pthread_create", number: code)
    }
    unsafe handle = started
    self.loop = loop
    self.limit = limit
    self.done = done
    token = try loop.watch(unsafe wire_lookup_descriptor(handle), for: .readable, self)
    // Questions of our own know the limit, and say more of what came by then.
    let grace: Microseconds = if case .records = question { Self.grace } else { 0 }
    timer = loop.schedule(at: loop.now + limit + grace) { [weak self] in self?.giveUp() }
  }

  deinit {
    if let timer { loop.cancel(timer) }
    if let token { loop.unwatch(token, unsafe wire_lookup_descriptor(handle)) }
    unsafe wire_lookup_release(handle)
  }

  func handle(_ readiness: Readiness) {
    let status = unsafe wire_lookup_read_status(handle)
    guard status != WIRE_LOOKUP_PENDING else { return }
    let name = unsafe String(cString: wire_lookup_alias(handle))
    let alias = name.isEmpty ? nil : name
    finish(
      status == WIRE_LOOKUP_FOUND
        ? .success(Answers(records: answers(), alias: alias))
        : .failure(failure(status, alias: alias)))
  }

  /// How long after its limit a question of our own may still say why it failed.
  private static let grace: Microseconds = 100_000

  /// The system's resolver has no deadline of its own, and may keep every thread of the pool.
  private func giveUp() {
    let failure = SystemFailure(
      call: call, name: "ETIMEDOUT", code: 110,
      text: "no answer within \(limit / 1_000) ms")
    finish(.failure(Failure(status: WIRE_LOOKUP_TEMPORARY, failure: failure)))
  }

  private func finish(_ result: Result<Answers, Failure>) {
    guard let done else { return }
    self.done = nil
    if let token { loop.unwatch(token, unsafe wire_lookup_descriptor(handle)) }
    token = nil
    done(result)
  }

  private func answers() -> [Record] {
    var found: [Record] = []
    var preference: UInt16 = 0
    var length: UInt16 = 0
    while let text = unsafe wire_lookup_answer(
      handle, UInt32(found.count), &preference, &length)
    {
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(length))
      found.append(Record(preference: Int(preference), bytes: unsafe Array(bytes)))
    }
    return found
  }

  private func failure(_ status: wire_lookup_status, alias: String?) -> Failure {
    let raw = unsafe wire_lookup_read_failure(handle)
    return Failure(
      status: status,
      failure: unsafe SystemFailure(
        call: String(cString: raw.call), name: String(cString: raw.name), code: Int(raw.code),
        text: String(cString: raw.text)),
      alias: alias)
  }
}

extension Lookup.RecordType {
  fileprivate var raw: wire_record_type {
    switch self {
    case .a: WIRE_RECORD_A
    case .aaaa: WIRE_RECORD_AAAA
    case .mx: WIRE_RECORD_MX
    case .txt: WIRE_RECORD_TXT
    }
  }
}
