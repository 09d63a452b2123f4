import SessionOptions
package import SessionTrace

/// What is known of one verb: a row of the one table of them.
package struct VerbRow: Sendable {
  /// The replies that can answer it (RFC 5321 section 4.3.2).
  package enum Answers: Sendable {
    /// One reply, for good or ill.
    case final
    /// 354 to go on, and never a final positive one: DATA alone.
    case goOn
    /// 334 for a challenge, which one more line answers: AUTH alone (RFC 4954 section 4).
    case challenge
    /// 221, with which the server leaves, too: QUIT alone.
    case goodbye

    /// Whether a reply of `code` can be an answer at all.
    package func allow(_ code: Int) -> Bool {
      switch self {
      case .final: ((200...299).contains(code) && code != 221) || (400...599).contains(code)
      case .goOn: (300...599).contains(code)
      case .challenge: code == 334 || code == 235 || (400...599).contains(code)
      case .goodbye: (200...299).contains(code) || (400...599).contains(code)
      }
    }
  }

  /// Which part of the dialogue hears the answer, and as what.
  enum Part: Sendable {
    /// Who is there, what is offered, and whether it is protected.
    case introduction(Introduction.Role)
    /// Who sends to whom.
    case envelope(Transaction.Role)
    /// The message.
    case delivery(Delivery.Role)
    /// Nothing depends on the answer: the session is left, or with `closes` over.
    case farewell(closes: Bool)
  }

  /// What its line begins with; empty where no line is said.
  package var word = ""
  /// What stands behind it, where that is known from the plan alone.
  var argument: @Sendable (DialoguePlan) -> String = { _ in "" }
  /// Where a session stands that waits for its reply.
  package var stage: Stage
  var part: Part
  /// How long RFC 5321 section 4.5.3.2 has a client wait for the reply, at least.
  var patience = Microseconds.seconds(300)
  var answers = Answers.final
  /// The code of a server that accepts it.
  package var acceptance = 250
  /// It may only be the last of the commands that leave together (RFC 2920 section 3.1, RFC 3207
  /// section 4; behind HELO nothing is known to be offered).
  var endsGroup = false
  /// The reply to it is the last that a delivery wants.
  var settles = false
  /// Its reply may carry an enhanced status (RFC 2034 section 4).
  var carriesStatus = true
  /// How clients log it; `nil` where none does, or another verb of its stage stands for it.
  package var names: LogNames?
}

extension VerbRow {
  /// How long content may take to be written, a block of it (RFC 5321 section 4.5.3.2.5).
  static let patienceWithContent = Microseconds.seconds(180)
  /// How long anything else may take, that has no verb.
  static let patienceElsewhere = Microseconds.seconds(300)
}
