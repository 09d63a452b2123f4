import ArgumentParser
import Campaigns
import Lab
import LabCheck
import Probe
import SessionOptions
import Wire

/// Reads the words of runs by the parser of the command line, so that the two cannot differ.
///
/// That takes milliseconds for each, and two runs in three have the options of another: those are read once.
struct RunReader {
  private var commands: [[String]: ProbeCommand] = [:]

  mutating func prepare(_ one: CheckCase) throws(UnplayableRun) -> PreparedRun {
    let command = try command(one)
    return { (place) throws(UnplayableRun) in
      let plan = try explained {
        try command.request(standardInput: one.fixture.message).plan(at: place)
      }
      return CheckPlan(session: plan) { Int(command.exitCode(for: $0)) }
    }
  }

  private mutating func command(_ one: CheckCase) throws(UnplayableRun) -> ProbeCommand {
    var command: ProbeCommand
    if let known = commands[one.run.options] {
      command = known
    } else {
      command = try explained { try ProbeCommand.parse(one.arguments) }
      commands[one.run.options] = command
    }
    command.target = one.arguments.first.flatMap { Target($0) }
    command.fault = one.run.faultsEnabled
    return command
  }
}

/// What the user would have read, instead of the error that would have said so.
private func explained<Value>(_ work: () throws -> Value) throws(UnplayableRun) -> Value {
  do {
    return try work()
  } catch let message as ExitMessage {
    throw UnplayableRun(reason: message.text)
  } catch let error as PlanError {
    throw UnplayableRun(reason: error.description)
  } catch {
    throw UnplayableRun(reason: ProbeCommand.message(for: error))
  }
}
