import TestSupport
import Testing

/// What a user gets for a command that cannot be carried out: the place, the mend, the exit status.
@Suite("The command line")
struct CommandLineTests {
  @Test(
    "spells out words of the user's that would move the reader's cursor",
    arguments: [
      ["\u{1B}[31m host"], ["lab:\u{1B}[31mx"], ["lab:healthy", "--timeout", "\u{1B}c"],
      ["lab:healthy", "\u{1B}]0;title\u{7}"], ["explain", "\u{1B}[2Jqqqq"],
      ["report", "/nonexistent/\u{1B}[1m.json"], ["lab:healthy", "-o", "\u{1B}[1m"],
      ["lab", "show", "\u{1B}[5mx"], ["lab", "check", "\u{1B}[5mx"], ["manual", "\u{1B}[5mx"],
      ["sweep", "lab:healthy", "--split", "\u{1B}..2"], ["\u{1B}[1m", "--data", "\u{1B}[1m"],
    ])
  func spellsOut(arguments: [String]) async throws {
    let run = try await Binary.run(arguments)
    #expect(run.status != 0)
    #expect((run.output + run.errors).utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    #expect(run.errors.contains("\\x1B"), "\(run.errors)")
  }

  @Test(
    "is helped with by words alone",
    arguments: ["probe", "sweep", "diagnose", "compare", "scan", "check", "report", "lab"])
  func help(command: String) async throws {
    let run = try await Binary.run([command, "--help"])
    #expect(run.status == 0 && run.output.contains("USAGE"), "\(run.errors)")
    // A value of ours without a description would be shown as it is made.
    #expect(!run.output.contains("SessionOptions.") && !run.output.contains("(Function)"))
  }

