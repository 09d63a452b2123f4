import Glibc

/// The signals that ask for the report so far.
///
/// They are held from the first instruction on, so that one that comes before the session has begun
/// ends the session and not the process.
package enum EndingSignals {
  /// SIGHUP is among them when somebody would hear it: not under nohup(1).
  package static let numbers: [Int32] =
    [SIGINT, SIGTERM] + (HeldSignals.isIgnored(SIGHUP) ? [] : [SIGHUP])

  /// Ctrl-C at a terminal, which reaches every program of the command.
  package static let interrupt = SIGINT

  private static let held = HeldSignals(numbers)

  /// Prepares the process: before anything is opened, and before the command line is read.
  package static func prepare() {
    HeldSignals.fillStandardDescriptors()
    // Writing fails and says so (EPIPE, EFBIG); timers and user's signals mean nothing here.
    HeldSignals.ignore([
      SIGPIPE, SIGXFSZ, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO, SIGPWR,
    ])
    held.hold()
  }

  /// Ends the process as usual from here on: there is no session whose report is worth anything.
  package static func deliver() { held.deliver() }

  /// What they asked for is being done; others may come.
  package static func forget() { held.forget() }

  /// The report is on its way: those that came are met, and the next one ends the process.
  package static func release() { held.release() }

  /// While `work` waits for somebody who may never come, a signal ends the process.
  package static func deliverable<Value, Failure: Error>(
    _ work: () throws(Failure) -> Value
  ) throws(Failure) -> Value { try held.deliverable(work) }
}
