import Lab
import SessionTrace
import Wire

/// A run that this program plays in a process of its own: one whose fixture has a network, or a diagnosis.
///
/// A network takes a whole process with it, and building it takes a while, which the other sessions
/// on the loop would feel. A diagnosis has a loop of its own.
final class ProcessRun<Told> {
  private let program: ChildProgram
  private let loop: EventLoop
  private let read: (_ status: Int, _ written: [UInt8]) -> Told?
  private let done: (Result<Told, UnplayableRun>) -> Void
  private var timer: TimerToken?

  /// Starts the program that is running now with `arguments`.
  ///
  /// `read` makes something of its exit status and of what it wrote, and of what it cannot use `nil`;
  /// `done` is called once from the loop.
  init(
    _ arguments: [String], input: [UInt8], loop: EventLoop, limit: Microseconds,
    read: @escaping (_ status: Int, _ written: [UInt8]) -> Told?,
    done: @escaping (Result<Told, UnplayableRun>) -> Void
  ) throws(UnplayableRun) {
    self.loop = loop
    self.read = read
    self.done = done
    do {
      program = try ChildProgram(["/proc/self/exe"] + arguments, input: input)
      try program.watch(on: loop) { [unowned self] in finish() }
    } catch {
      throw UnplayableRun(reason: error.description)
    }
    let seconds = limit / 1_000_000
    timer = loop.schedule(at: loop.now + limit) { [weak self] in
      self?.end(.failure(UnplayableRun(reason: "did not end within \(seconds) seconds")))
    }
  }

  private func finish() {
    guard let status = program.exitStatus(), let told = read(status, program.written) else {
      let lines = program.complaints.split(separator: UInt8(ascii: "\n"))
      let words = lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "; ")
      return end(.failure(UnplayableRun(reason: words.isEmpty ? "no report came" : words)))
    }
    end(.success(told))
  }

  private func end(_ result: Result<Told, UnplayableRun>) {
    if let timer { loop.cancel(timer) }
    // Not from within: who hears of it lets this run go.
    loop.soon { [done] in done(result) }
  }
}
