import SessionTrace

/// What is known of the policies of domains, so that of many sessions one asks.
///
/// Kept for as long as the network it belongs to: the least time that a policy may be gone by is longer. A failure is
/// kept too, since a policy host that did not answer must not be asked by every session anew (RFC 8461
/// section 3.3).
package final class PolicyMemory {
  /// A question, and who waits for its answer or what it is.
  private final class Entry {
    let question: PolicyQuestion
    var search: PolicySearch?
    var finding: PolicyFinding?
    var waiting: [(number: Int, done: (PolicyFinding) -> Void)] = []

    init(_ question: PolicyQuestion) { self.question = question }

    /// Everybody who waits is told; whoever asks meanwhile is not among them.
    func tell() {
      guard let finding else { return }
      let told = waiting
      waiting = []
      for (_, done) in told { done(finding) }
    }
  }

  /// By domain: nearly always one.
  private var entries: [String: [Entry]] = [:]
  private var lastNumber = 0
  /// Entries with an answer, the oldest first.
  private var answered: [Entry] = []
  /// So many are kept: a scan of many domains asks for each of them once.
  static let mostAnswered = 1_024

  package init() {}

  /// Asks; `done` is called once, later, unless the result of the call, which gives it up, was called before.
  func ask(
    _ question: PolicyQuestion, on network: any Network, _ done: @escaping (PolicyFinding) -> Void
  ) -> () -> Void {
    lastNumber += 1
    let number = lastNumber
    let known = entries[question.domain]?.first { $0.question.isLike(question) }
    let entry = known ?? Entry(question)
    entry.waiting.append((number, done))
    if known == nil {
      entries[question.domain, default: []].append(entry)
      begin(entry, on: network)
    } else if entry.finding != nil {
      network.soon { entry.tell() }
    }
    return { [weak self] in self?.giveUp(number, entry) }
  }

  private func begin(_ entry: Entry, on network: any Network) {
    let search = PolicySearch(entry.question, on: network)
    entry.search = search
    search.start { [weak self, weak entry] finding in
      guard let entry else { return }
      entry.finding = finding
      entry.search = nil
      self?.keep(entry)
      // Let go of after its callback has returned.
      network.soon { withExtendedLifetime(search) {} }
      entry.tell()
    }
  }

  /// Keeps an answer, and lets the oldest go where there are too many; who waits for that one is told all the same.
  private func keep(_ entry: Entry) {
    answered.append(entry)
    guard answered.count > Self.mostAnswered else { return }
    forget(answered.removeFirst())
  }

  private func forget(_ entry: Entry) {
    let domain = entry.question.domain
    entries[domain]?.removeAll { $0 === entry }
    if entries[domain]?.isEmpty == true { entries[domain] = nil }
  }

  /// The last one to lose interest ends the search.
  private func giveUp(_ number: Int, _ entry: Entry) {
    entry.waiting.removeAll { $0.number == number }
    guard entry.waiting.isEmpty, let search = entry.search else { return }
    search.cancel()
    entry.search = nil
    forget(entry)
  }
}
