import Reporting
import Testing

@Suite("An annotation on GitHub")
struct GitHubAnnotationTests {
  @Test(
    "is one line for a session that failed",
    arguments: [
      Sample.stalledAfter513, .resetWith552Waiting, .hostile,
    ])
  func failed(sample: Sample) throws {
    let line = try #require(GitHubAnnotation.line(for: sample.report))
    #expect(line.hasPrefix("::error title=smtpprobe::"))
    #expect(line.hasSuffix("\n"))
    #expect(!line.dropLast().contains { $0.isNewline })
  }

  @Test("is none where all is well")
  func well() { #expect(GitHubAnnotation.line(for: Sample.healthy.report) == nil) }

  @Test("is none for a failure that was expected")
  func expected() {
    var report = Sample.stalledAfter513.report
    report.expectation = Expectation("stalled@mail")
    #expect(GitHubAnnotation.line(for: report) == nil)
    report.expectation = Expectation("ok")
    #expect(GitHubAnnotation.line(for: report) != nil)
  }

  @Test(
    "has escapes for what would end it or begin an escape",
    arguments: [
      ("plain", "plain"), ("50%", "50%25"), ("a\r\n::error::b", "a%0D%0A::error::b"),
      ("%0A", "%250A"),
    ])
  func escapes(text: String, escaped: String) {
    #expect(GitHubAnnotation.escaped(text) == escaped)
  }
}
