import SessionOptions
import Testing

@Suite("Configuration")
struct ConfigurationTests {
  @Test(
    "A line is an option as it is typed",
    arguments: [
      ("timeout 10s", "--timeout 10s"), ("--tls require", "--tls require"),
      ("ehlo=mx.example.org", "--ehlo mx.example.org"), ("nudge", "--nudge"),
      ("no-nodelay", "--no-nodelay"), ("-4", "-4"), ("# nothing", ""), ("", ""),
      ("auth", "--auth"), ("from 'a b@example.org' # who", "--from a b@example.org"),
      ("timeout 1s\r", "--timeout 1s"), ("helo me", "--helo me"),
    ])
  func line(text: String, words: String) throws {
    let read = try Configuration(file: text).items.map { $0.words.joined(separator: " ") }
    #expect(read.joined() == words)
  }

  @Test(
    "A line that is none is told with its number, and what would do",
    arguments: [
      ("timout 10s", "did you mean timeout?"), ("timeout soon", "500ms"), ("timeout", "value"),
      ("tls", "value"), ("timeout 1s 2s", "one option"), ("ehlo 'me", "quote"),
      ("format json", "command line"), ("data a.eml", "command line"),
      ("message-size 5", "command line"), ("nudge yes", "one option"), ("config x", "config"),
      ("no-config", "config"),
    ])
  func wrong(text: String, mend: String) throws {
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration(file: "timeout 1s\n\n" + text)
    }
    #expect(
      error?.line == 3 && error?.problem.contains(mend) == true, "\(String(describing: error))")
  }

  @Test(
    "A variable is an option, and a flag is yes or no",
    arguments: [
      ("SMTPPROBE_TIMEOUT", "5s", "--timeout 5s"), ("SMTPPROBE_NUDGE", "yes", "--nudge"),
      ("SMTPPROBE_NUDGE", "0", ""), ("SMTPPROBE_NODELAY", "no", "--no-nodelay"),
      ("SMTPPROBE_MESSAGE", "1", ""), ("SMTPPROBE_AUTH_USER", "me", ""),
      ("SMTPPROBE_LOCAL_ADDRESS", "192.0.2.1", "--local-address 192.0.2.1"),
      ("SMTPPROBE_CONFIG", "/x", ""), ("SMTPPROBE_LAB_ADDRESS", "x", ""),
    ])
  func variable(name: String, value: String, words: String) throws {
    let read = try Configuration(environment: [(name, value)]).items
    #expect(read.map { $0.words.joined(separator: " ") }.joined() == words)
    #expect(read.allSatisfy { $0.origin == name })
  }

  @Test("A variable that cannot be had is named")
  func wrongVariable() {
    for (name, value) in [
      ("SMTPPROBE_TLS", "maybe"), ("SMTPPROBE_NUDGE", "perhaps"), ("SMTPPROBE_DATA", "x"),
    ] {
      let error = #expect(throws: ConfigurationError.self) {
        try Configuration(environment: [(name, value)])
      }
      #expect(error?.variable == name)
    }
  }

  @Test(
    "The nearer one stays, and what it excludes goes",
    arguments: [
      ([], "--timeout 2s --tls off --mss 600 -4 --to a@example.org"),
      (["--timeout", "9s"], "--tls off --mss 600 -4 --to a@example.org"),
      (["--timeout=9s", "-6"], "--tls off --mss 600 --to a@example.org"),
      (["--tls-verify"], "--timeout 2s --mss 600 -4 --to a@example.org"),
      (["-t", "b@example.org"], "--timeout 2s --tls off --mss 600 -4"),
    ] as [([String], String)])
  func precedence(typed: [String], left: String) throws {
    let file = try Configuration(file: "timeout 1s\ntls require\nmss 600\n-4\nto a@example.org")
    let environment = try Configuration(environment: [
      ("SMTPPROBE_TIMEOUT", "2s"), ("SMTPPROBE_TLS", "off"),
    ])
    let items = environment.over(file).items(beside: ["host"] + typed)
    #expect(
      Set(items.flatMap(\.words)) == Set(left.split(separator: " ").map(String.init)))
  }
}
