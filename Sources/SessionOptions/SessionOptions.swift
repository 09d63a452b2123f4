package import SessionTrace

/// Every option of a session, typed: what its user asked for, or what is in force once the defaults
/// that depend on the target are filled in.
///
/// What is known of an option beside its value (names, help, what excludes it, whether a report of
/// somebody else may set it) stands in its ``OptionRow``.
package struct SessionOptions: Sendable, Equatable {
  /// The most transactions over one connection: of so many a report has room for every command.
  package static let mostTransactions = 250

  // MARK: The envelope and the message
  /// The sender as typed: in angle brackets or bare; `<>` for the null sender.
  package var from = "<>"
  /// Empty: the postmaster of the target.
  package var to: [String] = []
  /// The path of a file with recipients in it, one a line; `-` for standard input.
  package var toFile: String?
  /// Parameters of MAIL beside those that we have by ourselves, or in their place.
  package var mailParam: [ESMTPParameter] = []
  /// Parameters of every RCPT.
  package var rcptParam: [ESMTPParameter] = []
  /// `nil`: this host's name.
  package var ehlo: String?
  /// Whom XCLIENT has the server take us for.
  package var xclient: [XclientAttribute] = []
  /// The path of the message; `-` for standard input.
  package var data: String?
  /// Bytes of a made-up message.
  package var messageSize: Int?
  /// How often it is sent over the one connection.
  package var messages = 1
  /// Whether RSET stands between them.
  package var rset = false
  /// Characters of its lines, without CRLF.
  package var lineLength = 72
  /// Bytes of MAIL, all RCPT and DATA together.
  package var envelopeSize: Int?
  /// Whether an envelope shorter than the first piece is padded.
  package var pad = true
  package var quitAfter: StopPoint?
  /// The same, and the connection is closed there without QUIT.
  package var dropAfter: StopPoint?
  /// Whether RSET and QUIT leave together with the last command before them.
  package var earlyQuit = false
  /// Whether HELO is said and EHLO is not.
  package var heloFirst = false
  /// Whether LMTP is spoken.
  package var lmtp = false
  /// Whether a reply for each recipient is asked for where PRDR is offered.
  package var prdr = false
  package var pipelining = PipeliningMode.auto
  /// `nil`: off, and on where a size of chunks is given. See ``chunkingMode``.
  package var chunking: ChunkingMode?
  package var chunkSize: Int?
  package var pregreet = false
  package var ignoreKeyword: [String] = []
  package var mend: [MessageMend] = []

  // MARK: The way there
  /// Whom to connect to, in the place of what TARGET names.
  package var server: Target?
  /// `nil`: that of the target, or the usual one.
  package var port: Int?
  /// The one name server to ask.
  package var resolver: HostAndPort?
  package var family = AddressFamily.any
  package var split: SegmentPlan?
  package var splitDelay: Segmentation.Pacing?
  package var splitStage = Segmentation.Scope.all
  package var socket = SocketOptions()
  /// Whether our direction is closed behind QUIT.
  package var halfClose = false
  /// What a balancer in front would say of the connection; `nil` says nothing.
  package var proxy: ProxyHeader?
  package var nudge = false
  package var hops = false

  /// Whether sender and recipients go by other names of the same length.
  package var anonymizeEnvelope = false

  // MARK: TLS
  package var tls = TLSMode.auto
  package var tlsVerify = false
  package var tlsPriority: String?
  package var tlsSNI: String?
  package var tlsCAPath: String?
  /// The paths of a certificate of ours and its key.
  package var tlsCert: String?
  package var tlsKey: String?
  /// The certificates that will do; empty: any.
  package var tlsFingerprint: [Fingerprint] = []
  /// Whether sessions resume the TLS session of one before.
  package var tlsResume = false
  /// Whether TLSA records decide about TLS.
  package var dane = false
  /// The path of a file with the keys to believe in the place of the root's.
  package var trustAnchor: String?
  package var clienthelloSize: Int?
  package var tlsRecordSize: Int?
  /// Whether the domain's policy is looked up and kept to.
  package var mtaSTS = false
  /// The port of the policy host; `nil`: the usual one.
  package var mtaSTSPort: Int?

  // MARK: AUTH
  /// `nil`: nobody asks who we are.
  package var auth: SASLChoice?
  /// Whether the session goes on where AUTH cannot be had.
  package var authOptional = false
  package var authUser: String?
  /// Where the password stands; `-` for standard input.
  package var authPasswordFile: String?
  /// A descriptor that it can be read from.
  package var authPasswordFD: Int?

  // MARK: Limits, and the lab
  package var timeouts = Timeouts()
  /// Whether a fixture plays its fault.
  package var fault = true

  /// No option given.
  package init() {}
}

extension SessionOptions {
  /// By which mechanisms to authenticate; to name a user or a password asks for it too.
  package var authChoice: SASLChoice? {
    if let auth { return auth }
    let isAskedFor =
      authUser != nil || authPasswordFile != nil || authPasswordFD != nil || authOptional
    return isAskedFor ? .any : nil
  }

  /// Whether something is said before the greeting has come.
  package var talksEarly: Bool {
    pregreet || socket.fastOpen == .data || pipelining == .early
  }

  /// Waits for the greeting, whatever was asked for.
  package mutating func waitForGreeting() {
    pregreet = false
    if socket.fastOpen == .data { socket.fastOpen = .cookie }
    if pipelining == .early { pipelining = .auto }
  }

  /// Whether a message goes by BDAT; a size of chunks without a mode means that it does.
  package var chunkingMode: ChunkingMode { chunking ?? (chunkSize == nil ? .off : .on) }

  /// The plan that cuts flights, where one is asked for.
  package var segmentation: Segmentation? {
    guard let split else { return nil }
    var segmentation = Segmentation(plan: split)
    segmentation.scope = splitStage
    segmentation.pacing = splitDelay
    return segmentation
  }

  /// Where a session ends, by QUIT or without.
  package var stop: StopPoint? { quitAfter ?? dropAfter }

  /// Whether a session delivers a message, when the server takes it.
  package var deliversMail: Bool {
    guard let stop else { return data != nil || messageSize != nil }
    return stop == .dot
  }

  /// How long each reply is waited for, where one bound holds for all; five minutes where the RFC's do.
  package var patience: Microseconds {
    if case .fixed(let time) = timeouts.reply { time } else { .seconds(300) }
  }
}

/// A sender without the brackets that may be typed round it: `<>` is the null one, as swaks has it.
package func bareMailbox(_ text: String) -> String {
  text.hasPrefix("<") && text.hasSuffix(">") ? String(text.dropFirst().dropLast()) : text
}
