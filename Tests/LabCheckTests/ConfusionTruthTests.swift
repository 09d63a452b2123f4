import Diagnosis
import Lab
import Reporting
import Testing

@testable import LabCheck

@Suite("What is at work in a run")
struct ConfusionTruthTests {
  @Test(
    "Comes from the catalogue's table, and is nothing where the run ends well",
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
    "Of a file of one's own is what its source names behind the word catalogue",
    arguments: [
      ("a Monday", "not said"), ("A1, E1", "not said"), ("Catalogue A1 and e1 (B2B)", "A1 E1"),
      ("seed 001; catalogue A1.", "A1"), ("catalogue Z9", "not said"),
      ("catalogue A11", "not said"),
    ])
  func own(source: String, words: String) throws {
    let text =
      "Mine\n\nSource: \(source)\n\nFault:\n    C: MAIL\n    S: (say nothing)\n\n"
      + "Run: --timeout 1s\n    stalled@mail\nControl: --no-pad\n    ok\n"
    let fixture = try #require(try parseFixtures(path: "./x.smtp", text: text).first)
    let truths = CheckCase.all(of: fixture, word: "./x.smtp").map { ConfusionTruth($0).words }
    #expect(truths == [words, "nothing wrong"])
    // Without a path it would be one of ours, and the table does not know it.
    #expect(CheckCase.all(of: fixture).map { ConfusionTruth($0).words }.first == "none")
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