  @Test(
    "names what is wrong and how to mend it",
    arguments: [
      (["lab:helthy"], 64, "healthy"),
      (["lab:healthy", "--split", "5x"], 64, "5x"),
      (["lab:healthy", "--split", "dot:5"], 64, "dot:5"),
      (["lab:healthy", "--split", "rest,1"], 64, "rest"),
      (["lab:healthy", "--split-delay", "1s"], 64, "--split"),
      (["lab:healthy", "--envelope-size", "41"], 64, "42"),
      (["lab:healthy", "--quit-after", "lunch"], 64, "lunch"),
      (["lab:healthy", "--quit-after", "mial"], 64, "did you mean mail?"),
      (["host:99999"], 64, "'host:99999' is no TARGET: a port is 1 to 65535"),
      (["[::1"], 64, "the bracket is not closed"), (["mx:"], 64, "name a domain behind mx:"),
      ([""], 64, "it is empty"), (["manual", "swaks"], 64, "Did you mean from-swaks?"),
      (["help", "foo"], 64, "There is no command \"foo\""),
      (["help", "lab", "chekc"], 64, "check, language; did you mean check?"),
      (["help", "lab", "check", "x"], 64, "There is no command \"x\" below that one."),
      (["lab:healthy", "-o", "csv:x.csv"], 64, "csv is for a sweep"),
      (["lab:healthy", "-o", "/tmp/a.md", "-o", "text:/tmp/a.md"], 64, "into that file already"),
      (["lab:healthy", "-o", "-", "-o", "json:-"], 64, "standard output takes one report"),
      (["lab:healthy", "-o", "-", "-o", "json:/dev/fd/1"], 64, "standard output takes one report"),
      (
        ["lab:healthy", "--capture", "no.pcap", "-o", "pcapng:./no.pcap"], 64,
        "-o pcapng:./no.pcap: --capture goes into that file"
      ),
      (
        ["lab:healthy", "-o", "/tmp/../tmp/nosuch.md", "-o", "/tmp/nosuch.md"], 64,
        "into that file already"
      ),
      (
        ["lab", "serve", "healthy", "--store", "/nonexistent/x"], 73,
        "--store /nonexistent/x: No such"
      ),
      (
        ["lab", "serve", "healthy", "--", "nosuchcommand"], 127, "nosuchcommand: command not found"
      ),
      (["lab:healthy", "--timeout", "soon"], 64, "soon"),
      (["lab:healthy", "--tls-priority", "NORMAL:+NO-SUCH"], 64, "NO-SUCH"),
      (["lab:healthy", "--to", "a>b@c"], 64, "recipient 1"),
      (["lab:healthy", "--expect", "stuck@mail"], 64, "stuck@mail"),
      (["lab:healthy", "--data", "/nonexistent/mail"], 66, "/nonexistent/mail"),
      (["lab:healthy", "--port", "70000"], 64, "70000"),
      (["lab:healthy", "--keepalive", "0"], 64, "1 to 32767"),
      (["lab:healthy-starttls", "--clienthello-size", "100"], 64, "the smallest has"),
      (["lab:healthy-starttls", "--tls-record-size", "0"], 64, "give 1 to 16384"),
      (["lab:healthy", "--tls-record-size", "9", "--tls", "off"], 64, "--tls off"),
      (["lab:healthy-starttls", "--clienthello-size", "0"], 64, "--clienthello-size"),
      (["lab:healthy-starttls", "--clienthello-size", "16390"], 64, "16389 and 16395"),
      (["lab:healthy", "--clienthello-size", "513", "--tls", "off"], 64, "--tls off"),
      (["lab:healthy", "-4", "-6"], 64, "-6"),
      (["lab:healthy", "--data", "-", "--message-size", "5"], 64, "--message-size"),
      (["lab:healthy", "--chunk-size", "0"], 64, "--chunk-size"),
      (
        ["lab:healthy", "--message-size", "20000", "--chunk-size", "1"], 64, "20000 chunks"
      ),
      (["mx:example.com", "--resolver", "ns.example.com"], 64, "ns.example.com"),
      (["host:99999"], 64, "host:99999"),
      ([], 64, "smtpprobe mx.example.com --split 513"),
      (["--split", "513"], 64, "No target"),
      (["lab:healthy", "--timeout", "5x"], 64, "give a time such as 500ms, 30s or 2m"),
      (["lab:healthy", "--expect", "stall@mial"], 64, "did you mean stalled@mail?"),
      (["lab:healthy", "--expect", "closed@"], 64, "STAGE one of resolve"),
      (["lab:healthy", "--tls", "requir"], 64, "did you mean require?"),
      (["diagnos", "lab:healthy"], 64, "did you mean smtpprobe diagnose?"),
      (["report", "/nonexistent/report.json"], 66, "/nonexistent/report.json"),
      (["lab:healthy", "lab:reseg-513"], 64, "smtpprobe scan takes a list"),
      (["lab:healthy", "--dry-run"], 64, "is --plan here"),
      (["lab:healthy", "--starttls"], 64, "is --tls require here"),
      (["sweep", "lab:healthy", "--envelope-size", "9..1"], 64, "the lower one first"),
      (["sweep", "lab:healthy", "--envelope-size", "abc"], 64, "or a range A..B"),
    ] as [([String], Int, String)])
  func namesWhatIsWrong(_ arguments: [String], status: Int, text: String) async throws {
    let outcome = try await Binary.run(arguments)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(text), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test("asks whether a host that is nearly a command was meant as one")
  func asksAfterCommand() async throws {
    let outcome = try await Binary.run(["swep", "--timeout", "2s"])
    #expect(outcome.status == 20)
    #expect(outcome.errors.contains("did you mean smtpprobe sweep?"))
  }

  @Test(
    "exits with 0 for what was expected and 1 for anything else",
    arguments: [
      ("stalled@mail", 0), ("stalled", 0), ("stalled@rcpt", 1), ("ok", 1), ("closed@mail", 1),
    ])
  func expects(_ expectation: String, status: Int) async throws {
    let outcome = try await Binary.run(
      ["lab:reseg-513", "--split", "513", "--timeout", "300ms", "--expect", expectation])
    #expect(outcome.status == status)
    #expect(outcome.errors.contains("stalled@mail") == (status == 1))
  }

  @Test("prints a plan without opening a connection")
  func printsAPlan() async throws {
    let outcome = try await Binary.run(["192.0.2.1", "--split", "513", "--plan", "--ehlo", "probe"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("segment     513 bytes"))
    #expect(outcome.output.contains("no connection was opened"))
  }

  @Test(
    "plans a message by BDAT, and names the resolver",
    arguments: [
      (["--message-size", "500", "--chunking", "on"], "one BDAT"),
      (["--message-size", "500", "--chunk-size", "100"], "5 BDAT of at most 100 bytes"),
      (["--data", "-", "--chunking", "auto"], "BDAT after BDAT of 65536 bytes"),
      (["--chunking", "on"], "DATA"),
      (["--resolver", "[::1]:5353"], "resolver   [::1]:5353"),
      (["--resolver", "192.0.2.53"], "resolver   192.0.2.53:53"),
    ])
  func plansChunks(options: [String], text: String) async throws {
    let outcome = try await Binary.run(["192.0.2.1", "--plan"] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains(text), "\(outcome.output)")
  }

  @Test(
    "says in a plan what the flights do not show",
    arguments: [
      (["--clienthello-size", "513"], "ClientHello of 513 bytes"),
      (["--tls-record-size", "100"], "at most 100 bytes a record"),
      (["--keepalive", "20"], "after 20 s of silence"),
      (["--nudge"], "a NOOP when a reply stays away"), (["--hops"], "TTL 1 and up"),
      (["--dane"], "TLSA at _25._tcp"),
      (
        ["--mta-sts", "--to", "a@example.com"],
        "asks TXT of _mta-sts.example.com; where there is one"
      ),
    ])
  func plansSettings(_ options: [String], text: String) async throws {
    let outcome = try await Binary.run(["192.0.2.1", "--plan"] + options)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains(text))
    let without = try await Binary.run(["192.0.2.1", "--plan"])
    #expect(!without.output.contains(text))
  }
}
