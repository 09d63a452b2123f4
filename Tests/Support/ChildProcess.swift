import Dispatch
package import Glibc

/// A program started by a test: a stranger's client, a validator, or `smtpprobe` itself.
///
/// Its three streams are files without a name, so neither side can block the other however much is
/// written, and what the program has printed so far can be read while it runs. A child that is
/// still running when this value goes is killed: no test leaves a process behind.
///
/// See also `posix_spawnp(3)`, `mkstemp(3)`.
package struct ChildProcess: ~Copyable {
  /// How a program ended, and everything it printed.
  package struct Outcome: Sendable, Equatable {
    /// Exit status; 128 + the signal's number when a signal ended it, as a shell counts.
    package var status: Int
    /// Standard output, malformed UTF-8 repaired.
    package var output: String
    /// Standard error, malformed UTF-8 repaired.
    package var errors: String

    package init(status: Int, output: String, errors: String) {
      self.status = status
      self.output = output
      self.errors = errors
    }
  }

  /// The program could not be started, or not be waited for; `code` is `errno`.
  package struct Failure: Error, Equatable {
    package var call: String
    package var code: CInt

    package init(call: String, code: CInt) {
      self.call = call
      self.code = code
    }
  }

  /// Process id, for `kill(1)` and for messages.
  package let id: pid_t
  private var isReaped = false
  private let outputFile: CInt
  private let errorFile: CInt

  /// Runs a program to its end, at most sixteen at a time over all tests.
  ///
  /// The first of `arguments` is the program, looked up in `PATH` unless it holds a slash. Its
  /// standard input is `input` and then ends; `environment` replaces or joins the test's own.
  package static func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) async throws(Failure) -> Outcome {
    await slots.take()
    let result: Result<Outcome, Failure>
    do throws(Failure) {
      let child = try ChildProcess(arguments, input: input, environment: environment)
      result = .success(try await child.outcome())
    } catch {
      result = .failure(error)
    }
    await slots.give()
    return try result.get()
  }

  private static let slots = Slots(16)

  /// Runs a tool that is done in no time, such as `mktemp`, where nobody can wait; it holds a test's thread meanwhile.
  package static func brief(_ arguments: [String], input: [UInt8] = []) throws(Failure) -> Outcome {
    let child = try ChildProcess(arguments, input: input)
    let status = ChildProcess.ended(child.id)
    return try child.outcome(ending: status)
  }

  /// Starts a program and returns while it runs; the arguments are those of ``run(_:input:environment:)``.
  package init(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws(Failure) {
    let inputFile = try ChildProcess.file(holding: input)
    defer { _ = close(inputFile) }
    let outputFile = try ChildProcess.file(holding: [])
    let errorFile: CInt
    do { errorFile = try ChildProcess.file(holding: []) } catch {
      _ = close(outputFile)
      throw error
    }
    let (id, code) = ChildProcess.spawn(
      arguments, environment: ChildProcess.environment(with: environment),
      streams: [inputFile, outputFile, errorFile])
    guard code == 0 else {
      _ = close(outputFile)
      _ = close(errorFile)
      throw Failure(call: "posix_spawnp \(arguments.first ?? "")", code: code)
    }
    self.id = id
    self.outputFile = outputFile
    self.errorFile = errorFile
  }

  deinit {
    if !isReaped {
      _ = kill(id, SIGKILL)
      _ = waitpid(id, nil, 0)
    }
    _ = close(outputFile)
    _ = close(errorFile)
  }

  /// What the program has printed up to now.
  package var output: String { ChildProcess.text(of: outputFile) }

  /// What the program has complained up to now.
  package var errors: String { ChildProcess.text(of: errorFile) }

  /// Sends `signal` (`SIGINT`, `SIGTERM`) to the program; false when it is gone.
  @discardableResult package func send(signal: CInt) -> Bool { kill(id, signal) == 0 }

  /// Waits for the end of the program, for as long as it takes; on one of Dispatch's threads, which grow more where they
  /// are blocked: those that tests run on are as few as the cores, and a test that holds one keeps others from their
  /// deadlines.
  package consuming func outcome() async throws(Failure) -> Outcome {
    let id = id
    let end = await withCheckedContinuation { done in
      ChildProcess.waiting.async { done.resume(returning: ChildProcess.ended(id)) }
    }
    return try outcome(ending: end)
  }

  private consuming func outcome(ending end: Result<CInt, Failure>) throws(Failure) -> Outcome {
    let status = try end.get()
    isReaped = true
    let signal = Int(status & 0x7F)
    return Outcome(
      status: signal == 0 ? Int((status >> 8) & 0xFF) : 128 + signal, output: output,
      errors: errors)
  }

  private static let waiting = DispatchQueue(label: "children", attributes: .concurrent)

  /// Waits for the end of a process, and tells the status that the system has for it.
  private static func ended(_ id: pid_t) -> Result<CInt, Failure> {
    var status: CInt = 0
    while true {
      if unsafe waitpid(id, &status, 0) == id { return .success(status) }
      let code = errno
      guard code == EINTR else { return .failure(Failure(call: "waitpid", code: code)) }
    }
  }
}

extension ChildProcess {
  /// A file without a name, at its start, that a child gets only when it is passed on purpose.
  private static func file(holding bytes: [UInt8]) throws(Failure) -> CInt {
    var path = "/tmp/child-process-XXXXXX".utf8CString
    let file = unsafe path.withUnsafeMutableBufferPointer { name in
      guard let start = name.baseAddress else { return CInt(-1) }
      let file = unsafe mkstemp(start)
      guard file >= 0 else { return file }
      unsafe unlink(start)
      _ = fcntl(file, F_SETFD, FD_CLOEXEC)
      return file
    }
    guard file >= 0 else { throw Failure(call: "mkstemp", code: errno) }
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes[done...].withUnsafeBytes { part in
        unsafe pwrite(file, part.baseAddress, part.count, off_t(done))
      }
      guard count > 0 else {
        let code = errno
        _ = close(file)
        throw Failure(call: "pwrite", code: code)
      }
      done += count
    }
    return file
  }

  /// The whole file, read without moving the offset at which the child writes.
  static func text(of file: CInt) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { space in
        unsafe pread(file, space.baseAddress, space.count, off_t(bytes.count))
      }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }

  /// The test's own environment with `changes` in it, as `NAME=value`.
  private static func environment(with changes: [String: String]) -> [String] {
    var entries: [String] = []
    var position = unsafe environ
    while let entry = unsafe position.pointee {
      let text = unsafe String(cString: entry)
      if changes[String(text.prefix { $0 != "=" })] == nil { entries.append(text) }
      unsafe position += 1
    }
    return entries + changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }

  private static func spawn(
    _ arguments: [String], environment: [String], streams: [CInt]
  ) -> (id: pid_t, code: CInt) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, file) in streams.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, file, CInt(number))
    }
    // A test runner may ignore or block signals, and a child would inherit that: Ctrl-C would not end it.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] =
      unsafe environment.map { unsafe strdup($0) } + [nil]
    defer {
      unsafe (words + settings).forEach { unsafe free($0) }
    }
    guard let program = unsafe words[0] else { return (0, EINVAL) }
    var id: pid_t = 0
    let code = unsafe posix_spawnp(&id, program, &actions, &attributes, &words, &settings)
    return (id, code)
  }
}
