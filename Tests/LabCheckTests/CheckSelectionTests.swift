import Testing

@testable import LabCheck

@Suite("The choice of runs")
struct CheckSelectionTests {
  @Test(
    "An id means that run or fixture alone, any other word all that contain it",
    arguments: [
      (
        [],
        [
          "family/first/a", "family/first/ab", "family/first-more/a", "family/first-more/ab",
          "other/first-again/a", "other/first-again/ab",
        ]
      ),
      (["family/first/a"], ["family/first/a"]),
      (["family/first"], ["family/first/a", "family/first/ab"]),
      (
        ["first-"],
        [
          "family/first-more/a", "family/first-more/ab", "other/first-again/a",
          "other/first-again/ab",
        ]
      ),
      (
        ["/ab", "other"],
        [
          "family/first/ab", "family/first-more/ab", "other/first-again/a",
          "other/first-again/ab",
        ]
      ),
      (["first/ab", "first/ab"], ["family/first/ab"]),
    ] as [([String], [String])])
  func choice(words: [String], ids: [String]) throws {
    let chosen = try CheckSelection(words).cases(of: Samples.cases)
    #expect(chosen.map(\.id) == ids)
  }

  @Test("Results stand in the order of the runs, in whatever order they came")
  func order() {
    let ids = Samples.cases.map(\.id)
    #expect(Samples.cases.inOrder(ids.reversed(), id: \.self) == ids)
    #expect(Samples.cases.inOrder([ids[2], ids[0]], id: \.self) == [ids[0], ids[2]])
  }

  @Test("A word that chooses nothing is an error, whatever the others choose")
  func nothing() {
    #expect(throws: NothingSelected(word: "nope")) {
      try CheckSelection(["first", "nope"]).cases(of: Samples.cases)
    }
  }

  @Test("A run's command repeats it, with its message where it wants one")
  func command() throws {
    let fixture = try #require(Samples.fixture("f/x", options: "--data - --split 'a b'"))
    let word = "./x.smtp#x"
    #expect(
      CheckCase.all(of: fixture, word: word).first?.command
        == "smtpprobe lab show --message './x.smtp#x' | "
        + "smtpprobe 'lab:./x.smtp#x' --data - --split $'\\'a' $'b\\''")
    #expect(Samples.cases.first?.command == "smtpprobe lab:first --timeout 1s")
  }
}
