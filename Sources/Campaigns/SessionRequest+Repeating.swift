package import Probe
package import SessionOptions
package import SessionTrace
import Wire

extension SessionRequest {
  /// A recorded session again, with the options that its report says were in force: at another target,
  /// perhaps, and with `changes` in the place of what was recorded.
  ///
  /// A report may come from anybody: it must not make this host send a file of its own, nor deliver mail
  /// or ask a server that nobody named on this command line.
  package init(
    repeating trace: Trace, at target: Target, changes: [OptionEntry]
  ) throws(PlanError) {
    let given = Set(changes.map(\.row.name))
    let hasMessage = ["data", "message_size"].contains { (trace.options[$0] ?? .none) != .none }
    let decides = [OptionRow.data, .messageSize, .quitAfter, .dropAfter].map(\.name)
    if hasMessage, given.isDisjoint(with: decides) {
      throw PlanError(
        .usage,
        "the recorded session sent a message, and a live run would deliver one: add"
          + " --message-size N or --data FILE to send one, or --quit-after data to stop before it")
    }
    do {
      var options = try SessionOptions(recorded: trace.options, mayBeForeign: true)
      // The target's own port, where it has one, and none where none can be chosen.
      if target.port != nil || !target.hasChoiceOfPort { options.port = nil }
      let leftOut = try options.replace(with: changes)
      self.init(target: target, options: options)
      self.leftOut = leftOut
    } catch let error as OptionRecordError {
      throw PlanError(.badInput, error.description)
    } catch {
      throw PlanError(.usage, "\(error)")
    }
  }
}
