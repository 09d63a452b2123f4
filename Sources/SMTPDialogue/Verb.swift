package import SessionTrace

/// What a server owes a reply to: a command, or what stands in the place of one.
///
/// Replies are matched to these by count and nothing else. All that is known of each stands in its
/// row of the table below.
package enum Verb: Int, CaseIterable, Equatable, Sendable {
  /// Nothing was said: the connection itself is owed a greeting.
  case greeting
  case ehlo
  /// EHLO of LMTP, which knows no HELO (RFC 2033 section 4.1).
  case lhlo
  case helo
  case startTLS
  /// Another client speaks through us: the server greets it anew (Postfix, XCLIENT_README).
  case xclient
  case auth
  /// A line of the exchange that AUTH began (RFC 4954 section 4).
  case authResponse
  case mail
  case rcpt
  case data
  /// The message after DATA, owed from its end (`CRLF . CRLF`) on.
  case content
  /// A chunk of it, and the one that says LAST (RFC 3030 section 2).
  case bdat
  case lastBDAT
  /// A dot without content, after DATA was accepted although no recipient was (RFC 2920 section 3.1).
  case loneDot
  case rset
  /// A question that asks for nothing but a reply (RFC 5321 section 4.1.1.9).
  case noop
  case quit
}

extension Verb {
  /// Its row of the table, lent and not copied: it is asked for many times in each session.
  package var row: VerbRow { _read { yield Self.rows[rawValue] } }

  private static let rows = allCases.map(\.written)

