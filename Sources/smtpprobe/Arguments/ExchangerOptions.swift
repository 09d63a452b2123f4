import ArgumentParser
import Diagnosis
import SessionOptions

/// Whether every mail exchanger is visited, and what that comes to.
struct ExchangerOptions: ParsableArguments {
  @Flag(.all) var all = false

  @Option(
    name: OptionRow.asMTA.parserNames, help: OptionRow.asMTA.parserHelp,
    transform: { word in
      if let habit = SenderHabit.all.first(where: { $0.id == word }) { return habit }
      throw ValidationError("give \(SenderHabit.all.map(\.id).joined(separator: ", ")).")
    })
  var asMTA: SenderHabit?

  @Option(name: OptionRow.seed.parserNames, help: OptionRow.seed.parserHelp)
  var seed: UInt64?

  @Flag(.yes) var yes = false

  func validate() throws {
    guard !all else { return }
    let given = [
      (OptionRow.asMTA, asMTA != nil), (.seed, seed != nil), (.yes, yes),
    ].first(where: \.1)
    if let given {
      throw ValidationError("\(given.0.flag) goes with --all, which visits every mail exchanger.")
    }
  }
}
