import SessionTrace

/// The smallest thing a server does; rules and healthy replies become steps, done in order.
enum Step: Equatable, Sendable {
  /// Adds to what leaves with the next flush.
  case say([UInt8])
  /// These steps so many times more, each round when the client has read what was said before.
  indirect case again(Int, [Step])
  /// What was said leaves now.
  case flush
  case pause(Microseconds)
  /// The greeting is over; commands are taken from here on.
  case beginCommands
  case passHandshake([UInt8])
  case startTLS
  case beginContent
  case keep(ReceivedMessage)
  case fallSilent
  case stopReading
  case dropQueuedInput
  case hangUp
  case hangUpInSilence
  case closeTLS
  case sendInClear([UInt8])
  case close
  case reset
  case record(LabEvent)
}

/// Words as steps, cut and paced as `shapes` say, in order.
func steps(saying words: [UInt8], shapes: [ReplyShape]) -> [Step] {
  // Line ends first, wherever it stands: behind a cut between CR and LF nobody would know them.
  let words = shapes.contains(.bareLineFeeds) ? withoutReturns(words) : words
  var steps: [Step] = words.isEmpty ? [] : [.say(words)]
  for shape in shapes {
    // A shape acts on words alone; pauses that an earlier shape put between them stay.
    let said = wordsSaid(by: steps)
    switch shape {
    case .cut(let after):
      steps = [.say(Array(said.prefix(after)))]
    case .split(let after, let pause):
      steps = [.say(Array(said.prefix(after))), .flush]
      if pause > 0 { steps.append(.pause(pause)) }
      steps.append(.say(Array(said.dropFirst(after))))
    case .drip(let size, let interval):
      steps = []
      var rest = said[...]
      while !rest.isEmpty {
        steps += [.say(Array(rest.prefix(size))), .flush, .pause(interval)]
        rest = rest.dropFirst(size)
      }
    case .bareLineFeeds: break
    case .times(let count):
      steps =
        said.count * count > ServerSession.mostUnsent
        ? [.again(count, steps)] : Array(repeatElement(steps, count: count).joined())
    case .late(let time):
      steps = [.pause(time)] + steps
    }
  }
  return steps
}

private func wordsSaid(by steps: [Step]) -> [UInt8] {
  var words: [UInt8] = []
  for step in steps {
    if case .say(let bytes) = step { words += bytes }
    if case .again(let count, let steps) = step {
      words += Array(repeatElement(wordsSaid(by: steps), count: count).joined())
    }
  }
  return words
}

private func withoutReturns(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  for byte in bytes {
    if byte == 10, result.last == 13 { result.removeLast() }
    result.append(byte)
  }
  return result
}