  /// The table.
  private var written: VerbRow {
    switch self {
    case .greeting:
      VerbRow(
        stage: .banner, part: .introduction(.greeting), acceptance: 220, carriesStatus: false,
        names: LogNames(
          postfix: "receiving the initial server greeting", refusal: LogNames.refusesToTalk,
          exim: .words("initial connection"), swaks: 21))
    case .ehlo:
      VerbRow(
        word: "EHLO", argument: \.ehloName, stage: .ehlo, part: .introduction(.ehlo),
        endsGroup: true,
        carriesStatus: false,
        names: LogNames(
          postfix: "performing the EHLO handshake", refusal: LogNames.refusesToTalk, exim: .line,
          swaks: 22, swaksUnderTLS: 32))
    case .lhlo:
      VerbRow(
        word: "LHLO", argument: \.ehloName, stage: .ehlo, part: .introduction(.lhlo),
        endsGroup: true,
        carriesStatus: false,
        names: LogNames(
          postfix: "performing the LHLO handshake", refusal: LogNames.refusesToTalk, exim: .line,
          swaks: 22, swaksUnderTLS: 32))
    case .helo:
      VerbRow(
        word: "HELO", argument: \.ehloName, stage: .ehlo, part: .introduction(.helo),
        endsGroup: true,
        carriesStatus: false,
        names: LogNames(
          postfix: "performing the HELO handshake", refusal: LogNames.refusesToTalk, exim: .line,
          swaks: 22, swaksUnderTLS: 32))
    case .startTLS:
      VerbRow(
        word: "STARTTLS", stage: .starttls, part: .introduction(.startTLS), acceptance: 220,
        endsGroup: true,
        names: LogNames(
          postfix: "receiving the STARTTLS response", refusal: LogNames.refusesTLS, exim: .line,
          swaks: 29))
    case .xclient:
      // Of MTAs none says it.
      VerbRow(
        word: "XCLIENT", argument: \.clientAttributesInWords, stage: .ehlo,
        part: .introduction(.xclient), acceptance: 220, endsGroup: true, carriesStatus: false,
        names: LogNames(swaks: 33))
    case .auth:
      VerbRow(
        word: "AUTH", stage: .auth, part: .introduction(.auth), answers: .challenge,
        acceptance: 235, endsGroup: true,
        names: LogNames(exim: .line, swaks: 28))
    case .authResponse:
      VerbRow(
        stage: .auth, part: .introduction(.auth), answers: .challenge, acceptance: 235,
        endsGroup: true)
    case .mail:
      VerbRow(
        word: "MAIL", stage: .mail, part: .envelope(.mail),
        names: LogNames(
          postfix: "sending MAIL FROM", refusal: LogNames.refuses("MAIL FROM command"),
          exim: .groupedLine, swaks: 23))
    case .rcpt:
      VerbRow(
        word: "RCPT", stage: .rcpt, part: .envelope(.rcpt),
        names: LogNames(
          postfix: "sending RCPT TO", refusal: LogNames.refuses("RCPT TO command"), exim: .line,
          swaks: 24))
    case .data:
      VerbRow(
        word: "DATA", stage: .data, part: .envelope(.data), patience: .seconds(120), answers: .goOn,
        acceptance: 354, endsGroup: true,
        names: LogNames(
          postfix: "sending DATA command", refusal: LogNames.refuses("DATA command"),
          exim: .groupedLine, swaks: 25))
    case .content:
      VerbRow(
        stage: .dot, part: .delivery(.whole), patience: .seconds(600), settles: true,
        names: LogNames(
          postfix: "sending end of data -- message may be sent more than once",
          refusal: LogNames.refuses("end of DATA command"), exim: .words("end of data"), swaks: 26))
    // Neither Postfix nor swaks says it, and Exim logs it as it does content.
    case .bdat:
      VerbRow(
        word: "BDAT", stage: .body, part: .delivery(.chunk), patience: VerbRow.patienceWithContent)
    case .lastBDAT:
      VerbRow(
        word: "BDAT", stage: .dot, part: .delivery(.lastChunk), patience: .seconds(600),
        settles: true)
    case .loneDot:
      VerbRow(
        word: ".", stage: .dot, part: .envelope(.loneDot), patience: .seconds(600),
        settles: true)
    case .rset: VerbRow(word: "RSET", stage: .quit, part: .farewell(closes: false), settles: true)
    case .noop:
      // No MTA says it, and swaks neither.
      VerbRow(
        word: "NOOP", stage: .ehlo, part: .farewell(closes: false), endsGroup: true,
        names: LogNames(swaks: nil))
    case .quit:
      VerbRow(
        word: "QUIT", stage: .quit, part: .farewell(closes: true), answers: .goodbye,
        acceptance: 221, endsGroup: true, settles: true,
        // Mail is delivered or refused by then, and neither Postfix nor Exim logs what happens.
        names: LogNames(swaks: 27))
    }
  }
}

extension Verb {
  /// Whether it says who we are: its reply names the server, and after EHLO what it offers.
  package var isHello: Bool { self == .ehlo || self == .lhlo || self == .helo }

  /// Whether it takes leave, and nothing depends on its answer.
  var isFarewell: Bool {
    if case .farewell = row.part { true } else { false }
  }

  /// The verb of a command line; `nil` for what is none that we say.
  package init?(ofLine line: String) {
    let word = line.prefix { $0 != " " && $0 != ":" }.uppercased()
    let isLast = line.uppercased().hasSuffix(" LAST")
    guard
      let verb = Verb.allCases.first(where: { $0.row.word == word && !word.isEmpty })
    else { return nil }
    self = verb == .bdat && isLast ? .lastBDAT : verb
  }

  /// The verb that a stage is named after; `nil` where a stage has none.
  package static func of(_ stage: Stage) -> Verb? {
    allCases.first { $0.row.stage == stage && $0.row.names != nil }
  }

  /// The verb that a reply of `code` accepts, where it can be the answer to no other.
  package static func theOnlyOne(acceptedBy code: Int) -> Verb? {
    allCases.first { $0.row.acceptance == code && !VerbRow.Answers.final.allow(code) }
  }

  /// What clients log while it is said, or awaited, at `stage`.
  package static func logNames(at stage: Stage) -> LogNames? {
    if stage == .body { return .contentUnderWay }
    return of(stage)?.row.names
  }
}
