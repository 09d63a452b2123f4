package import SessionTrace

/// What came of one place of a domain, as far as a sender decides by it whether to go on.
package struct PlaceOutcome: Sendable, Equatable {
  package var status: SessionStatus
  package var stage: Stage
  package var exitCode: Int
  /// One sentence, plain ASCII, safe to print.
  package var summary: String
  /// Whether there was a connection.
  package var wasReached: Bool

  /// That of a session.
  package init(_ verdict: Verdict, wasReached: Bool) {
    status = verdict.status
    stage = verdict.stage
    exitCode = verdict.exitCode
    summary = verdict.summary
    self.wasReached = wasReached
  }

  /// That of a place where no session could be had: an exchanger without an address cannot be reached, and one
  /// that was not visited was left out by a signal.
  package init(withoutSession reason: String, hasAddress: Bool) {
    status = hasAddress ? .interrupted : .unreachable
    stage = .resolve
    exitCode = Diagnosis.exitCode(status, at: .resolve, ending: .unreachable(nil))
    summary = reason
    wasReached = false
  }

  fileprivate enum Next { case delivered, refused, goOn }

  /// A refusal of the greeting or of EHLO is about the host, and one of the envelope or the message about the
  /// mail (Exim specification, "Errors in outgoing SMTP"; Postfix `smtp_skip_5xx_greeting`).
  fileprivate var next: Next {
    switch status {
    case .ok: .delivered
    case .rejected: stage >= .mail ? .refused : .goOn
    case .deferred, .stalled, .closed, .reset, .unreachable, .tlsFailed, .protocolError,
      .interrupted, .internalError:
      .goOn
    }
  }
}

/// How far down a domain's list a sender goes in one attempt.
package struct SenderHabit: Sendable, Equatable {
  /// The word for it on the command line and in JSON.
  package let id: String
  /// For readers.
  package let name: String
  /// Addresses that it tries; `nil` for all.
  package let mostAddresses: Int?
  /// Connections that it makes; `nil` for as many as there are.
  package let mostSessions: Int?
  /// What sets the limits.
  package let setting: String?

  /// Those told of, by their defaults.
  package static let all = [
    // "the SMTP client MUST try each of the relevant addresses in this list in order" (RFC 5321 section 5.1).
    SenderHabit(
      id: "rfc5321", name: "RFC 5321", mostAddresses: nil, mostSessions: nil,
      setting: nil),
    // Postfix postconf(5), both since 2.1.
    SenderHabit(
      id: "postfix", name: "Postfix", mostAddresses: 5, mostSessions: 2,
      setting: "smtp_mx_address_limit, smtp_mx_session_limit"),
    // Exim specification, "The smtp transport", hosts_max_try.
    SenderHabit(
      id: "exim", name: "Exim", mostAddresses: 5, mostSessions: nil, setting: "hosts_max_try"),
  ]
}

/// A sender's way down the list: whom it meets, and what becomes of the mail.
package struct ExchangerWalk: Sendable, Equatable {
  package enum End: Sendable, Equatable {
    /// By the last place visited.
    case delivered
    /// The last place visited refused the mail for good.
    case refused
    /// No place took it; it stays in the queue.
    case queued
  }

  package let habit: SenderHabit
  /// The places visited, by their index.
  package let visited: [Int]
  package let end: End
  /// Places that it never came to because of its limits.
  package let unvisited: Int

  /// The way down these places, the first first.
  package init(_ habit: SenderHabit, through places: [PlaceOutcome]) {
    var visited: [Int] = []
    var sessions = 0
    var end = End.queued
    var unvisited = 0
    walk: for (index, place) in places.enumerated() {
      let isSpent = habit.mostAddresses.map { visited.count >= $0 } ?? false
      if isSpent || habit.mostSessions.map({ sessions >= $0 }) ?? false {
        unvisited = places.count - index
        break
      }
      visited.append(index)
      if place.wasReached { sessions += 1 }
      switch place.next {
      case .goOn: continue
      case .delivered: end = .delivered
      case .refused: end = .refused
      }
      break walk
    }
    self.habit = habit
    self.visited = visited
    self.end = end
    self.unvisited = unvisited
  }
}

extension SessionStatus {
  /// How bad an end is among others, 0 for none: what will be tried again is better than what will not, and what
  /// says why better than silence.
  package var severity: Int {
    switch self {
    case .ok: 0
    case .deferred: 1
    case .rejected: 2
    case .tlsFailed, .protocolError: 3
    case .unreachable: 4
    case .closed, .reset: 5
    case .stalled: 6
    case .interrupted: 7
    case .internalError: 8
    }
  }
}
