import SessionTrace
import StrictTransport
import TestSupport
import Testing

@Suite("Policies of MTA-STS")
struct PolicyTests {
  private func parse(_ text: String) -> Result<STSPolicy, STSPolicyError> {
    do throws(STSPolicyError) {
      return .success(try STSPolicy(parsing: unescapedBytes(text)))
    } catch {
      return .failure(error)
    }
  }

  @Test(
    "A policy is read whatever ends its lines, and what is not known is passed over",
    arguments: [
      (
        "version: STSv1\\r\\nmode: enforce\\r\\nmx: mail.example.com\\r\\nmx: *.example.net\\r\\nmax_age: 604800\\r\\n",
        STSPolicy(
          mode: .enforce, maxAge: 604_800, exchangers: ["mail.example.com", "*.example.net"])
      ),
      (
        "version: STSv1\\nmode: testing\\nmx: A.Example.COM\\nmax_age: 0",
        STSPolicy(mode: .testing, maxAge: 0, exchangers: ["a.example.com"])
      ),
      (
        "max_age:31557600  \\nmode:none\\t\\nversion:STSv1",
        STSPolicy(mode: .none, maxAge: 31_557_600, exchangers: [])
      ),
      (
        "version: STSv1\\n\\nmode: none\\nmax_age: 1\\n\\n",
        STSPolicy(mode: .none, maxAge: 1, exchangers: [])
      ),
      (
        "version: STSv1\\nmode: enforce\\nmode: nonsense\\nversion: STSv2\\nmx: a.example\\nmax_age: 5\\nmax_age: never\\n",
        STSPolicy(mode: .enforce, maxAge: 5, exchangers: ["a.example"])
      ),
      (
        "version: STSv1\\nfuture.field-1: any thing: at all \\xC3\\xA9\\nmode: enforce\\nmx: a.example\\nmax_age: 5\\n",
        STSPolicy(mode: .enforce, maxAge: 5, exchangers: ["a.example"])
      ),
    ])
  func reads(_ text: String, _ policy: STSPolicy) {
    #expect(parse(text) == .success(policy))
  }

  @Test("Its lines say it again")
  func saysItself() {
    let policy = STSPolicy(
      mode: .testing, maxAge: 86_400, exchangers: ["*.a.example", "b.example"])
    #expect(parse(policy.lines.joined(separator: "\\n")) == .success(policy))
  }

  @Test(
    "What is wrong is told with its line and how to mend it",
    arguments: [
      ("", nil, "there is no version: write \"version: STSv1\""),
      ("mode: none\\nmax_age: 1\\n", nil, "there is no version: write \"version: STSv1\""),
      (
        "version: STSv1\\nmax_age: 1\\n", nil,
        "there is no mode: write \"mode: enforce\", testing or none"
      ),
      (
        "version: STSv1\\nmode: none\\n", nil,
        "there is no max_age: write seconds, \"max_age: 604800\""
      ),
      (
        "version: STSv1\\nmode: testing\\nmax_age: 1\\n", nil,
        "mode testing without exchanger: write a line \"mx: HOST\" for each"
      ),
      ("version: STSv2\\n", 1, "version \"STSv2\" is not known: write \"version: STSv1\""),
      (
        "version: STSv1\\nmode: Enforce\\n", 2,
        "mode \"Enforce\" is none of enforce, testing, none: write it in small letters"
      ),
      (
        "version: STSv1\\nmode: report\\n", 2,
        "mode \"report\" is none of enforce, testing, none"
      ),
      (
        "version: STSv1\\nmax_age: 31557601\\n", 2,
        "max_age \"31557601\" is no number of seconds from 0 to 31557600"
      ),
      ("max_age: -1", 1, "max_age \"-1\" is no number of seconds from 0 to 31557600"),
      ("max_age: 1d", 1, "max_age \"1d\" is no number of seconds from 0 to 31557600"),
      (
        "max_age: 00000000001", 1,
        "max_age \"00000000001\" is no number of seconds from 0 to 31557600"
      ),
      ("mx: *", 1, "mx \"*\": \"*\" may only be all of the first label, \"*.example.com\""),
      (
        "mx: mail*.example.com", 1,
        "mx \"mail*.example.com\": \"*\" may only be all of the first label, \"*.example.com\""
      ),
      (
        "mx: *.*.example.com", 1,
        "mx \"*.*.example.com\": \"*\" may only be all of the first label, \"*.example.com\""
      ),
      (
        "mx: .example.com", 1,
        "mx \".example.com\" is no name of a host: a line for each, nothing else in it"
      ),
      (
        "mx: a.example, b.example", 1,
        "mx \"a.example, b.example\" is no name of a host: a line for each, nothing else in it"
      ),
      ("mx: mail.example.com.", 1, "mx \"mail.example.com.\": leave out the dot at the end"),
      ("mx: *.", 1, "mx \"*.\": leave out the dot at the end"),
      ("mx:", 1, "mx \"\" is no name of a host: a line for each, nothing else in it"),
      (
        "mx: b\\xC3\\xBCcher.example", 1,
        "mx \"b\\xC3\\xBCcher.example\": write the name in ASCII (xn--...)"
      ),
      ("version", 1, "\"version\" has no colon: write name, colon, value"),
      (
        "<!DOCTYPE html>\\n<html>", 1,
        "\"<!DOCTYPE html>\" has no colon: write name, colon, value"
      ),
      (
        " mode: none", 1, "\" mode\" is no name of a field: letters, digits, \"_\", \"-\", \".\""
      ),
      (
        "\\x1B[2J: 1", 1, "\"\\x1B[2J\" is no name of a field: letters, digits, \"_\", \"-\", \".\""
      ),
      ("later: a\\0b", 1, "the value of later is no text in UTF-8"),
      ("later: \\xFF", 1, "the value of later is no text in UTF-8"),
    ] as [(String, Int?, String)])
  func complains(_ text: String, _ line: Int?, _ complaint: String) {
    guard case .failure(let error) = parse(text) else {
      return #expect(Bool(false), "it was read: \(text)")
    }
    #expect(error.line == line)
    #expect(error.text == complaint)
  }

  @Test(
    "A host fits a pattern letter by letter, or by one label in the place of the star",
    arguments: [
      ("mail.example.com", "mail.example.com"), ("MAIL.example.COM.", "mail.example.com"),
      ("a.example.net", "*.example.net"), ("example.net", nil), ("a.b.example.net", nil),
      (".example.net", nil), ("xmail.example.com", nil), ("mail.example.co", nil), ("", nil),
      ("192.0.2.1", nil), ("*.example.net", "*.example.net"),
    ] as [(String, String?)])
  func matches(_ host: String, _ pattern: String?) {
    let policy = STSPolicy(
      mode: .enforce, maxAge: 1, exchangers: ["mail.example.com", "*.example.net"])
    #expect(policy.pattern(for: host) == pattern)
  }

  @Test("A beginning of a policy is taken for all of it only where digits of its age are missing")
  func survivesCuts() {
    let text = Array(
      "version: STSv1\r\nmode: enforce\r\nmx: a.example\r\nmax_age: 86400\r\n".utf8)
    let taken = text.indices.compactMap { end in
      (try? STSPolicy(parsing: Array(text[..<end]))).map { (end, $0) }
    }
    // Nothing but digits of the age, and the last line's end, can be missing without being missed.
    let most = text.count - 1
    #expect(taken.map(\.0) == Array(most - "6400\r".utf8.count...most))
    #expect(taken.allSatisfy { $0.1.mode == .enforce && $0.1.exchangers == ["a.example"] })
  }
}
