import Diagnosis
import SessionTrace
import Testing

/// The exit status table of the contract, row by row.
@Suite("The exit status")
struct ExitCodeTests {
  @Test(
    "says what in its tens and where in its ones",
    arguments: [
      (.stalled, .banner, 11), (.stalled, .mail, 15), (.stalled, .dot, 18), (.stalled, .quit, 19),
      (.closed, .ehlo, 22), (.reset, .body, 28), (.unreachable, .connect, 20),
      (.unreachable, .resolve, 20), (.rejected, .rcpt, 36), (.rejected, .banner, 31),
      (.deferred, .data, 47), (.deferred, .starttls, 43), (.tlsFailed, .tls, 53),
      (.protocolError, .starttls, 53), (.protocolError, .mail, 55), (.ok, .quit, 0),
      (.internalError, .mail, 70),
    ] as [(SessionStatus, Stage, Int)])
  func table(_ status: SessionStatus, stage: Stage, code: Int) {
    #expect(exitCode(status, at: stage, ending: .finished) == code)
  }

  @Test("counts a signal as a shell does", arguments: [(2, 130), (15, 143)])
  func signals(_ signal: Int, code: Int) {
    #expect(exitCode(.interrupted, at: .mail, ending: .interrupted(signal: signal)) == code)
  }
}
