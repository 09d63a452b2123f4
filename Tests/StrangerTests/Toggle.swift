import Testing

/// One way of sending, and what a real mail server makes of it.
struct Toggle: Sendable, CustomTestStringConvertible {
  /// What comes of it.
  struct Outcome: Sendable {
    /// `STATUS@STAGE`.
    var end: String
    /// Hazards that are there.
    var hazards: [String] = []
  }

  let options: [String]
  let outcome: Outcome
  /// Outcomes at servers that truthfully refuse what the others allow.
  let exceptions: [String: Outcome]

  var testDescription: String { options.isEmpty ? "no option" : options.joined(separator: " ") }

  init(_ options: String, _ end: String = "ok@data", except exceptions: [String: Outcome] = [:]) {
    self.options = options.split(separator: " ").map(String.init)
    self.outcome = Outcome(end: end)
    self.exceptions = exceptions
  }

  func outcome(at server: String) -> Outcome { exceptions[server] ?? outcome }

  /// Whether every piece must have left in a segment of its own.
  ///
  /// Not with Nagle's algorithm, which is there to join them, and not where the MSS cuts them.
  var cutsExactly: Bool { !options.contains("--no-nodelay") && !options.contains("--mss") }
}

extension Toggle {
  static let all = transport + envelopes + messages + stops

  /// How the bytes travel. None of it is visible to a server that reads a stream.
  private static let transport: [Toggle] = [
    Toggle(""),
    Toggle("--split 1"),
    Toggle("--split 513"),
    Toggle("--split crlf"),
    Toggle("--split command"),
    Toggle("--split 100,1,rest"),
    Toggle("--split 100,1,rest --split-delay ack"),
    Toggle("--split 7 --split-stage tls"),
    Toggle("--no-nodelay"),
    Toggle("--fast-open cookie"),
    Toggle("--fast-open data"),
    Toggle("--mss 536"),
    Toggle("--rcvbuf 4096"),
    Toggle("--sndbuf 4096"),
    Toggle("--pmtu-discovery dont"),
  ]

  private static let envelopes: [Toggle] = [
    Toggle("--pipelining off"),
    Toggle("--pipelining auto"),
    // Not offered, and `500 … Pipelining not supported`: the fault is the probe's, and it says so.
    Toggle(
      "--pipelining on",
      except: [
        "opensmtpd": Outcome(end: "rejected@mail", hazards: ["pipelining-not-offered"])
      ]),
    Toggle("--pregreet"),
    Toggle("--envelope-size 600"),
    Toggle("--envelope-size 1025"),
    Toggle("--from a@example.com --to b@example.com,c@example.com"),
  ]

  private static let messages: [Toggle] = [
    Toggle("--message-size 2000 --split dot:1", "ok@quit"),
    Toggle("--message-size 2000 --split dot:2", "ok@quit"),
    Toggle("--message-size 2000 --split dot:3", "ok@quit"),
    Toggle("--message-size 2000 --split dot:4", "ok@quit"),
    Toggle("--message-size 2000 --split 1", "ok@quit"),
    Toggle("--message-size 2000 --line-length 990", "ok@quit"),
    Toggle("--message-size 300000", "ok@quit"),
    Toggle("--message-size 300000 --mss 536 --no-nodelay", "ok@quit"),
  ]

  private static let stops: [Toggle] = [
    Toggle("--quit-after banner", "ok@quit"),
    Toggle("--quit-after first-helo", "ok@quit"),
    Toggle("--quit-after tls", "ok@quit"),
    Toggle("--quit-after helo", "ok@quit"),
    Toggle("--quit-after mail", "ok@quit"),
    Toggle("--quit-after rcpt", "ok@quit"),
    Toggle("--quit-after data"),
    Toggle("--quit-after dot --message-size 2000", "ok@quit"),
  ]
}
