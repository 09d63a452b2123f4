/// A rule: when this happens, the server does that instead of the healthy thing.
package struct Rule: Sendable, Equatable {
  package var condition: Condition
  /// All of them must hold too, at the moment the condition does.
  package var provisos: [Proviso]
  package var directions: [Direction]
  /// Where its `C:` stands in the file, for the log.
  package var line: Int

  package init(
    condition: Condition, provisos: [Proviso] = [], directions: [Direction], line: Int = 0
  ) {
    self.condition = condition
    self.provisos = provisos
    self.directions = directions
    self.line = line
  }
}

/// A server as a fixture describes it: a healthy one, but for these settings and rules.
package struct ServerScript: Sendable, Equatable {
  /// What it calls itself.
  package var name = "mx.lab.example"
  /// The capability lines of EHLO, in order.
  package var capabilities = ["PIPELINING", "SIZE 52428800", "8BITMIME", "ENHANCEDSTATUSCODES"]
  /// The first rule whose condition holds decides.
  package var rules: [Rule] = []
  /// TLS from the first byte, as on port 465.
  package var isImplicitTLS = false
  package var certificate = CertificateScript()
  /// A GnuTLS priority string; `nil` for the library's default.
  package var tlsPriority: String?
  /// Small writes wait for the acknowledgement of the one before (`TCP_NODELAY` off).
  package var usesNagle = false
  /// `TCP_QUICKACK` off, after accept and after each read: what loopback otherwise hides.
  package var delaysAcknowledgements = false
  /// `SO_RCVBUF`; `nil` for the kernel's choice.
  package var receiveBuffer: Int?
  /// Each reply in a write of its own instead of one for what was asked together.
  package var flushesEachReply = false
  /// Applied to every reply.
  package var shapes: [ReplyShape] = []
  /// What it always does, besides.
  package var habits: [Habit] = []
  /// Turns away clients without a certificate; under TLS 1.3 they learn it after their handshake.
  package var requiresClientCertificate = false
  /// What came in clear behind STARTTLS is taken for a command under TLS.
  package var carriesClearTextIntoTLS = false
  /// Bytes that end message content, besides CRLF.CRLF.
  package var furtherEndsOfData: [[UInt8]] = []
  /// Bytes that are waited for behind BDAT LAST, beyond what it says (catalogue F6).
  package var bytesAwaitedBehindLastChunk = 0
  /// What chance is drawn from, together with the connection's number.
  package var seed = 0
  /// What names lead to, and to whom; empty when the fixture is not about names.
  package var names = NameScript()
  /// Addresses at which it listens besides its own, at the same port.
  package var furtherAddresses: [String] = []
  /// What stands between client and server, nearest to the client first.
  package var middleboxes: [Middlebox] = []

  package init() {}
}

/// The certificate a fixture's server shows.
package struct CertificateScript: Sendable, Equatable {
  package enum Validity: Sendable, Equatable {
    case valid, expired, notYetValid
  }

  /// The name in it; `nil` for the server's own.
  package var name: String?
  package var validity = Validity.valid
  package var isRSA = false
  /// Bytes by which it is made longer.
  package var padding: Int?

  package init() {}
}
