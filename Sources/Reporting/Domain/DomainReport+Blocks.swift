import Diagnosis
import SessionTrace

/// How many places take mail, the table of all, what senders make of it, and each session.
extension DomainReport: Document {
  package var blocks: [Block] {
    [.heading(.document, "Every place of \(given)"), .guidance(guidance)] + answer + table
      + Block.list(.section, "What the names say", notes) + ways
      + trouble + Block.list(.section, "What this does not show", limits) + sessions
      + [cases, vitals]
  }

  private var answer: [Block] {
    let fields: [Field?] = [
      Field(label: "target", value: given),
      hasEqualPreferences
        ? Field(label: "order", value: "equal preferences shuffled, --seed \(seed)") : nil,
      Field(label: "time", value: durationText(duration)),
      Field(label: "exit status", value: exitCodeInWords),
    ]
    return [
      .answer(Answer(title: title, text: sentence, tone: isWell ? .good : .bad)),
      .fields(fields.compactMap(\.self)),
    ]
  }

  private var isWell: Bool { good.count == places.count && isComplete }

  /// `2 OF 3 ADDRESSES TAKE MAIL`: our own words alone.
  private var title: String {
    let isExpectation = places.contains { $0.session?.expectation != nil }
    let noun = places.contains(where: \.isWithoutAddress) ? "PLACE" : "ADDRESS"
    let nouns = noun + (noun == "PLACE" ? "S" : "ES")
    let (one, many) =
      isExpectation ? ("IS AS EXPECTED", "ARE AS EXPECTED") : ("TAKES MAIL", "TAKE MAIL")
    return switch (good.count, places.count) {
    case (_, 0): "NOTHING VISITED"
    case (1, 1): "THE ONLY \(noun) \(one)"
    case (let good, let all) where good == all: "ALL \(all) \(nouns) \(many)"
    case (0, _): "NO \(noun) \(one)"
    case (let good, let all): "\(good) OF \(all) \(nouns) \(good == 1 ? one : many)"
    }
  }

  var sentence: String {
    let bad = places.filter { !$0.isWell }
    guard let first = bad.first else { return "every session went as far as it was to go" }
    let others = bad.count > 1 ? "; \(bad.count - 1) more below" : ""
    return "\(first.name): \(first.outcome.words)\(others)"
  }

  private var exitCodeInWords: String {
    let why = habit.map { "what \($0.name) comes to" } ?? "the worst place's"
    return "\(exitCode), \(why)"
  }

  private var hasEqualPreferences: Bool {
    let hosts = Set(places.map { "\($0.preference ?? 0) \($0.host)" })
    return hosts.count > Set(places.map { $0.preference ?? 0 }).count
  }

  private var table: [Block] {
    guard !places.isEmpty else { return [] }
    let rows = places.map { place in
      Table.Row(
        cells: [
          place.isImplicit ? "implicit" : place.preference.map(String.init) ?? "-", place.host,
          place.address ?? "no address",
          place.outcome.words, place.session.map { durationText($0.trace.duration) } ?? "-",
        ], tone: place.isWell ? .good : place.isBeyondThisHost ? .warning : .bad)
    }
    return [
      .heading(.section, "Places", remark: "in the order in which a sender tries them"),
      .table(
        Table(
          columns: [
            Table.Column(title: "MX", content: .number), Table.Column(title: "host"),
            Table.Column(title: "address"), Table.Column(title: "outcome"),
            Table.Column(title: "time"),
          ], rows: rows)),
    ]
  }

  /// What becomes of one delivery attempt; senders to whom the same happens stand together.
  private var ways: [Block] {
    guard places.count > 1 else { return [] }
    var points: [(names: [String], text: String)] = []
    for walk in walks {
      let text = words(for: walk)
      if let index = points.firstIndex(where: { $0.text == text }) {
        points[index].names.append(walk.habit.name)
      } else {
        points.append(([walk.habit.name], text))
      }
    }
    return Block.list(
      .section, "What a sender would meet",
      points.map { "\($0.names.joined(separator: ", ")): \($0.text)" },
      remark: "one attempt, by its defaults")
  }

  private func words(for walk: ExchangerWalk) -> String {
    let last = walk.visited.last.map { places[$0].name } ?? "nobody"
    let before = walk.visited.count - 1
    let after = before > 0 ? " after \(count(before, "place")) that failed" : ""
    switch walk.end {
    case .delivered: return "goes through at \(last)\(after)"
    case .refused: return "back to its sender, refused by \(last)\(after)"
    case .queued:
      let rest =
        walk.unvisited == 0
        ? ""
        : "; it never comes to \(count(walk.unvisited, "place")) behind"
          + (walk.habit.setting.map { " (\($0))" } ?? "")
      return "stays in the queue, \(count(walk.visited.count, "place")) tried" + rest
    }
  }

  /// What a reader of the terminal gets of each place that is not as it should be.
  private var trouble: [Block] {
    let bad = places.filter { !$0.isWell }
    guard !bad.isEmpty else { return [] }
    let items = bad.map { place in
      ListItem(
        text: "\(place.name): \(place.outcome.title), \(place.outcome.summary)", tone: .bad,
        body: place.command.map { [.command($0)] } ?? [])
    }
    return [.heading(.section, "What is wrong"), .list(items)]
  }

  private var limits: [String] {
    let beyond = places.filter(\.isBeyondThisHost)
    return [
      isComplete ? nil : "places that were not visited, since the run was stopped",
      beyond.isEmpty
        ? nil
        : "whether \(beyond.map(\.name).joined(separator: ", ")) can be reached: this host has no route"
          + " there, which says nothing about the domain and does not count",
      places.contains { $0.preference == nil }
        ? nil : "addresses that a name server gives to others and not to us",
    ].compactMap(\.self)
  }

  /// The whole report of each session, for pages.
  private var sessions: [Block] {
    let all = places.compactMap { place in
      place.session.map { Block.details("\(place.name)", $0.answer + $0.timeline) }
    }
    return all.isEmpty ? [] : [.only(.page, [.heading(.chapter, "Sessions")] + all)]
  }
}
