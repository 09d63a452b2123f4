import Diagnosis
import SMTPDialogue
import SessionOptions
import SessionTrace

/// The servers; behind each name stands what it does.
extension DecoyTests {
  static let rows: [Row] = [
    Row("greets only who has spoken", confirmed: [.waitsForClientFirst]) {
      $0.variation == .pregreet ? .served : .silent(.banner)
    },
    Row("never greets, and turns away who speaks first") {
      $0.variation == .pregreet ? .refused(.banner, 554) : .silent(.banner)
    },
    Row("never greets, and leaves when someone speaks") {
      $0.variation == .pregreet ? .closed(.banner) : .silent(.banner)
    },
    Row("loses 513 bytes and nothing else", confirmed: [.resegBoundaryLoss]) {
      $0.isPipelined && $0.envelope.size == 513 ? .silent(.mail) : .served
    },
    Row("loses every second size", named: [.resegBoundaryLoss]) {
      $0.isPipelined && $0.envelope.size % 2 == 1 ? .silent(.mail) : .served
    },
    Row("loses every third size", named: [.resegBoundaryLoss]) {
      $0.isPipelined && $0.envelope.size % 3 == 0 ? .silent(.mail) : .served
    },
    Row("loses every fourth size", named: [.resegBoundaryLoss]) {
      $0.isPipelined && $0.envelope.size % 4 == 1 ? .silent(.mail) : .served
    },
    Row("loses every fifth size", named: [.resegBoundaryLoss]) {
      $0.isPipelined && $0.envelope.size % 5 == 3 ? .silent(.mail) : .served
    },
    Row("loses every seventh size", named: [.resegBoundaryLoss]) {
      $0.isPipelined && $0.envelope.size % 7 == 2 ? .silent(.mail) : .served
    },
    Row("loses every eighth size", named: [.resegBoundaryLoss]) {
      $0.isPipelined && $0.envelope.size % 8 == 1 ? .silent(.mail) : .served
    },
    Row(
      "is behind a path that loses segments over 1,400 bytes, a hello among them",
      hello(of: 1_780), confirmed: [.pmtuBlackholeForward]
    ) {
      $0.variation != .fragmentation ? lost(over: 1_400, $0) : .served
    },
    Row(
      "is behind a filter that loses segments over 1,400 bytes, a hello among them",
      hello(of: 1_780), confirmed: [.pmtuBlackholeForward]
    ) { lost(over: 1_400, $0) },
    Row(
      "is behind a filter that loses segments over 900 bytes, a hello in one among them",
      hello(of: 1_000), confirmed: [.pmtuBlackholeForward]
    ) { lost(over: 900, $0) },
    Row(
      "is behind a box that loses large segments of a hello", hello(of: 1_780),
      named: [.pmtuBlackholeForward]
    ) { $0.longestHelloSegment > 1_400 ? .lost(.tls) : .served },
    Row(
      "is behind a box that loses full segments and none shorter", hello(of: 1_780),
      named: [.pmtuBlackholeForward]
    ) {
      if $0.longestGreeting == 1_448 { return .lost(.ehlo) }
      return $0.longestHelloSegment == 1_448 ? .lost(.tls) : .served
    },
    Row(
      "hangs up on EHLO of more than 900 bytes, behind a box that loses large pieces of a hello",
      hello(of: 1_780), named: [.pmtuBlackholeForward]
    ) {
      if $0.longestGreeting > 900 { return .closed(.ehlo) }
      return $0.longestHelloSegment > 1_400 ? .lost(.tls) : .served
    },
    Row(
      "takes hellos of 1,400 bytes at most", hello(of: 1_780), named: [.clienthelloMultisegment]
    ) { ($0.helloSize ?? 0) > 1_400 ? .silent(.tls) : .served },
    Row(
      "takes a hello in one segment only", hello(of: 1_780), confirmed: [.clienthelloMultisegment]
    ) { $0.helloSegments > 1 ? .silent(.tls) : .served },
    Row(
      "answers a hello of more than 1,000 bytes with an alert", hello(of: 1_100),
      named: [.tlsLegacyIntolerance]
    ) { ($0.helloSize ?? 0) > 1_000 && $0.variation != .tlsLenient ? .alerted : .served },
    Row(
      "is behind a box that drops pieces which do not end a line", inPieces,
      confirmed: [.inspectionNeedsWholeCommand]
    ) {
      switch $0.cut {
      case .inCommand(let size): $0.isPipelined || size < 14 ? .silent(.mail) : .served
      case .inLineEnds: .silent(.mail)
      case .nowhere, .atCommands, .inEnd, .inContent, .inHello: .served
      }
    },
    Row(
      "is behind a box that drops pieces of fewer than six bytes", with(cut: .inCommand(3)),
      named: [.inspectionNeedsWholeCommand]
    ) {
      if case .inCommand(..<6) = $0.cut { .silent(.mail) } else { .served }
    },
    Row(
      "is behind a path that loses all over 900 bytes, and does not offer pipelining",
      with {
        $0.envelope.size = 1_000
        $0.capabilities = []
      }, confirmed: [.pmtuBlackholeForward]
    ) { $0.variation != .fragmentation ? lost(over: 900, $0) : .served },
    Row(
      "hangs up behind its refusal, and does not offer pipelining", uninvited,
      confirmed: [.rstEatsFinalReply]
    ) { $0.isPipelined ? .resetAt(.rcpt) : .refused(.rcpt, 550) },
    Row(
      "loses chunks of one size", chunked, named: [.bdatBroken]
    ) { $0.isChunked && $0.message?.size == 3_000 ? .silent(.dot) : .served },
    Row(
      "is behind a box that takes segments of some lengths where it looks for commands", chunked,
      named: [.bdatBroken]
    ) { $0.isChunked && $0.variation != .cutAt(509) ? .refused(.dot, 500) : .served },
    Row(
      "says nothing to a message in large segments", message("x\r\n", size: 3_000)
    ) { $0.segmentSize > 1_400 ? .silent(.dot) : .served },
    Row("refuses MAIL, and takes longer over RCPT than we wait") {
      $0.isPipelined ? .refusedThenSilent(.mail, 555) : .refused(.mail, 555)
    },
    Row("loses every chunk", chunked, confirmed: [.bdatBroken]) {
      $0.isChunked ? .silent(.dot) : .served
    },
    Row(
      "knows a message by its bytes, zeros and others among them",
      message("\0\u{E9}\r\n", size: 500),
      named: [.nulByteDrop, .octet8bitOrUtf8Mismatch]
    ) { $0.message?.hasZeros == true && $0.message?.hasEightBit == true ? .closed(.dot) : .served },
    Row("hangs up on 513 bytes and nothing else", named: [.resegBoundaryLoss]) {
      $0.isPipelined && $0.envelope.size == 513 ? .closed(.mail) : .served
    },
    Row(
      "loses 513 bytes and gives the client up in words", confirmed: [.resegBoundaryLoss]
    ) {
      $0.isPipelined && $0.envelope.size == 513
        ? .givenUp(.mail, after: .seconds(2), words: true) : .served
    },
    Row(
      "loses 513 bytes and gives the client up before that gives up",
      with { $0.patience = .seconds(10) }, confirmed: [.resegBoundaryLoss]
    ) {
      $0.isPipelined && $0.envelope.size == 513
        ? .givenUp(.mail, after: .seconds(2), words: true) : .served
    },
    Row("says 450 to all", uninvited) { _ in .refused(.rcpt, 450) },
    Row(
      "loses 513 bytes and gives the client up without a word",
      confirmed: [.resegBoundaryLoss]
    ) {
      $0.isPipelined && $0.envelope.size == 513
        ? .givenUp(.mail, after: .seconds(2), words: false) : .served
    },
    Row(
      "loses 513 bytes and does not offer pipelining", with { $0.capabilities = [] },
      confirmed: [.resegBoundaryLoss]
    ) { $0.isPipelined && $0.envelope.size == 513 ? .silent(.mail) : .served },
    Row(
      "is behind a path that loses all over 900 bytes", with { $0.envelope.size = 1_000 },
      confirmed: [.pmtuBlackholeForward]
    ) { $0.variation != .fragmentation ? lost(over: 900, $0) : .served },
    Row(
      "is behind a filter that loses all over 900 bytes", with { $0.envelope.size = 1_000 },
      confirmed: [.pmtuBlackholeForward]
    ) { lost(over: 900, $0) },
    Row(
      "is behind a filter that loses 900 to 1,100 bytes", with { $0.envelope.size = 1_000 },
      named: [.pmtuBlackholeForward]
    ) { (900...1_100).contains($0.longestSegment) ? .lost(.mail) : .served },
    Row(
      "is behind a filter that loses 1,350 to 1,400 bytes, whatever they carry",
      with { $0.envelope.size = 1_373 }, named: [.pmtuBlackholeForward]
    ) {
      if (1_350...1_400).contains($0.longestGreeting) { return .lost(.ehlo) }
      return (1_350...1_400).contains($0.longestSegment) ? .lost(.mail) : .served
    },
    Row(
      "is behind a box that loses large segments of envelopes", with { $0.envelope.size = 1_000 },
      named: [.pmtuBlackholeForward]
    ) { $0.longestSegment > 900 ? .lost(.mail) : .served },
    Row(
      "is behind a box that loses large segments of envelopes, over IPv6",
      with {
        $0.envelope.size = 1_000
        $0.address = "2001:db8::25"
      }, named: [.pmtuBlackholeForward]
    ) { $0.longestSegment > 900 ? .lost(.mail) : .served },
    Row(
      "is behind a path that loses all over 900 bytes, over IPv6",
      with {
        $0.envelope.size = 1_000
        $0.address = "2001:db8::25"
      }, confirmed: [.pmtuBlackholeForward]
    ) { lost(over: 900, $0) },
    Row(
      "is behind a box that forgets silent connections", with { $0.patience = .seconds(5) },
      confirmed: [.natIdleTimeout]
    ) { $0.variation == .keepalive ? .served : .silent(.rcpt) },
    Row(
      "is behind a box that resets connections which were silent",
      with {
        $0.envelope.pipelined = false
      }, confirmed: [.natIdleTimeout]
    ) { $0.variation == .keepalive ? .served : .forgotten(.seconds(3)) },
    Row(
      "is behind a network that forgets connections after four minutes",
      with {
        $0.envelope.pipelined = false
      }, confirmed: [.natIdleTimeout], named: [.cloudIdleTimeout]
    ) { $0.variation == .keepalive ? .served : .forgotten(.seconds(300)) },
    Row("drops who says EHLO", confirmed: [.commandSyntaxOrOptionChoke]) {
      $0.asked.heloFirst ? .served : .closed(.ehlo)
    },
    Row("never answers EHLO", confirmed: [.commandSyntaxOrOptionChoke]) {
      $0.asked.heloFirst ? .served : .silent(.ehlo)
    },
    Row("drops who says EHLO with a name") {
      $0.asked.ehlo == nil && !$0.asked.heloFirst ? .closed(.ehlo) : .served
    },
    Row("drops whoever says anything") { _ in .closed(.ehlo) },
    Row("never sees DATA, and gives the client up", named: [.data354Delayed]) { _ in
      .givenUp(.data, after: .seconds(2), words: true)
    },
    Row(
      "answers DATA late", with { $0.envelope.padding = 0 }, confirmed: [.data354Delayed]
    ) { _ in .paced([.data: .seconds(3)]) },
    Row("answers DATA late and others after 80 ms", confirmed: [.data354Delayed]) { _ in
      .paced([.mail: .milliseconds(80), .rcpt: .milliseconds(80), .data: .seconds(3)])
    },
    Row("answers all after the same time", confirmed: [.tarpitErrorDelay]) { _ in
      .paced([.mail: .seconds(2), .rcpt: .seconds(2), .data: .seconds(2)])
    },
    Row("answers RCPT late", confirmed: [.rcptCalloutLateReplies]) { _ in
      .paced([.rcpt: .seconds(2)])
    },
    Row("answers MAIL late and nothing else") { _ in .paced([.mail: .seconds(2)]) },
    Row(
      "takes a kibibyte of commands at once", forty, named: [.pipeliningAdvertisedBroken]
    ) { $0.isPipelined && $0.envelope.size > 1_024 ? .silent(.rcpt) : .served },
    Row("throws away what is pipelined", confirmed: [.pipeliningAdvertisedBroken]) {
      $0.isPipelined ? .silent(.rcpt) : .served
    },
    Row(
      "answers once for two where commands are pipelined",
      confirmed: [.pipeliningAdvertisedBroken]
    ) { $0.isPipelined ? .outOfStep(.rcpt, surplus: false) : .served },
    Row("answers MAIL twice", named: [.replyCountMismatch]) {
      .outOfStep($0.isPipelined ? .data : .rcpt, surplus: !$0.isPipelined)
    },
    Row("hangs up on one recipient by name", forty) {
      $0.recipients.firstIndex(of: 18).map(PlayedEnd.closedAfter) ?? .served
    },
    Row("takes seven recipients a message", forty, confirmed: [.rcptLimit]) {
      .putOff(places(behind: 7, in: $0), 452, "4.5.3 Too many recipients")
    },
    Row("takes twelve recipients a message", forty, confirmed: [.rcptLimit]) {
      .putOff(places(behind: 12, in: $0), 552, "5.5.3 Too many recipients")
    },
    Row("puts off the eighth of any recipients and no other", forty, confirmed: [.rcptLimit]) {
      .putOff($0.recipients.count > 7 ? [8] : [], 452, "4.5.3 Too many recipients")
    },
    Row("puts off one recipient by name", forty, named: [.recipientPutOff]) {
      .putOff(places(of: 18, in: $0), 450, "4.2.0 not now")
    },
    Row("says 452 to a full mailbox", forty, named: [.recipientPutOff]) {
      .putOff(places(of: 18, in: $0), 452, "4.2.2 Mailbox full")
    },
    Row("puts off whom another rule is for", forty, named: [.multiRecipientPolicy]) {
      .putOff($0.recipients.count > 1 ? places(of: 18, in: $0) : [], 450, "4.7.1 try later")
    },
    Row("puts off one newcomer of forty", forty, named: [.greylisting]) {
      .putOff(places(of: 18, in: $0), 451, "4.7.1 Greylisted, come back in 300 s")
    },
    Row("hangs up on the eighth recipient", forty, named: [.rcptLimit]) {
      $0.recipients.count > 7 ? .closedAfter(7) : .served
    },
    Row("hangs up on the 21st recipient", forty, named: [.rcptLimit]) {
      $0.recipients.count > 20 ? .closedAfter(20) : .served
    },
    Row(
      "hangs up on the 16th command of a read", forty, named: [.pipeliningAdvertisedBroken]
    ) { $0.isPipelined && $0.recipients.count > 15 ? .closedAfter(15) : .served },
    Row(
      "hangs up on a declared size over 1000",
      message(String(repeating: "x", count: 70) + "\r\n", size: 3_000).declared,
      named: [.sizeDropNo5xx]
    ) {
      ($0.message?.size ?? 0) > 1_000 && $0.mailText.contains("SIZE=") ? .closed(.mail) : .served
    },
    Row(
      "hangs up on SIZE", message("x\r\n", size: 700).declared,
      confirmed: [.commandSyntaxOrOptionChoke]
    ) { $0.mailText.contains("SIZE=") ? .closed(.mail) : .served },
    Row("hangs up on messages of one size, bare line feeds in it", message("a\nb\r\n", size: 90)) {
      $0.message?.size == 90 ? .closed(.dot) : .served
    },
    Row(
      "hangs up on bare line feeds", message("a\nb\r\n", size: 90), confirmed: [.bareLf],
      named: []
    ) { $0.message?.hasBareLineEnds == true ? .closed(.dot) : .served },
    Row("hangs up on long lines", long, confirmed: [.longLineDrop]) {
      ($0.message?.longestLine ?? 0) > 800 ? .closed(.dot) : .served
    },
    Row("loses an end of data in pieces", cutAtEnd, confirmed: [.eodSplitMailguard]) {
      $0.cut == .inEnd ? .silent(.dot) : .served
    },
    Row("loses pieces of fewer than four bytes", cutAtEnd, named: [.eodSplitMailguard]) {
      switch $0.cut {
      case .inEnd: .silent(.dot)
      case .inCommand(..<4): .refused(.mail, 500)
      case .inCommand, .inContent, .nowhere, .inHello, .atCommands, .inLineEnds: .served
      }
    },
    Row(
      "loses 513 bytes, and hangs at DATA besides", confirmed: [.resegBoundaryLoss]
    ) { .silent($0.isPipelined && $0.envelope.size == 513 ? .mail : .data) },
    Row("keeps all replies back and hangs at DATA") { .silent($0.isPipelined ? .mail : .data) },
    Row("refuses early talkers", early, confirmed: [.greetPausePregreet]) {
      $0.options["pregreet"] == .flag(true) && $0.options["fast_open"] == .text("data")
        ? .refused(.banner, 554) : .served
    },
    Row("is silent to early talkers", early, confirmed: [.greetPausePregreet]) {
      $0.options["pregreet"] == .flag(true) && $0.options["fast_open"] == .text("data")
        ? .silent(.banner) : .served
    },
  ]
}

extension PlayedSession {
  /// The size of the message stands in MAIL.
  fileprivate var declared: PlayedSession {
    var session = self
    session.mailText = "MAIL FROM:<> SIZE=\(message?.size ?? 0)"
    return session
  }
}
