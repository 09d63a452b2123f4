import SessionOptions
import SessionTrace

/// What the values of options name: a command line may be all that a document has of its session.
extension PrivateWords {
  /// Takes in what the words of a command line name, in swaks' words or ours.
  mutating func find(commandLine words: [String]) {
    let own = (try? SwaksWords.translated(words)) ?? words
    for entry in OptionWords(own).entries {
      if let naming = entry.row.names, let value = entry.word { find(naming, value) }
    }
  }

  /// Takes in the value of an option that names somebody.
  mutating func find(_ naming: OptionRow.Naming, _ value: String) {
    switch naming {
    case .ownName: add(ownName: value)
    case .ownAddress: standIns.add(address: value)
    case .user: add(user: value)
    case .mailbox where isAll:
      for mailbox in value.split(separator: ",") {
        standIns.add(mailAddress: mailbox.filter { !"<> ".contains($0) })
      }
    case .otherHost where isAll: find(sentence: value)
    case .mailbox, .otherHost: break
    }
  }

  /// Who logs in; a server's replies may name only what stands in front of the `@`.
  mutating func add(user: String) {
    guard let at = user.lastIndex(of: "@") else { return add(ownName: user) }
    if isAll { standIns.add(mailAddress: user) } else { standIns.add(name: user.lowercased()) }
    add(ownName: String(user[..<at]))
  }
}
