package import Diagnosis

/// A cause, how well it is founded, and on what.
package struct Finding: Sendable, Equatable {
  package var grade: Grade
  package var text: String
  package var pro: [String] = []
  package var con: [String] = []
  package var open: [String] = []
}

/// What one of those concerned can do; without a name, what anybody can.
package struct RemedyGroup: Sendable, Equatable {
  package var name: String
  package var remedies: [Remedy]
}

extension Remedies {
  /// Those who have something to do, by the name that reports give them.
  var groups: [RemedyGroup] {
    [("Exim", exim), ("Postfix", postfix), ("Linux", kernel), ("receiver", receiver)]
      .map(RemedyGroup.init).filter { !$0.remedies.isEmpty }
  }
}
