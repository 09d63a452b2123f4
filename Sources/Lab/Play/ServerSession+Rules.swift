/// Which rule of the script holds.
extension ServerSession {
  /// The first rule whose condition holds, and its provisos with it.
  mutating func ruleIndex(where holds: (Condition) -> Bool) -> Int? {
    for (index, rule) in script.rules.enumerated() where holds(rule.condition) && allows(rule) {
      return index
    }
    return nil
  }

  /// Whether the provisos of a rule hold; chance is drawn here, once for each time it is asked.
  mutating func allows(_ rule: Rule) -> Bool {
    for proviso in rule.provisos {
      let holds =
        switch proviso {
        case .underTLS: transaction.isSecured
        case .contentOver(let limit): content.count > limit
        case .contentHeldBareLineFeed: content.hasBareLineFeed
        case .lastLineWasEmpty(let wanted): content.endsWithEmptyLine == wanted
        case .senderIsEmpty: transaction.hasEmptySender
        case .recipientsOver(let limit): transaction.recipients > limit
        case .connection(let number): connection == number
        case .address(let wanted): address == wanted
        case .chance(let often, let times): chance.draw(often, in: times)
        }
      if !holds { return false }
    }
    return true
  }

  /// The rule for a command, its occurrences counted for each rule by itself.
  mutating func ruleIndex(for command: CommandText) -> Int? {
    var found: Int?
    for (index, rule) in script.rules.enumerated() {
      guard case .command(let pattern) = rule.condition, pattern.matches(command) else { continue }
      let count = commandCounts[index, default: 0] + 1
      commandCounts[index] = count
      if found == nil, (pattern.occurrence ?? count) == count, allows(rule) { found = index }
    }
    return found
  }
}
