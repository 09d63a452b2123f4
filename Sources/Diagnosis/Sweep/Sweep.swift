package import SessionTrace

/// Finds the values of one option at which sessions fail, by asking for sessions and being told of them.
///
/// Rounds of values that may be tested at the same time: the likely boundaries, then what their
/// failures lead to (neighbours, ends, families), then the failing values again beside their passing
/// neighbours, twice at least, so that a fault which comes and goes is not taken for one of a size. When
/// nothing leads on, the sessions that are left go to the widest gaps between what passes.
/// It tests nothing itself and knows no time.
package struct Sweep: Machine {
  /// A trial is a session at a value.
  package typealias Action = MachineAction<Int, SweepConclusion>

  private enum State: Sendable {
    /// Nothing was asked for yet.
    case idle
    /// So many sessions of this round have not ended.
    case testing(open: Int)
    /// The conclusion was given.
    case concluded(SweepConclusion)
  }

  package let plan: SweepPlan
  /// The tested values in order.
  package var rows: [SweepRow] { rowsByValue.values.sorted { $0.value < $1.value } }
  /// Sessions asked for so far.
  package private(set) var sessions = 0

  private var state = State.idle
  private var rowsByValue: [Int: SweepRow] = [:]
  private var reachedNobody = 0
  /// The first value whose session was turned away since one was let in.
  private var turnedAwayAt: Int?
  /// Sessions in a row that were turned away.
  private var refusals = 0
  /// The pauses that the server asks for.
  package private(set) var rest: Rest
  /// Whether the server turned sessions away that came side by side: they go one at a time.
  private(set) var isCrowded: Bool
  /// Values that wait for their session where one comes after the other.
  private var queue: ArraySlice<Int> = []
  /// How far sessions come; `nil` before the first.
  private var usual: Reach?
  /// Sessions in a row that did not come so far, and count for nothing until one is let in again.
  private var held: [SweepSession] = []
  /// Values were wanted for which no session was left.
  private var isCutShort = false

  /// Sessions that reach nobody, from the first on, until there is no point in more.
  private static let patience = 3
  /// Sessions in a row that are not let in, behind others that were, until there is no point in more.
  static let lockedOut = 16

  /// A sweep that begins with what is `known` of some values, and of how many sessions the server wants.
  package init(
    _ plan: SweepPlan, known: [SweepRow] = [], rest: Rest = Rest(), isCrowded: Bool = false
  ) {
    self.plan = plan
    self.rest = rest
    self.isCrowded = isCrowded
    for row in known where plan.range.contains(row.value) { rowsByValue[row.value] = row }
    usual = rowsByValue.values.lazy.flatMap(\.outcomes).compactMap(Reach.init).max()
  }

  /// The first round.
  package mutating func start() -> Action {
    let values = plan.firstValues.filter { rowsByValue[$0] == nil }
    return values.isEmpty ? nextRound() : ask(values)
  }

  package mutating func receive(_ input: MachineInput<Int>) -> Action {
    switch (state, input) {
    case (.concluded(let conclusion), _): return .conclude(conclusion)
    case (.idle, .stopped), (.testing, .stopped): return conclude(.signal)
    case (.idle, .ended), (.idle, .impossible): return .wait
    case (.testing, .ended(let value, let trace, let verdict)):
      return receive(
        SweepSession(value: value, of: plan.option, trace: trace, verdict: verdict))
    case (.testing(let open), .impossible(let value, _)):
      rowsByValue[value, default: SweepRow(value: value)].unplanned += 1
      return ended(open: open)
    }
  }

  /// Takes a session that has ended, as much of it as a sweep compares.
  package mutating func receive(_ session: SweepSession) -> Action {
    switch state {
    case .concluded(let conclusion): return .conclude(conclusion)
    case .idle: return .wait
    case .testing(let open):
      if session.turnedAwayBy != nil { return turnedAway(session, open: open) }
      rest.letIn()
      (refusals, turnedAwayAt) = (0, nil)
      take(session)
      if held.count >= Self.lockedOut { return conclude(.lockedOut) }
      if reachedNobody >= Self.patience { return conclude(.unreachable) }
      return ended(open: open)
    }
  }

  /// What fails, and what passes beside it, is tested twice more.
  package var outlook: Int {
    min(
      plan.sessionLimit - sessions, 6 * rowsByValue.values.count { $0.failed > 0 && $0.tries < 3 })
  }

  private mutating func ended(open: Int) -> Action {
    state = .testing(open: open - 1)
    if open > 1 { return .wait }
    return queue.isEmpty ? nextRound() : next()
  }

  /// It says nothing about the value that the server had enough of us: the session comes again, one at a time
  /// and behind a pause where even that was too much.
  private mutating func turnedAway(_ session: SweepSession, open: Int) -> Action {
    turnedAwayAt = turnedAwayAt ?? session.value
    rest.note(session.turnedAwayBy)
    refusals += 1
    if open == 1 { rest.turnAway(session.number ?? sessions, saying: session.turnedAwayBy) }
    guard !rest.isOver, refusals < Self.lockedOut, sessions < plan.sessionLimit else {
      return conclude(.turnedAway)
    }
    isCrowded = true
    sessions += 1
    queue.append(session.value)
    return ended(open: open)
  }

  /// A session is made again by whoever made it, and counts as one more; false where none is left.
  mutating func repeats() -> Bool {
    guard sessions < plan.sessionLimit else { return false }
    sessions += 1
    return true
  }

  /// How long the server is left alone before the next session.
  package mutating func pause() -> Microseconds { rest.begin() }

  /// The next session where one comes after the other.
  private mutating func next() -> Action {
    state = .testing(open: 1)
    return .run([queue.removeFirst()])
  }

  /// Keeps what a session shows, or holds it back where it was not let in as far as others.
  private mutating func take(_ session: SweepSession) {
    if let reach = Reach(session.outcome) {
      if let usual, reach < usual {
        held.append(session)
        return
      }
      usual = reach
    }
    letGo()
    keep(session)
  }

  /// The server let somebody in again: what was held back comes and goes.
  private mutating func letGo() {
    for session in held { keep(session) }
    held = []
  }

  private mutating func keep(_ session: SweepSession) {
    var row = rowsByValue[session.value] ?? SweepRow(value: session.value)
    if session.isAsPlanned { row.outcomes.append(session.outcome) } else { row.unplanned += 1 }
    rowsByValue[session.value] = row
    if session.outcome.status != .unreachable {
      reachedNobody = .min
    } else if reachedNobody >= 0 {
      reachedNobody += 1
    }
  }

  /// Judges every row by what is usual, now that more is known.
  private mutating func judge() {
    for row in SweepRow.judged(rows) { rowsByValue[row.value] = row }
  }

  private mutating func nextRound() -> Action {
    if isCutShort { return conclude(.sessionLimit) }
    var again: [Int] = []
    for session in held where !again.contains(session.value) { again.append(session.value) }
    if !again.isEmpty { return ask(again) }
    judge()
    let rows = rows
    let runs = FailingRun.all(in: rows)
    let retries = SweepRetries(rows: rows, runs: runs)
    let search =
      retries.isChaotic ? [] : SweepSearch.values(plan, rows: rows, runs: runs)
    let values = search + retries.values(isLast: search.isEmpty)
    if !values.isEmpty { return ask(values) }
    let rest = retries.isChaotic || plan.method != .likely ? [] : fill(rows)
    return rest.isEmpty ? conclude(nil) : ask(rest)
  }

  /// What the budget has left for sizes that nobody suspects.
  private func fill(_ rows: [SweepRow]) -> [Int] {
    SweepGaps(plan.range, rows: rows).values(
      sessions: plan.sessionLimit - sessions - SweepGaps.kept)
  }

  private mutating func ask(_ values: [Int]) -> Action {
    let allowed = Array(values.prefix(max(0, plan.sessionLimit - sessions)))
    isCutShort = allowed.count < values.count
    guard !allowed.isEmpty else { return conclude(isCutShort ? .sessionLimit : nil) }
    sessions += allowed.count
    if isCrowded {
      queue += allowed
      return next()
    }
    state = .testing(open: allowed.count)
    return .run(allowed)
  }

  private mutating func conclude(_ stop: SweepStop?) -> Action {
    if stop != .lockedOut { letGo() }
    judge()
    let conclusion = SweepConclusion(
      plan: plan, rows: rows, stop: stop, turnedAwayAt: turnedAwayAt)
    state = .concluded(conclusion)
    return .conclude(conclusion)
  }
}
