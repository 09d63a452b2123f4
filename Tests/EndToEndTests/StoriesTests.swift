import TestSupport
import Testing

/// The page of the five stories: what it promises, from the outside.
@Suite("The page of the five stories")
struct StoriesTests {
  @Test(
    "shows what the program prints",
    arguments: [
      (["lab:early-talker-nodelay", "--pregreet"], "250 2.1.5 Recipient ok", "in the same read"),
      (["lab:early-talker-nagle", "--pregreet"], "250 2.1.0 Sender ok", "250 2.1.5 Recipient ok"),
      (["lab:greeting-in-two"], "reply-fragment-naive-reader", "cut inside a line"),
      (
        ["lab:size-limit-552", "--message-size", "5000000"], "552 5.3.4",
        "exceeds size limit 100000"
      ),
      (
        [
          "diagnose", "lab:fast-open-conntrack", "--fast-open", "cookie", "--message-size",
          "300000", "--timeout", "2s",
        ], "without Fast Open (--fast-open off) the failure disappears",
        "P1 tfo-conntrack-wscale-reset"
      ),
      (["explain", "A3"], "tcp_nodelay", "nodelay-pregreet-stall"),
    ])
  func shows(arguments: [String], one: String, other: String) async throws {
    let run = try await Binary.run(arguments)
    #expect(run.output.contains(one) && run.output.contains(other), "\(run.output)")
  }

  @Test("names commands that the program can read")
  func commands() async throws {
    let page = try repositoryText(of: "Sources/Manual/Embedded/16-stories.md")
    let lines = page.split(separator: "\n").filter { $0.hasPrefix("smtpprobe diagnose") }
    #expect(lines.count >= 6)
    for line in lines {
      let command = line.prefix { $0 != "#" }
      var words = command.split(separator: " ").dropFirst(2).map(String.init)
      // The file of the page is not there.
      if let place = words.firstIndex(of: "zero.eml") { words[place] = "-" }
      let plan = try await Binary.run(["diagnose", "--plan"] + words)
      #expect(plan.status == 0, "\(line): \(plan.errors)")
    }
  }
}
