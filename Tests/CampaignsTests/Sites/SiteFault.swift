import SessionTrace

/// What a made-up server, or the path to it, does wrong.
enum SiteFault: Equatable {
  /// What is done instead of what is right.
  enum Way: Equatable {
    case silence, closes, resets
    case refuses(Int)
    /// Says the code and is gone.
    case refusesAndLeaves(Int)
  }

  /// What a message may have that a server cannot bear.
  enum Trait: CaseIterable {
    case zeros, eightBit, longLines, bareLineEnds
  }

  // The server.

  /// Instead of the reply of that stage.
  case stops(Stage, Way)
  /// The replies of these stages take so much longer.
  case late([Stage], Microseconds)
  /// A message with that trait, at its end.
  case minds(Trait, Way)
  /// A message of more bytes than that, at its end.
  case mindsSize(Int, Way)
  /// SIZE as a parameter of MAIL.
  case mindsParameter(Way)
  /// More recipients than that.
  case mindsRecipients(Int, Way)
  /// What comes before the greeting.
  case mindsEarlyTalk(Way)
  /// What comes behind a command in the same read is thrown away.
  case throwsAwayGroups
  /// Several commands in one read, at the second of them.
  case mindsGroups(Way)
  /// More bytes of commands in one read than that: what follows is lost.
  case takesAtOnce(Int)
  /// BDAT.
  case mindsChunks(Way)

  // The path, or a box in it.

  /// Takes a segment of the envelope of exactly so many bytes, and passes nothing on.
  case swallowsLength(Int)
  /// The same of every so many-th size.
  case swallowsEvery(Int)
  /// Loses segments of such lengths; `unlessCut` lets those pass that routers may cut.
  case losesLengths(ClosedRange<Int>, unlessCut: Bool)
  /// Loses segments of the server's that are longer.
  case losesReplies(over: Int)
  /// Loses every so many-th segment, whatever is in it; sent again, it comes through.
  case losesEvery(Int)
  /// Loses segments with these bytes in them.
  case losesWord([UInt8])
  /// Passes the end of data on in one piece only.
  case splitEnd
  /// Passes lines on whose CR and LF come together.
  case splitLineEnd
  /// Passes whole commands on.
  case splitCommand
  /// Forgets a connection that was silent for so long; what comes then is lost, or reset.
  case forgets(after: Microseconds, resets: Bool)
}

extension SiteFault {
  /// Ids of the entries that may be confirmed where it is at work.
  func causes(offersPipelining: Bool) -> Set<String> {
    switch self {
    case .stops(_, .refusesAndLeaves): ["rst-eats-final-reply"]
    case .stops, .mindsSize, .takesAtOnce, .swallowsEvery: []
    case .late([.data], _): ["data-354-delayed"]
    case .late([.rcpt], _): ["rcpt-callout-late-replies"]
    case .late([.mail, .rcpt, .data], _): ["tarpit-error-delay"]
    case .late: []
    case .minds(.zeros, _): ["nul-byte-drop"]
    case .minds(.eightBit, _): ["8bit-or-utf8-mismatch"]
    case .minds(.longLines, _): ["long-line-drop"]
    case .minds(.bareLineEnds, _): ["bare-lf"]
    case .mindsParameter: ["command-syntax-or-option-choke"]
    case .mindsRecipients: ["rcpt-limit"]
    case .mindsEarlyTalk: ["greet-pause-pregreet"]
    case .throwsAwayGroups, .mindsGroups:
      [offersPipelining ? "pipelining-advertised-broken" : "pipelining-not-offered"]
    case .mindsChunks: ["bdat-broken"]
    case .swallowsLength: ["reseg-boundary-loss"]
    case .losesLengths(let lengths, unlessCut: true) where lengths.upperBound >= 65_535:
      ["pmtu-blackhole-forward"]
    case .losesLengths, .losesEvery: []
    case .losesReplies: ["pmtu-blackhole-reverse"]
    case .losesWord([0]): ["nul-byte-drop"]
    case .losesWord: ["content-triggered-loss"]
    case .splitEnd: ["eod-split-mailguard"]
    case .splitLineEnd: ["crlf-split-server"]
    case .splitCommand: ["inspection-needs-whole-command"]
    case .forgets: ["nat-idle-timeout"]
    }
  }

  /// The row of the table that it counts in.
  var kind: String {
    switch self {
    case .stops(let stage, .silence): "silent at \(stage.rawValue)"
    case .stops(let stage, .closes), .stops(let stage, .resets): "hangs up at \(stage.rawValue)"
    case .stops(let stage, .refuses), .stops(let stage, .refusesAndLeaves):
      "refuses at \(stage.rawValue)"
    case .late(let stages, _): "late: \(stages.map(\.rawValue).joined(separator: ", "))"
    case .minds(let trait, _): "minds \(trait)"
    case .mindsSize: "minds large messages"
    case .mindsParameter: "minds SIZE="
    case .mindsRecipients: "minds many recipients"
    case .mindsEarlyTalk: "minds early talk"
    case .throwsAwayGroups: "throws groups away"
    case .mindsGroups: "minds groups"
    case .takesAtOnce: "takes so much at once"
    case .mindsChunks: "minds BDAT"
    case .swallowsLength: "swallows one length"
    case .swallowsEvery: "swallows every n-th size"
    case .losesLengths(let lengths, unlessCut: true) where lengths.upperBound >= 65_535:
      "path takes no large packets"
    case .losesLengths(let lengths, _):
      lengths.count == 1 ? "loses one length" : "filter loses some lengths"
    case .losesReplies: "loses large replies"
    case .losesEvery: "loses every n-th segment"
    case .losesWord([0]): "loses zero bytes"
    case .losesWord: "loses a word"
    case .splitEnd: "needs the end of data whole"
    case .splitLineEnd: "needs line ends whole"
    case .splitCommand: "needs commands whole"
    case .forgets: "forgets silent connections"
    }
  }
}
