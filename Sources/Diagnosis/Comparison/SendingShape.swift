import SessionTrace

/// How one part of a session left: its commands, in how many flights, in which segments.
///
/// Parts and not flights are compared, because a flight of one session is three of another: that
/// very difference must show as one.
struct SendingShape: Equatable {
  /// A part of a session, as people speak of it.
  enum Part: String {
    case hello, starttls, tls, auth, envelope, content, farewell

    init(_ stage: Stage) {
      switch stage {
      case .resolve, .connect, .banner, .ehlo: self = .hello
      case .starttls: self = .starttls
      case .tls: self = .tls
      case .auth: self = .auth
      case .mail, .rcpt, .data: self = .envelope
      case .body, .dot: self = .content
      case .quit: self = .farewell
      }
    }
  }

  var part: Part
  /// 2 for the second EHLO, and so on.
  var ordinal: Int
  var commands: [String] = []
  var flights: Set<Int> = []
  var bytes: Int = 0
  /// Lengths of the pieces in order; of content only where a plan cut them, because how much a
  /// kernel takes at once is chance.
  var segments: [Int] = []
  /// How many of them did not leave in a segment of their own.
  var strays: Int = 0

  /// `envelope`, `hello (2)`.
  var name: String { ordinal > 1 ? "\(part.rawValue) (\(ordinal))" : part.rawValue }

  /// `3 commands, 39 bytes`.
  var summary: String {
    "\(count(commands.count, "command")) in \(count(flights.count, "flight")), \(count(bytes, "byte"))"
  }

  /// `1 of 13, 24 of 20, 1 of 6`: equal neighbours counted, at most eight runs told.
  var sizes: String? {
    guard !segments.isEmpty else { return nil }
    var runs: [(size: Int, times: Int)] = []
    for size in segments {
      if let last = runs.last, last.size == size {
        runs[runs.count - 1].times += 1
      } else {
        runs.append((size, 1))
      }
    }
    let told = runs.prefix(8).map { "\($0.times) of \($0.size)" }.joined(separator: ", ")
    return runs.count > 8 ? "\(segments.count), the first of them \(told)" : told
  }
}

extension Trace {
  /// The session taken apart; a part begins where the commands change from one to another.
  var sendingShapes: [SendingShape] {
    var sendingShapes: [SendingShape] = []
    var ends: [(start: Int, end: Int)] = []
    for command in allCommands {
      let part = SendingShape.Part(command.stage)
      if sendingShapes.last?.part != part {
        sendingShapes.append(
          SendingShape(part: part, ordinal: sendingShapes.count { $0.part == part } + 1))
        ends.append((command.start, command.end))
      }
      sendingShapes[sendingShapes.count - 1].commands.append(command.text)
      sendingShapes[sendingShapes.count - 1].flights.insert(command.flight)
      ends[ends.count - 1].end = max(ends[ends.count - 1].end, command.end)
    }
    for (place, end) in ends.enumerated() {
      sendingShapes[place].bytes = max(0, end.end &- end.start)
      let pieces = segments.kept.filter {
        $0.offset < end.end && $0.offset &+ $0.length > end.start
          && (sendingShapes[place].part != .content || $0.asPlanned != nil)
      }
      sendingShapes[place].segments = pieces.map(\.length)
      sendingShapes[place].strays = pieces.count { $0.asPlanned == false }
    }
    return sendingShapes
  }
}

extension SessionPair {
  /// How it left: flights, commands, bytes, segments of each part.
  var departure: [Difference] {
    var list = DifferenceList(.departure)
    let sides = (first.sendingShapes, second.sendingShapes)
    var names: [String] = []
    for departure in sides.0 + sides.1 where !names.contains(departure.name) {
      names.append(departure.name)
    }
    for name in names {
      let pair = (sides.0.first { $0.name == name }, sides.1.first { $0.name == name })
      guard let left = pair.0, let right = pair.1 else {
        list.compare(name, pair.0?.summary, pair.1?.summary)
        continue
      }
      list.compare("\(name), flights", left.flights.count, right.flights.count)
      list.compare("\(name), commands", left.commands.count, right.commands.count)
      if left.part != .content { list.compare("\(name), bytes", left.bytes, right.bytes) }
      list.compare("\(name), segments", left.sizes, right.sizes)
      list.compare("\(name), pieces not as planned", left.strays, right.strays)
      if left.commands != right.commands {
        let place =
          zip(left.commands, right.commands).enumerated().first { $1.0 != $1.1 }?.offset
          ?? min(left.commands.count, right.commands.count)
        list.compare(
          "\(name), command \(place + 1)", left.commands.dropFirst(place).first,
          right.commands.dropFirst(place).first)
      }
    }
    list.compare(
      "content taken", first.content?.taken, second.content?.taken)
    list.compare(
      "sender", first.envelope.map { "<\($0.sender)>" }, second.envelope.map { "<\($0.sender)>" })
    return list.differences
  }
}
