import SessionTrace

/// A way to say who we are, by its registered name (IANA, "SASL Mechanisms").
package struct SASLMechanism: Sendable, Equatable {
  package let name: String

  /// Whether who listens on the way has learnt the password.
  package var saysPassword: Bool { ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"].contains(name) }
  /// Whether it proves that both ends see the same TLS (RFC 5802 section 6).
  package var bindsChannel: Bool { name.hasSuffix("-PLUS") }
  /// Whether the server proves that it knows the password (RFC 5802 section 5).
  package var isMutual: Bool { name.hasPrefix("SCRAM-") }
  /// Whether the password is a token that somebody else gave out (RFC 7628).
  package var takesToken: Bool { name == "XOAUTH2" || name == "OAUTHBEARER" }
  /// Whether the client speaks first.
  package var startsWithClient: Bool { name != "LOGIN" && name != "CRAM-MD5" }

  /// All that can be spoken, the strongest first; `EXTERNAL` and the two for tokens only where they are named,
  /// since they need what a password is not.
  package static let all = [
    "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN",
    "LOGIN", "EXTERNAL", "OAUTHBEARER", "XOAUTH2",
  ].map(SASLMechanism.init)

  private var needsNaming: Bool { name == "EXTERNAL" || takesToken }

  init(name: String) { self.name = name }

  /// The mechanism of that name, in any case; `nil` where it cannot be spoken.
  package init?(named name: String) {
    guard let found = SASLMechanism.all.first(where: { $0.name == name.uppercased() }) else {
      return nil
    }
    self = found
  }

  /// The strongest of what is offered; of those in `wanted`, in that order, where any are named.
  ///
  /// One that says the password in clear text is chosen only when it is named, or `isPrivate` says that nobody
  /// listens.
  package static func best(
    of offered: [String], wanted: [SASLMechanism], canBind: Bool, isPrivate: Bool
  ) -> SASLMechanism? {
    (wanted.isEmpty ? all.filter { !$0.needsNaming } : wanted).first { mechanism in
      offered.contains(mechanism.name) && (canBind || !mechanism.bindsChannel)
        && (!wanted.isEmpty || isPrivate || !mechanism.saysPassword)
    }
  }
}

/// Which mechanisms may be used: `any`, or names in the order of preference.
package struct SASLChoice: Sendable, Equatable {
  /// Empty for the strongest that is offered.
  package let named: [SASLMechanism]

  package static let any = SASLChoice(named: [])
}

extension SASLChoice: OptionWord {
  package init(option text: String) throws(OptionWordError) {
    guard text.lowercased() != "any" else {
      named = []
      return
    }
    var named: [SASLMechanism] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let mechanism = SASLMechanism(named: String(word)) else {
        let names = SASLMechanism.all.map(\.name)
        let near = suggestion(for: word.uppercased(), among: names)
        throw OptionWordError("give any, or some of \(names.joined(separator: ","))\(near)")
      }
      named.append(mechanism)
    }
    self.named = named
  }

  package var optionText: String {
    named.isEmpty ? "any" : named.map(\.name).joined(separator: ",")
  }
}
