/// Entries of one list of a trace that were left out, so that no session makes a report without end.
///
/// They stood side by side, and what remains of the list is in its order.
package struct OmissionRecord: Codable, Sendable, Equatable {
  /// A list that has a bound. Segments have one of their own, see ``Trace/segmentsOmitted``.
  package enum List: String, Codable, Sendable, CaseIterable {
    case attempts, stages, commands, replies, snapshots, violations, capabilities, notes
    case pathErrors = "path_errors"
    case failedLookups = "failed_lookups"
    case tlsPolicies = "tls_policies"
    case certificates
    /// The lines of one reply.
    case replyLines = "reply_lines"
    /// The reads that brought one reply; the last of those that remain has the bytes of all.
    case replyReads = "reply_reads"
  }

  package var list: List
  /// Index of the reply whose list it is; `nil` for a list of the trace itself.
  package var record: Int?
  /// Index of the entry behind which they stood, of those that remain; -1 for none.
  package var behind: Int
  /// What they all were answered with, where the list is that of replies; else `nil`.
  package var code: Int?
  package var number: Int

  package init(list: List, record: Int? = nil, behind: Int, code: Int? = nil, number: Int) {
    self.list = list
    self.record = record
    self.behind = behind
    self.code = code
    self.number = number
  }
}

extension Trace {
  /// Notes that entries were left out; in a place where some were already, they are added up.
  package mutating func leaveOut(_ omission: OmissionRecord) {
    guard omission.number > 0 else { return }
    // In place: one is noted for each entry of a list, however long.
    let place = omitted?.firstIndex {
      $0.list == omission.list && $0.record == omission.record
        && $0.behind == omission.behind && $0.code == omission.code
    }
    if let place {
      omitted?[place].number &+= omission.number
    } else if omitted == nil {
      omitted = [omission]
    } else {
      omitted?.append(omission)
    }
  }

  /// How many entries of the list were left out behind the one there; without a place, of all of it.
  package func leftOut(
    _ list: OmissionRecord.List, of record: Int? = nil, behind: Int? = nil
  ) -> Int {
    var number = 0
    for one in omitted ?? [] where one.list == list && one.record == record {
      if behind == nil || one.behind == behind { number &+= max(0, one.number) }
    }
    return number
  }

  /// Of how many commands that is true, those among them that were left out.
  ///
  /// What stood behind a command and was left out belonged to the same stage, had as much of an answer, and
  /// left as far.
  package func commandCount(where isMeant: (CommandRecord) -> Bool) -> Int {
    var number = commands.count(where: isMeant)
    for one in omitted ?? []
    where one.list == .commands && commands.indices.contains(one.behind) {
      if isMeant(commands[one.behind]) { number &+= max(0, one.number) }
    }
    return number
  }

  /// All replies in their order, those that were left out among them: of these nothing is known but the
  /// code, and the stage of the one that they stood behind.
  package var allReplies: [ReplyRecord] {
    restored(replies, .replies) { reply, omission in
      reply.code = omission.code ?? reply.code
      reply.command = nil
      reply.lines = []
      reply.linePrefixes = nil
    }
  }

  /// All commands in their order, those that were left out among them without their text.
  package var allCommands: [CommandRecord] {
    restored(commands, .commands) { command, _ in command.text = "" }
  }

  /// A list with something in each place where an entry was left out, as far as anybody could have sent it.
  private func restored<Entry>(
    _ kept: [Entry], _ list: OmissionRecord.List, emptying: (inout Entry, OmissionRecord) -> Void
  ) -> [Entry] {
    let gaps = (omitted ?? []).filter { $0.list == list && kept.indices.contains($0.behind) }
    guard !gaps.isEmpty else { return kept }
    let places = Dictionary(grouping: gaps, by: \.behind)
    var all: [Entry] = []
    for (index, entry) in kept.enumerated() {
      all.append(entry)
      for gap in places[index] ?? [] {
        var one = entry
        emptying(&one, gap)
        all += Array(repeating: one, count: max(0, min(gap.number, 200_000 - all.count)))
      }
    }
    return all
  }

  /// The place of the command in the session, those counted that were left out before it.
  package func ordinal(ofCommandAt index: Int) -> Int {
    (omitted ?? []).reduce(index) { place, one in
      one.list == .commands && one.behind < index ? place &+ max(0, one.number) : place
    }
  }

  /// The command that stood in that place of the session; `nil` where it was left out.
  package func command(atOrdinal ordinal: Int) -> CommandRecord? {
    commands.indices.first { self.ordinal(ofCommandAt: $0) == ordinal }.map { commands[$0] }
  }
}
