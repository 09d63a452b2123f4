import Campaigns
import Reporting
import SessionOptions
import Testing

@Suite("A line of a suite")
struct SuiteCaseTests {
  @Test(
    "is a command of smtpprobe, or a JSON object",
    arguments: [
      ("smtpprobe mx.example.com --split 513 --expect stalled@mail # the wall", "the wall"),
      ("/usr/bin/smtpprobe probe mx.example.com --split 513 --expect=stalled@mail", nil),
      ("mx.example.com --expect stalled@mail --split 513\r", nil),
      (#"{"target": "mx.example.com", "expect": "stalled@mail", "split": 513, "name": "a"}"#, "a"),
      (#"{"options":{"split":"513"},"expect":"stalled@mail","target":"mx.example.com"}"#, nil),
    ] as [(String, String?)])
  func forms(line: String, name: String?) throws {
    let one = try #require(try SuiteCase(Array(line.utf8)[...]))
    #expect(one.session.target.given == "mx.example.com")
    #expect(one.expectation?.description == "stalled@mail")
    #expect(one.name == name)
    #expect(one.session.entries.map(\.row.name) == ["split"])
  }

  @Test("may be blank, or a comment", arguments: ["", "  ", "# smtpprobe host", "\r"])
  func nothing(line: String) throws {
    #expect(try SuiteCase(Array(line.utf8)[...]) == nil)
  }

  @Test(
    "that cannot be used is told with the mend",
    arguments: [
      ("host --expect stall@mail", "did you mean stalled@mail?"),
      ("host --format json", "give it to smtpprobe check"),
      ("host --splt 5", "did you mean --split?"), ("host 'a", "a quote that is not closed"),
      ("--split 513", "begin the line with one"), ("sweep host --split 5", "one target a line"),
      (#"{"expect": "ok"}"#, "no target"), (#"{"target": "a", "name": 7}"#, "name: give a text"),
      (#"{"target": "a", "tag": 7}"#, "no option tag"), ("{", "no JSON object"),
    ])
  func mistakes(line: String, words: String) {
    let error = #expect(throws: ScanLineError.self) { try SuiteCase(Array(line.utf8)[...]) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }
}
