import CLinuxSocket
import Glibc
import SessionTrace

/// Another program, started with all it is to read; what it writes is kept for when it has ended.
///
/// One that still runs when this value goes is killed: nothing is left behind.
package final class ChildProgram {
  /// Called once from the loop when the program has ended, by ``watch(on:_:)``.
  private var onEnd: (() -> Void)?

  /// Where its streams lead.
  package enum Streams: Sendable {
    /// What it reads is given, what it writes is kept.
    case apart
    /// The same, and standard error goes where standard output goes.
    case joined
    /// Where ours lead: for a program that talks to the user.
    case ours
  }

  private let program: wire_program
  private let end: Descriptor
  private let output: Descriptor
  private let errors: Descriptor
  private var loop: EventLoop?
  private var token: WatchToken?
  private var status: Int?

  /// Starts it.
  ///
  /// - Parameters:
  ///   - words: its name or path, and its arguments; none may hold a 0.
  ///   - input: its standard input.
  ///   - network: a namespace that it is to find at that one's path.
  ///   - streams: where the three lead.
  /// - Throws: what kept it from starting; `ENOENT` when there is no such program.
  package init(
    _ words: [String], input: [UInt8] = [], handing network: NetworkNamespace? = nil,
    streams: Streams = .apart
  ) throws(WireError) {
    let line = words.flatMap { Array($0.utf8) + [0] }.map(CChar.init(bitPattern:))
    var program = wire_program()
    let status = unsafe wire_start_program(
      line, line.count, input, input.count, network?.number ?? -1, streams.number, &program)
    guard status == 0 else {
      throw WireError(
        operation: "start \(words.first ?? "")",
        failure: SystemFailure(call: "posix_spawn", errno: -status))
    }
    self.program = program
    end = Descriptor(program.watch)
    output = Descriptor(program.output)
    errors = Descriptor(streams == .apart ? program.errors : -1)
  }

  /// Its process id.
  package var processNumber: Int { Int(program.pid) }

  deinit {
    if let token, let loop { loop.unwatch(token, end.number) }
    guard status == nil else { return }
    var program = program
    _ = unsafe wire_kill_program(&program)
    _ = unsafe wire_await_program(&program)
  }

  /// Calls back from the loop when the program has ended; ``exitStatus()`` then returns at once.
  package func watch(on loop: EventLoop, _ onEnd: @escaping () -> Void) throws(WireError) {
    self.loop = loop
    self.onEnd = onEnd
    do {
      token = try loop.watch(end.number, for: .readable, self)
    } catch {
      throw WireError(operation: "watch a program", failure: error.failure)
    }
  }

  /// Its exit status, 128 + n after signal n; waits for the end. `nil` when the kernel lost it.
  package func exitStatus() -> Int? {
    if let status { return status }
    var program = program
    let code = unsafe wire_await_program(&program)
    status = code >= 0 ? Int(code) : nil
    return status
  }

  /// What it has written to standard output so far.
  package var written: [UInt8] { contents(of: output.number) }

  /// What it has written to standard error so far; empty when the two were joined.
  package var complaints: [UInt8] { errors.isOpen ? contents(of: errors.number) : [] }

  private func contents(of file: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe wire_read_output(file, &piece, piece.count, Int64(bytes.count))
      guard count > 0 else { return bytes }
      bytes += piece.prefix(Int(count))
    }
  }
}

extension ChildProgram.Streams {
  fileprivate var number: wire_streams {
    switch self {
    case .apart: WIRE_STREAMS_APART
    case .joined: WIRE_STREAMS_JOINED
    case .ours: WIRE_STREAMS_OURS
    }
  }
}

extension ChildProgram: Watcher {
  func handle(_ readiness: Readiness) {
    if let token, let loop { loop.unwatch(token, end.number) }
    token = nil
    let onEnd = onEnd
    self.onEnd = nil
    onEnd?()
  }
}
