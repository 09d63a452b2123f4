import SessionTrace

extension CauseID {
  package static let inspectionNeedsWholeCommand = CauseID(
    rawValue: "inspection-needs-whole-command")
}

extension Cause {
  static let inspectionNeedsWholeCommand = Cause(
    id: .inspectionNeedsWholeCommand, code: "A5",
    title: "A firewall inspects each segment by itself and masks a partial command",
    mechanism: """
      The ESMTP inspection of a Cisco ASA does not reassemble a command that comes in pieces. A \
      lone "H" is no command it knows, so it overwrites it with X, and the server gets XXXX and \
      answers 500. Mail servers send whole commands and never notice; a person with telnet in \
      character mode does.
      """,
    symptoms: """
      No stall but a prompt 500 or 502 whose text quotes X where our command stood, and only when \
      commands are cut.
      """,
    experiment: """
      --split 1 is refused and the same command whole passes: something on the path judges each \
      segment. A correct server takes both. It finds an inspecting device even while mail flows.
      """,
    remedies: Remedies(
      exim: [
        .advice("Nothing to set: whole commands are what Exim sends.")
      ],
      postfix: [
        .advice("Nothing to set: whole commands are what Postfix sends.")
      ],
      receiver: [
        .advice("Take \"inspect esmtp\" out of the policy map.")
      ]),
    sources: [
      "Cisco document 113423, ASA ESMTP and SMTP inspection"
    ],
    rules: [.wholeCommandsOnly])
}

extension CauseRule {
  fileprivate static let wholeCommandsOnly = CauseRule(
    fits: { $0.isCut && [.hello, .envelope].contains($0.group) && $0.status != .unreachable },
    requires: [
      .goes(with: .uncut), .goes(with: .wholeCommands), .stays(with: .cutInsideCommand(4)),
    ],
    confirms: [
      .stays { .cutInsideCommand($0.otherCut) },
      .unless("both pieces of so short a command are small: a rule on small pieces does the same") {
        $0.greetsInSmallPieces && $0.trace.overwrittenCommand == nil
      },
    ],
    best: .confirmed)
}

extension Control {
  /// A cut that leaves two pieces larger than the smallest command; inside the verb where our name is too
  /// short for that.
  fileprivate var otherCut: Int { greetsInSmallPieces ? 2 : smallestCommand + 1 }

  /// Whether EHLO fails, and is too short for two pieces that are not small.
  fileprivate var greetsInSmallPieces: Bool {
    guard group == .hello, let hello = trace.commands.first(where: { $0.stage == .ehlo }) else {
      return false
    }
    return hello.end - hello.start < 2 * (smallestCommand + 1)
  }
}

/// Bytes of `DATA` and `QUIT` with their line ends, which pass by themselves: a piece that is larger
/// falls under no rule on small pieces.
private let smallestCommand = 6
