import Testing

@testable import Lab

@Suite("The fixtures that are built in")
struct EmbeddedFixturesTests {
  @Test("are the folder on disk, to the byte")
  func areTheFolder() throws {
    let onDisk = fixtureFilesOnDisk()
    #expect(onDisk.count > 40)
    #expect(embeddedFiles.map(\.path).sorted() == onDisk.map(\.name).sorted())
    for (name, bytes) in onDisk {
      #expect(
        embeddedFiles.first { $0.path == name }.map { Array($0.text.utf8) } == bytes, "\(name)")
    }
  }

  @Test("Every fixture reads, tells its story and its source, and has a control run")
  func allRead() throws {
    let library = try FixtureLibrary.embedded()
    for fixture in library.fixtures {
      #expect(!fixture.title.isEmpty && !fixture.story.isEmpty, "\(fixture.name)")
      #expect(!fixture.source.isEmpty, "\(fixture.name)")
      #expect(fixture.runs.contains { $0.isControl }, "\(fixture.name)")
      #expect(
        fixture.runs.allSatisfy { $0.options.contains("--timeout") },
        "\(fixture.name) must bound its waits")
      #expect(
        fixture.message.isEmpty || fixture.runs.contains { $0.options.contains("--data") },
        "\(fixture.name) has a message that no run sends")
    }
  }

  @Test("Every stage of a session has its silent stop, half reply, FIN and RST")
  func families() throws {
    let names = Set(try FixtureLibrary.embedded().fixtures.map(\.name))
    let stages = [
      "banner", "ehlo", "starttls", "tls", "mail", "rcpt", "data", "body", "dot", "quit",
    ]
    for stage in stages {
      #expect(names.contains("silent-at-\(stage)"))
      #expect(names.contains("fin-at-\(stage)"))
      #expect(names.contains("rst-at-\(stage)"))
      // Content has no reply that could be cut.
      #expect(names.contains("half-reply-at-\(stage)") == (stage != "body"))
    }
    for name in ["healthy", "healthy-starttls", "healthy-tls", "reseg-513"] {
      #expect(names.contains(name))
    }
  }
}
