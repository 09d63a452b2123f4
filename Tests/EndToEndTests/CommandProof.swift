import ArgumentParser
import Campaigns
@testable import Diagnosis
import Lab
import LabCheck
import Probe
import Reporting
import SessionOptions
import SessionTrace
import Wire

@testable import smtpprobe

/// What is wrong with the commands that a report gives, or that a diagnosis of its session would give.
struct CommandProof {
  let row: CheckCase
  let report: SavedReport

  private var trace: Trace { report.trace }

  /// A sentence each.
  var complaints: [String] {
    ofTheReport + ofItsAdvice + ofExperiments
  }

  /// The command that runs this session alone, read as the program reads it.
  private var ofTheReport: [String] {
    let words = ShellCommand(repeating: trace).words
    do {
      let request = try live(words)
      let plan = try request.plan(at: place)
      return plan.options == trace.options
        ? [] : ["\(words) asks for another session: \(difference(plan.options))"]
    } catch {
      return ["\(words) is refused: \(error)"]
    }
  }

  private var ofItsAdvice: [String] {
    advice(on: trace, verdict: report.verdict).flatMap(\.record.changes).compactMap { change in
      let words = ShellCommand(repeating: trace, with: change).words
      do {
        _ = try live(words).plan(at: place)
        return nil
      } catch {
        return "\(words) is refused: \(error)"
      }
    }
  }

  /// Every experiment that its failure may lead to, made and asked for again.
  private var ofExperiments: [String] {
    guard report.verdict.status != .ok, let given = try? live(ShellCommand(repeating: trace).words)
    else { return [] }
    let setup = DiagnoseSetup(given)
    var subject = Subject(patience: given.options.patience)
    subject.message = try? setup.traits(of: given.plan(at: place))
    let control = Control(trace: trace, verdict: report.verdict, subject: subject)
    let evidence = Evidence(control: control, experiments: [:])
    var variations: Set<Variation> = []
    for rule in Catalogue.suspects(for: control).map(\.rule) {
      for criterion in rule.requires + rule.confirms + rule.tells {
        variations.formUnion(criterion.variations(evidence))
      }
    }
    return variations.compactMap { variation in
      guard let variant = try? setup.variant([(variation, control)]),
        let plan = try? variant.plan(at: place)
      else { return nil }
      let told = ToldSession(variant.command)
      guard told.options == variant.options, told.target == variant.target.given else {
        return "\(variation): \(variant.command) asks for another session"
      }
      guard let preview = try? PlanPreview(plan).text else { return nil }
      let again = try? SessionRequest(
        target: variant.target, options: told.options, standardInput: row.fixture.message
      ).plan(at: place)
      return again.flatMap { try? PlanPreview($0).text } == preview
        && again?.options == plan.options
        ? nil : "\(variation): \(variant.command) plans another session"
    }
  }

  /// What a report says of a session with these words.
  private struct ToldSession {
    let options: SessionOptions
    let target: String

    init(_ words: [String]) {
      let given = GivenSession(
        Trace(
          startedAt: "", arguments: words.map { escapedText($0.utf8) },
          target: TargetRecord(given: "", host: "", port: nil)))
      options = given.options
      target = given.target
    }
  }

  private func live(_ words: [String]) throws -> SessionRequest {
    try ProbeCommand.parse(Array(words.dropFirst())).request(standardInput: row.fixture.message)
  }

  /// Where the fixture would be found.
  private var place: ServerPlace {
    ServerPlace(
      endpoint: .ip(address: "127.0.0.1", port: 25),
      domain: row.fixture.script(faultsEnabled: row.run.faultsEnabled).names.domain)
  }

  private func difference(_ options: [String: OptionValue]) -> String {
    Set(options.keys).union(trace.options.keys).sorted().filter { options[$0] != trace.options[$0] }
      .map { "\($0) \(options[$0]?.text ?? "?") for \(trace.options[$0]?.text ?? "?")" }
      .joined(separator: ", ")
  }
}
