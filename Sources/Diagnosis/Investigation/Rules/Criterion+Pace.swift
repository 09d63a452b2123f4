import SessionTrace

/// How long each command of an envelope was waited for, where a session shows that.
private struct ReplyPace {
  var mail: [Microseconds]
  var recipients: [Microseconds]
  var data: [Microseconds]
  /// Whether the replies came together at the end of what the control sent at once.
  var isSummed: Bool
  /// The stage at which the session was given up, and after how long.
  var givenUp: (stage: Stage, after: Microseconds)?

  /// The pace of the session with more patience, where MAIL was answered by itself; else that of the
  /// session with one command at a time.
  ///
  /// Where replies are kept back and come in one read, they tell nothing about what each of them took.
  init?(_ evidence: Evidence) {
    let patience = Variation.patience(evidence.control.longPatience)
    if evidence.effect(of: patience) == .gone, let trace = evidence.trace(with: patience),
      trace.mailIsAnsweredAlone
    {
      self.init(trace, isSummed: false)
    } else if evidence.control.isPipelined, evidence.effect(of: .pipeliningOff) != nil,
      let trace = evidence.trace(with: .pipeliningOff)
    {
      self.init(trace, isSummed: true)
    } else {
      return nil
    }
  }

  private init(_ trace: Trace, isSummed: Bool) {
    mail = trace.waits(in: .mail)
    recipients = trace.waits(in: .rcpt)
    data = trace.waits(in: .data)
    self.isSummed = isSummed
    if case .timedOut = trace.ending { givenUp = (trace.endingStage, trace.waited) }
  }
}

extension Trace {
  /// Waits for the replies to the commands of an envelope, by stage; refusals may take their own time.
  fileprivate func waits(in stage: Stage) -> [Microseconds] {
    replies.filter { $0.stage == stage && $0.wasDue && $0.code < 400 }.map(\.wait)
  }

  fileprivate var mailIsAnsweredAlone: Bool {
    let mail = replies.last { $0.stage == .mail }
    return mail != nil && mail?.firstRead != replies.first { $0.stage == .rcpt }?.firstRead
  }
}

extension Criterion {
  private static func pace(_ read: @escaping @Sendable (Evidence, ReplyPace) -> Answer) -> Criterion
  {
    Criterion(
      variations: {
        let patience = Variation.patience($0.control.longPatience)
        return $0.control.isPipelined ? [patience, .pipeliningOff] : [patience]
      },
      answer: { evidence in ReplyPace(evidence).map { read(evidence, $0) } ?? .unknown })
  }

  /// RCPT takes long and MAIL does not, and that is what was waited for.
  static let recipientsAreSlow = pace { evidence, pace in
    guard let mail = pace.mail.first else { return .unknown }
    let patience = evidence.control.subject.patience
    if let givenUp = pace.givenUp, givenUp.stage == .rcpt, givenUp.after > 5 * mail {
      return .yes(
        "one command at a time, MAIL takes \(durationText(mail)) and RCPT more than"
          + " \(durationText(givenUp.after))")
    }
    guard let least = pace.recipients.min() else { return .unknown }
    let sum = pace.recipients.reduce(0, +)
    guard least > .milliseconds(50), least > 5 * mail, 5 * sum > 4 * patience else {
      return .no("RCPT takes \(durationText(least)), MAIL \(durationText(mail)): no reason to wait")
    }
    return .yes("each RCPT takes \(durationText(least)) or more, MAIL \(durationText(mail))")
  }

  /// Every reply takes as long, whatever it answers, and as long as explains the silence.
  static let everyReplyIsLate = evenness(wanted: true)
  /// Some are answered at once.
  static let notEveryReplyIsLate = evenness(wanted: false)

  private static func evenness(wanted: Bool) -> Criterion {
    pace { evidence, pace in
      // What the control gave up on must be late by the same.
      let last = evidence.control.stage == .data && !pace.isSummed ? pace.data : []
      let waits = pace.mail + pace.recipients + last
      let open = pace.givenUp.map { $0.stage <= .rcpt ? [$0.after] : [] } ?? []
      guard waits.count + open.count >= 2, let least = waits.min(), let most = (waits + open).max()
      else { return .unknown }
      guard least > .milliseconds(50), most < 5 * least else {
        return wanted
          ? .no("some commands are answered at once and others late")
          : .yes("some commands are answered at once and others late")
      }
      let sum = pace.isSummed ? waits.reduce(0, +) + least : most
      guard 5 * sum > 4 * evidence.control.subject.patience else {
        let text = "every reply takes \(durationText(least)), which does not explain the silence"
        return wanted ? .no(text) : .yes(text)
      }
      guard open.isEmpty else { return .unknown }
      // A delay that was asked for is the same each time; work takes now more, now less.
      guard most - least <= max(.milliseconds(40), least / 10) else { return .unknown }
      let text = "every command is answered after much the same wait, \(durationText(least))"
      return wanted ? .yes(text) : .no(text)
    }
  }

  /// DATA takes far longer than the commands before it.
  static let onlyDataIsLate = Criterion(variations: { [.patience($0.control.longPatience)] }) {
    evidence in
    let variation = Variation.patience(evidence.control.longPatience)
    guard evidence.effect(of: variation) == .gone, let trace = evidence.trace(with: variation),
      let data = trace.waits(in: .data).max(),
      let others = (trace.waits(in: .mail) + trace.waits(in: .rcpt)).max()
    else { return .unknown }
    return data > 3 * others
      ? .yes("DATA takes \(durationText(data)), the commands before it \(durationText(others))")
      : .no("the commands before DATA take as long, \(durationText(others))")
  }

  /// Chunks of BDAT are answered after much the same wait, two of them or more.
  static let everyChunkIsLate = Criterion(variations: { [.patience($0.control.longPatience)] }) {
    evidence in
    let variation = Variation.patience(evidence.control.longPatience)
    guard evidence.effect(of: variation) == .gone, let trace = evidence.trace(with: variation)
    else {
      return .unknown
    }
    let waits = trace.replies.filter(\.answersChunk).map(\.wait)
    guard waits.count >= 2, let least = waits.min(), let most = waits.max() else { return .unknown }
    return most < 2 * least
      ? .yes("each of \(waits.count) chunks is answered after \(durationText(least)) or more")
      : .no("some chunks are answered at once and others late")
  }
}
