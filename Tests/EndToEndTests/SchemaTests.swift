import TestSupport
import Testing

/// The JSON of every command beside the schema that the program prints for it.
@Suite("The JSON of every kind")
struct SchemaTests {
  static let sessions = [
    ["lab:healthy"], ["lab:healthy-starttls", "--message-size", "3000", "--split", "513"],
    ["lab:reseg-513", "--split", "513", "--timeout", "200ms"],
    ["lab:half-reply-at-mail", "--timeout", "200ms"], ["lab:rst-at-data"],
    ["lab:tls-garbage-http"], ["lab:starttls-clear-text"], ["lab:size-limit-552"],
    ["lab:reseg-513", "--split", "513", "--timeout", "200ms", "--nudge", "--hops"],
    ["lab:healthy-starttls", "--clienthello-size", "300", "--hops", "--quit-after", "mail"],
    ["127.0.0.1:1"], ["unix:/nonexistent/socket"],
    ["name.invalid", "--connect-timeout", "200ms"],
  ]
  static let sweeps = [
    ["sweep", "lab:reseg-513", "--split", "511..514", "--timeout", "300ms"],
    ["sweep", "lab:healthy", "--recipients", "1..3"], ["sweep", "127.0.0.1:1", "--split", "1..9"],
    ["sweep", "lab:leaves-with-421", "--split", "100..110", "--jobs", "1"],
  ]
  static let domains = [
    ["lab:multi-mx-partial-silent", "--all", "--timeout", "200ms"], ["lab:null-mx", "--all"],
    ["lab:multi-mx-partial-no-address", "--all", "--as-mta", "exim"],
  ]
  static let catalogues = [
    ["explain"], ["explain", "A1", "--host", "mx.example.com"], ["explain", "reply-bare-lf"],
    ["explain", "fast", "open"], ["explain", "reply-mixed-codes"],
  ]

  @Test(
    "is valid by the schema that the program prints",
    arguments: sessions.map { ("session", $0) } + sweeps.map { ("sweep", $0) }
      + domains.map { ("domain", $0) }
      + catalogues.map { ("catalogue", $0) })
  func isValid(kind: String, arguments: [String]) async throws {
    let report = try await Binary.run(arguments + ["--format", "json"])
    try await Self.check(report.output, kind)
  }

  @Test(
    "is valid for a comparison of any two sessions",
    arguments: [
      ["lab:reseg-513", "--split", "513", "--timeout", "200ms"], ["lab:healthy-starttls"],
      ["127.0.0.1:1"],
    ])
  func comparison(arguments: [String]) async throws {
    let first = try await Binary.run(["lab:healthy", "--format", "json"])
    let second = try await Binary.run(arguments + ["--format", "json"])
    let firstFile = try Scratch(Array(first.output.utf8))
    let secondFile = try Scratch(Array(second.output.utf8))
    let report = try await Binary.run([
      "compare", firstFile.path, secondFile.path, "--format", "json",
    ])
    try await Self.check(report.output, "comparison")
  }

  @Test(
    "is not valid where a key of the contract is missing or wrong",
    arguments: [
      ("sweep", sweeps[1], "\"outcomes\" :", "\"outcome\" :"),
      ("sweep", sweeps[1], "\"exhaustive\" : true", "\"exhaustive\" : 1"),
      ("catalogue", catalogues[1], "\"mechanism\" :", "\"story\" :"),
      ("catalogue", catalogues[1], "\"code\" : \"A1\"", "\"code\" : \"1A\""),
      ("catalogue", catalogues[2], "\"kind\" : \"catalogue\"", "\"kind\" : \"session\""),
    ])
  func isStrict(kind: String, arguments: [String], found: String, replacement: String) async throws
  {
    let report = try await Binary.run(arguments + ["--format", "json"])
    #expect(report.output.contains(found))
    let schema = try await Binary.run(["schema", kind])
    let outcome = try await validate(
      Array(report.output.replacing(found, with: replacement).utf8), by: Array(schema.output.utf8))
    #expect(outcome.status == 1)
  }

  @Test("has a schema for each kind, and for the session where none is named")
  func kinds() async throws {
    #expect(
      try await Binary.run(["schema"]).output == Binary.run(["schema", "session"]).output)
    let outcome = try await Binary.run(["schema", "nothing"])
    #expect(outcome.status == 64)
  }

  /// Holds a document against the schema of its kind.
  static func check(_ document: String, _ kind: String) async throws {
    let schema = try await Binary.run(["schema", kind])
    #expect(schema.status == 0)
    let outcome = try await validate(Array(document.utf8), by: Array(schema.output.utf8))
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
