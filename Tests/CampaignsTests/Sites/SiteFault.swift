import Diagnosis
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

  /// The largest segment that the path to a made-up server and back can have, bytes.
  static let longestSegment = 1_448

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
  func causes(offersPipelining: Bool) -> Set<CauseID> {
    switch self {
    case .stops(_, .refusesAndLeaves): [.rstEatsFinalReply]
    case .stops, .mindsSize, .takesAtOnce, .swallowsEvery: []
    case .late([.data], _): [.data354Delayed]
    case .late([.rcpt], _): [.rcptCalloutLateReplies]
    case .late([.mail, .rcpt, .data], _): [.tarpitErrorDelay]
    case .late: []
    case .minds(.zeros, _): [.nulByteDrop]
    case .minds(.eightBit, _): [.octet8bitOrUtf8Mismatch]
    case .minds(.longLines, _): [.longLineDrop]
    case .minds(.bareLineEnds, _): [.bareLf]
    case .mindsParameter: [.commandSyntaxOrOptionChoke]
    case .mindsRecipients: [.rcptLimit]
    case .mindsEarlyTalk: [.greetPausePregreet]
    case .throwsAwayGroups, .mindsGroups:
      [offersPipelining ? .pipeliningAdvertisedBroken : .pipeliningNotOffered]
    case .mindsChunks: [.bdatBroken]
    case .swallowsLength: [.resegBoundaryLoss]
    // No larger segment can be sent: whatever is too large is lost.
    case .losesLengths(let lengths, unlessCut: _) where lengths.upperBound >= Self.longestSegment:
      [.pmtuBlackholeForward]
    case .losesLengths, .losesEvery: []
    case .losesReplies: [.pmtuBlackholeReverse]
    case .losesWord([0]): [.nulByteDrop]
    case .losesWord: [.contentTriggeredLoss]
    case .splitEnd: [.eodSplitMailguard]
    case .splitLineEnd: [.crlfSplitServer]
    case .splitCommand: [.inspectionNeedsWholeCommand]
    case .forgets: [.natIdleTimeout]
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
    case .losesLengths(let lengths, unlessCut: _) where lengths.upperBound >= Self.longestSegment:
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
