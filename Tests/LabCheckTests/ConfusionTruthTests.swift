import Diagnosis
import Lab
import Reporting
import Testing

@testable import LabCheck

@Suite("What is at work in a run")
struct ConfusionTruthTests {
  @Test(
    "Is what the fixture says of itself, and nothing where the run ends well",
    arguments: [
      ("segmentation/reseg-513/513", "A1"), ("segmentation/reseg-513/514", "nothing wrong"),
      ("segmentation/reseg-513/no-firewall", "nothing wrong"),
      ("segmentation/reseg-513-hung-server/513", "E9"),
      ("close/silent-at-mail/run", "E9"), ("close/silent-at-data/run", "none, like P16 E7"),
      ("greeting/asa-inspection/cut-end", "A4 A5 D1 D2"),
      ("policy/by-chance-meets/run", "intermittent"),
      // Its first connection passes: what the run demands is not what is at work.
      ("policy/by-chance-skips/run", "intermittent"),
      ("policy/by-chance-skips/control", "nothing wrong"),
      ("envelope/greylisting-spamd/run", "intermittent or D12"),
      ("greeting/backlog-no-banner/impatient", "intermittent or D8"),
      ("greeting/backlog-no-banner/patient", "nothing wrong"),
      ("nagle/server-side-nagle/run", "nothing wrong"),
      // The fault is off, and the server still refuses.
      ("data/bdat-refused-not-discarded/discarded", "F6"),
      ("healthy/healthy/envelope", "nothing wrong"),
    ])
  func truths(id: String, words: String) throws {
    let cases = try FixtureLibrary.embedded().fixtures.flatMap { CheckCase.all(of: $0) }
    let one = try #require(cases.first { $0.id == id }, "\(id)")
    #expect(ConfusionTruth(one).words == words)
  }

  @Test(
    "Is not said where the file does not say, and stands in the order of the catalogue",
    arguments: [
      ("", "not said"), ("Shows:", "not said"), ("Shows: nothing", "none"), ("Shows: A1", "A1"),
      ("Shows: not-smtp, e1", "E1 not-smtp"), ("Shows: e1, reseg-boundary-loss", "A1 E1"),
      ("Shows: mx-loop", "I2"),
      ("Looks like: E1, A1", "none, like A1 E1"), ("Shows: A1\nLooks like: E1", "A1"),
      ("Shows: nothing\nLooks like: A1", "none, like A1"),
    ])
  func own(truth: String, words: String) throws {
    let fixture = try Self.fixture(truth)
    let truths = CheckCase.all(of: fixture, word: "./x.smtp").map { ConfusionTruth($0).words }
    #expect(truths == [words, "nothing wrong"])
    #expect(throws: Never.self) { try FixtureCauses.check(fixture) }
  }

  @Test(
    "Of a word that names no cause, file and line are told, and what may have been meant",
    arguments: [
      ("Shows: A11", "./x.smtp:5: no known cause is called \"A11\"; did you mean \"A1\""),
      ("Looks like: A1, reseg-bondary", "./x.smtp:5: no known cause is called \"reseg-bondary\""),
      ("Shows: ?", "smtpprobe explain --list shows all"),
      ("Shows: A1\nLooks like: a1", "./x.smtp:6: A1 is named twice"),
      ("Shows: not-smtp\nLooks like: NOT-SMTP", "./x.smtp:6: not-smtp is named twice"),
    ])
  func unknown(truth: String, words: String) throws {
    let fixture = try Self.fixture(truth)
    let error = try #require(throws: FixtureError.self) { try FixtureCauses.check(fixture) }
    #expect(error.description.contains(words), "\(error)")
  }

  private static func fixture(_ truth: String) throws -> Fixture {
    let text =
      "Mine\n\nSource: me\n\n\(truth)\n\nFault:\n    C: MAIL\n    S: (say nothing)\n\n"
      + "Run: --timeout 1s\n    stalled@mail\nControl: --no-pad\n    ok\n"
    return try #require(try parseFixtures(path: "./x.smtp", text: text).first)
  }

  private static let boundary = ConfusionTruth(course: .failing, shows: [.resegBoundaryLoss])
  private static let lookalike = ConfusionTruth(
    course: .failing, looksLike: [.resegBoundaryLoss])
  private static let other = ConfusionTruth(course: .failing)
  private static let healthy = ConfusionTruth(course: .healthy)
  private static let chance = ConfusionTruth(course: .changing)

  @Test(
    "Decides how a diagnosis counts",
    arguments: [
      (boundary, "A1!", .right), (boundary, "A1", .right), (boundary, "E1 A1", .right),
      (boundary, "A1! A4!", .wrong), (boundary, "A4!", .wrong), (boundary, "E1!", .wrong),
      (boundary, "E1", .twin), (boundary, "H5", .doubtful), (boundary, "-noCause", .missed),
      (ConfusionTruth(course: .failing, shows: [.synFiltered]), "connection-refused", .twin),
      (ConfusionTruth(course: .failing, shows: [.tlsDemanded]), "tls-demanded!", .right),
      (ConfusionTruth(course: .failing, shows: [.tlsDemanded]), "-noCause", .missed),
      (ConfusionTruth(course: .failing, looksLike: [.starttlsStripped]), "tls-demanded!", .wrong),
      (boundary, "-intermittent", .missed), (boundary, "-nothingWrong", .missed),
      (boundary, "-stopped", .missed),
      (lookalike, "A1!", .wrong), (lookalike, "A1", .right), (lookalike, "E1", .twin),
      (lookalike, "H5", .doubtful), (lookalike, "-noCause", .right),
      (lookalike, "-intermittent", .missed),
      (other, "A1!", .wrong), (other, "A1", .doubtful), (other, "-noCause", .right),
      (other, "-stopped", .right), (other, "-nothingWrong", .missed),
      (healthy, "-nothingWrong", .right), (healthy, "A1", .doubtful), (healthy, "A1!", .wrong),
      (healthy, "-noCause", .doubtful), (healthy, "-intermittent", .doubtful),
      (chance, "-intermittent", .right), (chance, "-noCause", .missed), (chance, "A1!", .wrong),
      (chance, "A1", .doubtful), (chance, "-nothingWrong", .missed),
      (ConfusionTruth(course: .failing, isKnown: false), "A1!", .unjudged),
    ] as [(ConfusionTruth, String, ConfusionClass)])
  func judgement(truth: ConfusionTruth, told: String, outcome: ConfusionClass) {
    #expect(truth.judge(Samples.digest(told)) == outcome)
  }
}
