import FoundationEssentials
import Glibc
import TestSupport

/// A message that Postfix, Exim, swaks and the binary each took to a fixture, and what they say of it.
struct Delivery: Decodable, Sendable {
  struct Report: Decodable, Sendable {
    struct Verdict: Decodable, Sendable { let status: String }
    struct Hazard: Decodable, Sendable { let id: String }

    let verdict: Verdict
    let hazards: [Hazard]
    let phrases: Phrases
  }

  struct Phrases: Decodable, Sendable {
    let postfix: String?
    let postfixOutcome: String?
    let exim: String?
    let eximOutcome: String?
    let swaksExit: Int?

    private enum CodingKeys: String, CodingKey {
      case postfix, exim
      case postfixOutcome = "postfix_outcome"
      case eximOutcome = "exim_outcome"
      case swaksExit = "swaks_exit"
    }
  }

  let fixture: String
  let mode: String
  /// `status=deferred (…)`; `nil` where it was not there.
  let postfix: [String]?
  /// All lines of the main log about the message; `nil` where it was not there.
  let exim: [String]?
  /// The exit status; `nil` when swaks hangs.
  let swaks: Int?
  let report: Report

  var isSentByPostfix: Bool { postfix?.contains { $0.hasPrefix("status=sent") } ?? true }

  /// What the report says otherwise than the programs; empty when all is as it says.
  var differences: [(program: LogLineException.Program, words: String)] {
    let phrases = report.phrases
    var found: [(program: LogLineException.Program, words: String)] = []
    if let postfix, !isTold(by: postfix) {
      found.append((.postfix, "\(phrases.postfix ?? "nothing") is not in \(postfix)"))
    }
    if let exim, !isTold(byExim: exim) {
      found.append((.exim, "\(phrases.exim ?? "nothing") is not in \(exim)"))
    }
    if let told = phrases.swaksExit, told != swaks {
      found.append((.swaks, "told \(told), was \(swaks.map(String.init) ?? "no end")"))
    }
    return found
  }

  private func isTold(by postfix: [String]) -> Bool {
    guard let phrase = report.phrases.postfix else {
      return report.phrases.postfixOutcome == "goes_on" || isSentByPostfix
    }
    return postfix.contains { $0.contains("(\(phrase))") }
  }

  private func isTold(byExim exim: [String]) -> Bool {
    let phrases = report.phrases
    let isSent = exim.contains { $0.hasPrefix("=> ") }
    return phrases.exim.map(exim.contains) ?? true
      && (phrases.eximOutcome == "goes_on"
        || isSent == (phrases.exim == nil || phrases.eximOutcome == "delivers"))
  }

  /// All rows, delivered once for all tests.
  static func all() async throws -> [Row: Delivery] { try await deliveries.value }

  private static let deliveries = Task {
    let input = Row.all.map { "\($0.fixture) \($0.mode.rawValue) \($0.size)\n" }.joined()
    let run = try await ChildProcess.run(
      ["python3", "\(Repository.tests)/Strangers/deliver.py", Binary.path], input: Array(input.utf8)
    )
    let lines = run.output.split(separator: "\n")
    guard lines.count == Row.all.count else { throw DeliveriesFailed(errors: run.errors) }
    let told = try lines.map { line in
      try JSONDecoder().decode(Delivery.self, from: Data(line.utf8))
    }
    return Dictionary(uniqueKeysWithValues: zip(Row.all, told))
  }
}

/// The script did not come to its end.
struct DeliveriesFailed: Error {
  let errors: String
}
