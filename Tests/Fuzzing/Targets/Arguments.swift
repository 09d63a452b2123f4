import Campaigns
import Probe
import SMTPDialogue
import SessionOptions
import SessionTrace

extension FuzzTarget {
  /// A whole command line, a word a line of input: from its words to the plan of a session, which says itself
  /// again by its own command.
  static let arguments = FuzzTarget(name: "arguments") { input in
    let words = input.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    let read = OptionWords(words)
    let target = read.operands.first.flatMap { Target($0) } ?? Target("mx.example.com")
    guard let target, let request = session(read.entries, at: target) else { return }
    guard let plan = planned(of: request, words) else { return }
    require(plan.arguments.allSatisfy { isPlain($0.utf8) }, "\(plan.arguments)")
    let again = OptionWords(Array(request.command.dropFirst()))
    require(again.unread.isEmpty, "\(request.command)")
    guard let repeated = session(again.entries, at: target) else {
      return require(false, "its own command is refused: \(request.command)")
    }
    guard let second = planned(of: repeated, words) else {
      return require(false, "its own command has no plan: \(request.command)")
    }
    require(second.options == plan.options, "\(request.command)")
    require(second.dialogue == plan.dialogue, "\(request.command)")
    // What a megabyte of padding would be sent as is built byte by byte.
    if plan.dialogue.padding.target ?? 0 < 20_000, let text = try? PlanPreview(plan).text {
      require(isPlain(text.utf8), "\(words)")
    }
  }

  /// The session that is asked for; `nil` for what the user must mend. Options that name a file would have the
  /// fuzzer read whatever is there.
  private static func session(_ entries: [OptionEntry], at target: Target) -> SessionRequest? {
    let harmless = entries.filter {
      !$0.row.isAboutTheReport && ($0.row.mayComeFromAReport || $0.row.name == "message-size")
    }
    do throws(OptionConflict) {
      return SessionRequest(target: target, options: try SessionOptions(harmless))
    } catch {
      require(!error.description.isEmpty, "an error without words")
      return nil
    }
  }

  private static func planned(of request: SessionRequest, _ words: [String]) -> SessionPlan? {
    if case .lab = request.target.place { return nil }
    do throws(PlanError) {
      return try request.plan(at: nil, arguments: words)
    } catch {
      require(!error.description.isEmpty, "an error without words")
      return nil
    }
  }
}
