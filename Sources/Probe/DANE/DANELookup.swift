import SessionTrace
import TLSEngine
import Wire

/// Finds out what DANE says of one host, a question after the other; performs nothing itself.
///
/// ```
/// A, AAAA of the host  ─ secure ─▶ TLSA at the name it leads to ─ none ─▶ TLSA at the host itself
///                      ─ insecure alias ─▶ CNAME of the host ─ secure ─▶ TLSA at the host itself
///                      ─ insecure ─▶ no question more (RFC 7672 section 2.1.2)
/// ```
/// A host whose addresses are not signed is asked for no TLSA records: many a name server of such a zone does not
/// answer what it does not know, and nothing that it said would count.
struct DANELookup {
  private enum State {
    case addresses([SecureQuestion: SecureAnswer])
    /// Whether the alias itself is signed that leads out of what is.
    case alias
    /// Records are asked for at this name; those at `further` if it has none.
    case records(at: String, further: String?)
    case done
  }

  let host: String
  private let port: Int
  private var state = State.addresses([:])

  init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// What comes next.
  enum Step: Equatable {
    case ask([SecureQuestion])
    case wait
    case conclude(DANEFinding)
  }

  func start() -> Step {
    .ask([SecureQuestion(.a, of: host), SecureQuestion(.aaaa, of: host)])
  }

  mutating func receive(_ answer: SecureAnswer, to question: SecureQuestion) -> Step {
    switch state {
    case .addresses(var answers):
      answers[question] = answer
      state = .addresses(answers)
      return answers.count == 2 ? addressesKnown(Array(answers)) : .wait
    case .alias:
      // An alias that is signed leads to what is not: the records of the host itself count all the same.
      switch answer.security {
      case .secure: return ask(at: host, further: nil)
      case .insecure: return conclude(unsigned)
      // Whoever could drop this one answer could turn DANE off.
      case .bogus, .indeterminate:
        return conclude(.unusable(answer.security, answer.sentence(of: question)))
      }
    case .records(let name, let further):
      return recordsKnown(answer, at: name, further: further)
    case .done: return .wait
    }
  }

  /// One family is enough to know what is signed; RFC 4074 tells of servers that answer for the other with errors.
  private mutating func addressesKnown(
    _ answers: [(key: SecureQuestion, value: SecureAnswer)]
  ) -> Step {
    for (question, answer) in answers where answer.security == .bogus {
      return conclude(.unusable(.bogus, answer.sentence(of: question)))
    }
    let known = answers.filter { $0.value.security != .indeterminate }
    if known.isEmpty, let (question, answer) = answers.first(where: { $0.key.type == .a }) {
      return conclude(.unusable(.indeterminate, answer.sentence(of: question)))
    }
    let alias = known.compactMap(\.value.canonicalName).first
    if known.contains(where: { $0.value.security == .insecure }) {
      guard alias != nil else { return conclude(unsigned) }
      state = .alias
      return .ask([SecureQuestion(.cname, of: host)])
    }
    return ask(at: alias ?? host, further: alias == nil ? nil : host)
  }

  private mutating func recordsKnown(
    _ answer: SecureAnswer, at name: String, further: String?
  ) -> Step {
    switch answer.security {
    case .bogus, .indeterminate:
      return conclude(
        .unusable(
          answer.security, answer.sentence(of: SecureQuestion(.tlsa, of: place(name)))))
    case .secure where !answer.records.isEmpty:
      return conclude(.records(answer.records.map { TLSARecord($0) }, base: name))
    case .secure, .insecure:
      if let further { return ask(at: further, further: nil) }
      return conclude(
        .nothing(
          answer.security,
          answer.security == .secure
            ? "there is no TLSA record at \(told(place(name))), which is proved"
            : "what is at \(told(place(name))) is not signed"))
    }
  }

  private var unsigned: DANEFinding {
    .nothing(.insecure, "its zone is not signed, so that no TLSA record would count")
  }

  private mutating func ask(at name: String, further: String?) -> Step {
    state = .records(at: name, further: further)
    return .ask([SecureQuestion(.tlsa, of: place(name))])
  }

  private mutating func conclude(_ finding: DANEFinding) -> Step {
    state = .done
    return .conclude(finding)
  }

  private func place(_ name: String) -> String { "_\(port)._tcp.\(name)" }
}

extension SecureAnswer {
  /// Why it does not count.
  func sentence(of question: SecureQuestion) -> String {
    let what = "\(question.type.name) of \(told(question.name))"
    let because = reason.map { ": \($0)" } ?? ""
    return security == .bogus
      ? "the answer for \(what) is bogus\(because)" : "there is no answer for \(what)\(because)"
  }
}

/// Names come from anybody.
private func told(_ name: String) -> String { escapedText(name.utf8) }
