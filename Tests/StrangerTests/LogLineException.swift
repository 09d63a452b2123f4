import Testing

/// A fixture at which a program cannot be what the report says, and why.
struct LogLineException: Sendable, CustomTestStringConvertible {
  enum Program: String, Sendable {
    case postfix, exim, swaks
  }

  /// Beginning of the fixture's name.
  let fixture: String
  let programs: [Program]
  /// The only way to deliver that it is about; `nil` for every one.
  var mode: Delivery.Row.Mode?
  /// Whether the program may be what the report says, by chance.
  var isByChance = false
  let reason: String

  var testDescription: String { "\(fixture): \(programs.map(\.rawValue)) \(reason)" }

  func covers(_ row: Delivery.Row, _ program: Program) -> Bool {
    row.fixture.hasPrefix(fixture) && programs.contains(program) && mode ?? row.mode == row.mode
  }

  static func covers(_ row: Delivery.Row, _ program: Program) -> Bool {
    all.contains { $0.covers(row, program) }
  }

  static let all = [
    LogLineException(
      fixture: "command-syntax-or-option-choke-size", programs: [.swaks],
      reason: "swaks sends no SIZE, and is not refused for it"),
    LogLineException(
      fixture: "clienthello-256-511", programs: [.postfix],
      reason: "the hello of OpenSSL has another size"),
    LogLineException(
      fixture: "tls-finished-with-ehlo", programs: [.postfix, .exim, .swaks], isByChance: true,
      reason: "whether Finished and EHLO meet in one segment is each one's own affair"),
    LogLineException(
      fixture: "drip-fed-reply", programs: [.postfix, .exim], isByChance: true,
      reason: "their patience counts otherwise, and a reply that still comes says nothing of it"),
    LogLineException(
      fixture: "endless-reply", programs: [.postfix, .exim, .swaks], isByChance: true,
      reason: "ends when a buffer is full or the time is up, whichever comes first"),
    LogLineException(
      fixture: "malformed-reply", programs: [.postfix],
      reason: "reads on to the next line that is a reply, which we do not"),
    LogLineException(
      fixture: "half-reply-at-tls", programs: [.exim], reason: "waits longer than the test"),
    LogLineException(
      fixture: "av-proxy-store-and-forward", programs: [.exim],
      reason: "half-closes with the dot, which the proxy takes for the end"),
    LogLineException(
      fixture: "bdat-waits-for-more", programs: [.exim],
      reason: "ends TLS with the last chunk, and the server takes the alert for what it waits for"),
    LogLineException(
      fixture: "bdat-with-the-envelope-lost", programs: [.postfix], mode: .chunked,
      reason: "has no BDAT, and loses DATA there"),
    LogLineException(
      fixture: "bdat-with-the-envelope-lost", programs: [.exim], mode: .chunked,
      reason: "half-closes behind the chunk, which the server takes for the end"),
    LogLineException(
      fixture: "bdat-answered-and-dropped", programs: [.swaks], mode: .chunked,
      reason: "has no BDAT, and is served by DATA"),
    LogLineException(
      fixture: "ehlo-under-tls-silent", programs: [.exim], reason: "waits longer than the test"),
    LogLineException(
      fixture: "other-protocol", programs: [.postfix],
      reason: "reads on to the next line that is a reply, which we do not"),
    LogLineException(
      fixture: "pix-banner-of-several-lines", programs: [.postfix],
      reason: "reads on to the next line that is a reply, which we do not"),
    LogLineException(
      fixture: "pix-banner-of-several-lines", programs: [.exim],
      reason: "quotes the lines in front of the wrong one too, which no record of ours has"),
    LogLineException(
      fixture: "capabilities-without-end", programs: [.swaks],
      reason: "says HELO when its patience ends, and is served"),
    LogLineException(
      fixture: "reply-fragment-path", programs: [.exim],
      reason: "half-closes with the dot, which the proxy takes for the end"),
    LogLineException(
      fixture: "fin-with-quit", programs: [.exim],
      reason: "half-closes behind QUIT, which is the fault's whole point, and this run does not"),
    LogLineException(
      fixture: "tls-old-version", programs: [.swaks],
      reason: "OpenSSL speaks no such version, of which there is a hazard"),
    LogLineException(
      fixture: "tls-legacy-intolerance-dh-size", programs: [.postfix],
      reason: "Postfix offers curves alone, of which there is a hazard"),
    LogLineException(
      fixture: "by-chance", programs: [.postfix, .exim, .swaks], isByChance: true,
      reason: "not the same every time"),
  ]
}
