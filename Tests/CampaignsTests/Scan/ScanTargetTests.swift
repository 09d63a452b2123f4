import SessionOptions
import Testing

@testable import Campaigns

/// A line of a list, read.
@Suite("A line of a list")
struct ScanTargetTests {
  @Test(
    "has a target, options of its own and a tag",
    arguments: [
      ("mx.example.org", "mx.example.org", [], nil),
      ("  mx.example.org:2525 \r", "mx.example.org:2525", [], nil),
      ("mx.example.org:2525\r", "mx.example.org:2525", [], nil),
      ("[2001:db8::1]:25", "[2001:db8::1]:25", [], nil),
      ("a@example.org", "a@example.org", [], nil),
      ("mx.example.org # ours", "mx.example.org", [], nil),
      (
        "mx:example.org --tls off -q mail", "mx:example.org",
        ["--quit-after", "mail", "--tls", "off"], nil
      ),
      ("--port=26 [2001:db8::1]", "[2001:db8::1]", ["--port", "26"], nil),
      ("unix:'/run/a b'", "unix:/run/a b", [], nil),
      (#"{"target": "192.0.2.1"}"#, "192.0.2.1", [], nil),
      (
        #"{"tag": {"n": 1.50, "é": [null]}, "target": "a@example.org", "message-size": 300}"#,
        "a@example.org", ["--message-size", "300"], #"{"n": 1.50, "é": [null]}"#
      ),
      (
        #"{"target":"h","tag":"x","options":{"message_size":5,"nodelay":false,"to":["a@b","c@d"]}}"#,
        "h", ["--no-nodelay", "--message-size", "5", "--to", "a@b,c@d"], #""x""#
      ),
      (#"{"target":"h","split":null,"nudge":false,"tls":"off"}"#, "h", ["--tls", "off"], nil),
    ] as [(String, String, [String], String?)])
  func good(line: String, target: String, words: [String], tag: String?) throws {
    let read = try #require(try ScanTarget(Array(line.utf8)[...]))
    #expect(read.target.given == target)
    let options = try SessionOptions(read.entries)
    #expect(Set(options.commandLine(at: target).dropFirst()) == Set(words))
    #expect(read.tag.map { String(decoding: $0, as: UTF8.self) } == tag)
  }

  @Test(
    "is none of the list where it is blank or a comment", arguments: ["", " \t\r", "# mx", "  #"])
  func none(line: String) throws {
    #expect(try ScanTarget(Array(line.utf8)[...]) == nil)
  }

  @Test(
    "that cannot be used is told with what would do",
    arguments: [
      ("a b", "one target a line"),
      ("a --splt 5", "no option --splt; did you mean --split?"),
      ("a --split", "--split needs a value"),
      ("a --port 70000", "--port 70000: give 1 to 65535"),
      ("--tls off", "options without a target"),
      ("a --format json", "--format is about a report"),
      ("a 'b", "a quote that is not closed"),
      ("a/b", "'a/b' names no target; give host"),
      ("{", "no JSON object, column 2"),
      (#"{"target":"a"} x"#, "something behind the value"),
      (#"{"tag":1}"#, #"no target; give "target""#),
      (#"{"target":5}"#, "target: give a text"),
      (#"{"target":"a","prt":25}"#, "no option prt; did you mean port?"),
      (#"{"target":"a","port":"x"}"#, "port: give a whole number"),
      (#"{"target":"a","port":true}"#, "port: give a text or a number"),
      (#"{"target":"a","pad":"no"}"#, "pad: give true or false"),
      (#"{"target":"a","options":[]}"#, "options: give an object"),
      (#"{"target":"a","to":[["b"]]}"#, "to: give a list of texts"),
    ])
  func bad(line: String, problem: String) {
    let error = #expect(throws: ScanLineError.self) { try ScanTarget(Array(line.utf8)[...]) }
    #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
  }
}
