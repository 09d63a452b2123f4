import SessionTrace
import TLSEngine

/// How the simulated server behaves, and where it stops behaving.
struct ServerPlan {
  /// What it does at its breaking point.
  enum End: CaseIterable {
    /// Reads on, and never says another byte.
    case silence
    /// Reads no more; what it owes for what it has read still comes.
    case stopsReading
    /// FIN, and the program is gone: what arrives afterwards is answered with RST.
    case closes
    /// FIN; the stack goes on acknowledging.
    case halfCloses
    /// RST.
    case resets
  }

  /// Where it breaks.
  enum Fault {
    case none
    /// Before the reply of that number; the greeting is 0.
    case beforeReply(Int, End)
    /// After that many bytes of its own.
    case afterSaying(Int, End)
    /// After reading that many bytes of ours.
    case afterReading(Int, End)
  }

  /// Whom it shows itself to be under TLS, which it speaks from the first byte unless it offers STARTTLS;
  /// `nil`: clear text. The books are not kept then: they know no records.
  var credentials: ServerCredentials?
  /// TLS is offered by STARTTLS, and not spoken before.
  var offersStartTLS = false
  var offersPipelining = true
  var offersSize = true
  var offersChunking = false
  var greeting = 220
  var ehlo = 250
  var helo = 250
  var mail = 250
  /// One for each recipient; the last is repeated.
  var recipients = [250]
  var data = 354
  /// DATA after no recipient was accepted: 354 is allowed (RFC 2920 section 3.1).
  var dataWithoutRecipients = 554
  var dot = 250
  /// The reply to a chunk that is not the last; the last one's is `dot`.
  var chunk = 250
  /// A refusal in the middle of the content, after that many bytes of it.
  var early: (after: Int, code: Int)?
  var fault = Fault.none

  /// A reply that nobody asked for, said once so many bytes of ours were read; the books do not have it.
  var surplus: (afterReading: Int, text: String)?
  /// What is said in one breath with the reply of that number, and whether the server leaves with it;
  /// the books do not have it.
  var behind: (reply: Int, text: String, leaves: Bool)?
  /// Where its own stream is cut in two, `gap` apart.
  var cut: Int?

  var thinks: Microseconds = 1_000
  var greatestRead = 65_536
  var readDelay: Microseconds = 100
  /// Greatest write; replies are cut there, with `gap` between.
  var greatestWrite = 65_536
  var gap: Microseconds = 0
  /// Says nothing while there is more to read.
  var batches = false
}
