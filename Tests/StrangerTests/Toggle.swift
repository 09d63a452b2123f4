/// One way of sending, and what a real mail server makes of it.
struct Toggle: Sendable, CustomTestStringConvertible {
  /// A server that truthfully refuses what others allow.
  struct Exception: Sendable {
    let server: String
    /// `STATUS@STAGE`.
    let outcome: String
  }

  let options: [String]
  /// `STATUS@STAGE`.
  let outcome: String
  var exceptions: [Exception] = []

  var testDescription: String { options.isEmpty ? "no option" : options.joined(separator: " ") }

  init(_ options: String, _ outcome: String = "ok@data", except exceptions: Exception...) {
    self.options = options.split(separator: " ").map(String.init)
    self.outcome = outcome
    self.exceptions = exceptions
  }

  func outcome(at server: String) -> String {
    exceptions.first { $0.server == server }?.outcome ?? outcome
  }
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
    Toggle("--pipelining on"),
    Toggle("--pregreet"),
    Toggle("--envelope-size 600"),
    Toggle("--envelope-size 1025"),
    Toggle("--from a@example.com --to b@example.com,c@example.com"),
  ]

  private static let messages: [Toggle] = [
    Toggle("--message-size 2000 --split dot:1", "ok@dot"),
    Toggle("--message-size 2000 --split dot:2", "ok@dot"),
    Toggle("--message-size 2000 --split dot:3", "ok@dot"),
    Toggle("--message-size 2000 --split dot:4", "ok@dot"),
    Toggle("--message-size 2000 --split 1", "ok@dot"),
    Toggle("--message-size 2000 --line-length 990", "ok@dot"),
    Toggle("--message-size 300000", "ok@dot"),
    Toggle("--message-size 300000 --mss 536 --no-nodelay", "ok@dot"),
  ]

  private static let stops: [Toggle] = [
    Toggle("--quit-after banner"),
    Toggle("--quit-after first-helo"),
    Toggle("--quit-after tls"),
    Toggle("--quit-after helo"),
    Toggle("--quit-after mail"),
    Toggle("--quit-after rcpt"),
    Toggle("--quit-after data"),
    Toggle("--quit-after dot --message-size 2000"),
  ]
}
