import Diagnosis
import FoundationEssentials
import SessionTrace
import Testing

@Suite("The catalogue")
struct CatalogueTests {
  @Test("Every family has its entries, numbered without a gap")
  func families() {
    let sizes: [CatalogueFamily: Int] = [
      .segmentation: 7, .localHold: 3, .path: 17, .greeting: 13, .envelope: 9, .content: 10,
      .closing: 5, .security: 9, .routing: 7,
    ]
    for family in CatalogueFamily.allCases {
      let codes = Catalogue.entries.filter { $0.family == family }.map(\.code)
      #expect(codes == (1...(sizes[family] ?? 0)).map { "\(family.rawValue)\($0)" })
    }
    #expect(Catalogue.entries.count == 80)
  }

  @Test("No two entries answer to the same name")
  func names() {
    let names = Catalogue.entries.flatMap(\.names) + Catalogue.remarks.map(\.id)
    #expect(Set(names).count == names.count)
    for id in Catalogue.entries.map(\.id) + Catalogue.remarks.map(\.id) {
      #expect(
        id.utf8.allSatisfy {
          (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        },
        "\(id)")
    }
  }

  @Test("An entry tells the whole story in plain ASCII", arguments: Catalogue.entries)
  func wholeStory(entry: CatalogueEntry) {
    let remedies = [
      entry.remedies.exim, entry.remedies.postfix, entry.remedies.kernel, entry.remedies.receiver,
    ].joined()
    let words = remedies.flatMap { [$0.setting, $0.text].compactMap { $0 } }
    for text in [entry.title, entry.mechanism, entry.signature, entry.experiment] + entry.sources
      + words
    {
      #expect(!text.isEmpty && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(text)")
      #expect(!text.contains("  ") && text.first != " " && text.last != " ", "\(text)")
    }
    #expect(entry.title.utf8.count <= 80 && entry.title.last != ".")
    #expect(entry.mechanism.count > entry.title.count)
    #expect(!remedies.isEmpty && !entry.sources.isEmpty)
    #expect(remedies.allSatisfy { $0.setting != nil || $0.text != nil })
  }

  @Test("What looks alike looks alike from both sides", arguments: Catalogue.entries)
  func twins(entry: CatalogueEntry) throws {
    #expect(!entry.twins.contains(entry.id))
    for id in entry.twins {
      let twin = try #require(Catalogue.entries.first { $0.id == id }, "\(id)")
      #expect(twin.twins.contains(entry.id), "\(id)")
    }
  }

  @Test("A remark points to entries")
  func remarks() {
    for remark in Catalogue.remarks {
      #expect(!remark.entries.isEmpty)
      #expect(remark.entries.allSatisfy { Catalogue.entry(id: $0) != nil }, "\(remark.id)")
      #expect(remark.text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  @Test("Every id that a hazard can have is explained")
  func hazards() throws {
    var trace = Trace(
      startedAt: "", arguments: [], target: TargetRecord(given: "a", host: "a", port: 25))
    trace.violations = Violation.Kind.allCases.map {
      Violation(kind: $0, stage: .mail, at: 0, bytes: "", isFatal: false)
    }
    var ids = Diagnosis.hazards(of: trace).map(\.id)
    // Rules that no one trace can satisfy together: read from the source, so that a new one counts too.
    let folder =
      "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
      + "/Sources/Diagnosis"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasPrefix("Hazards") {
      let source = try String(contentsOf: URL(filePath: folder + "/" + name), encoding: .utf8)
      ids += source.split(separator: "id: \"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
    #expect(ids.count > 10)
    for id in ids { #expect(Catalogue.explains(id), "\(id)") }
  }

  @Test(
    "An entry is found by id, code and alias in any case",
    arguments: [
      ("reseg-boundary-loss", "A1"), ("Reseg-Boundary-LOSS", "A1"), ("a1", "A1"), ("P17", "P17"),
      ("port25-blocked", "P17"), ("mx-loop", "I2"), ("p1", "P1"), ("A", nil), ("", nil),
      ("A1 ", nil), ("reseg", nil),
    ] as [(String, String?)])
  func lookup(name: String, code: String?) {
    #expect(Catalogue.entry(id: name)?.code == code)
  }

  @Test(
    "A search puts the entry that the words name first",
    arguments: [
      ("reseg", "A1"), ("asterisks greeting", "D1"), ("tfo conntrack", "P1"), ("greylist", "D12"),
      ("binary zero", "F1"), ("clienthello 256", "H2"), ("hosts_try_fastopen conntrack", "P1"),
      ("null mx", "I3"), ("QUIT 221", "G1"),
    ])
  func search(words: String, code: String) {
    #expect(Catalogue.search(words).first?.code == code)
  }

  @Test("A search finds only entries with every word")
  func everyWord() {
    let one = Set(Catalogue.search("pipelining").map(\.id))
    let both = Set(Catalogue.search("pipelining TLS").map(\.id))
    #expect(both.contains("tls-buffering-loss"))
    #expect(both.isStrictSubset(of: one))
    #expect(Catalogue.search("pipelining xyzzy").isEmpty)
    #expect(Catalogue.search(" - ").isEmpty)
  }

  @Test(
    "A slip of the finger is forgiven",
    arguments: [
      ("reseg-bondary-los", "reseg-boundary-loss"), ("boundary-reseg", "reseg-boundary-loss"),
      ("grelisting", "greylisting"), ("tfo-syn-droped", "tfo-syn-dropped"),
      ("pmtu-blackhole-foward", "pmtu-blackhole-forward"),
    ])
  func suggestions(typed: String, id: String) {
    #expect(Catalogue.suggestions(for: typed).first?.id == id)
    #expect(Catalogue.suggestions(for: typed).count <= 5)
  }

  @Test("Nothing is suggested for nothing", arguments: ["", "-", "xyzzy", "\u{1B}[31m"])
  func noSuggestion(typed: String) {
    #expect(Catalogue.suggestions(for: typed).isEmpty)
  }
}

@Suite("A remedy")
struct RemedyTests {
  @Test("is filled in with names, and with nothing else")
  func filled() {
    let remedy = Remedy.setting(
      "hosts_avoid_pipelining = <host>", "See <address> and <domain>.")
    #expect(remedy.filled(for: RemedyPlace()) == remedy)
    let place = RemedyPlace(
      host: "*.example.com", address: "192.0.2.25", domain: "example.org")
    #expect(
      remedy.filled(for: place)
        == .setting("hosts_avoid_pipelining = *.example.com", "See 192.0.2.25 and example.org."))
    #expect(RemedyPlace(host: "2001:db8::25").fill("<host>") == "2001::db8::::25")
    #expect(RemedyPlace(address: "2001:db8::25").fill("<address>") == "2001:db8::25")
  }

  @Test(
    "keeps its placeholder where a name is none",
    arguments: [
      "", "a b", "a\nhosts = *", "a;b", "a : *", "\u{1B}[31m", "<host>", "b\u{E9}", "a'b",
      "${run{x}}",
      String(repeating: "a", count: 256),
    ])
  func hostile(name: String) {
    #expect(RemedyPlace(host: name).fill("hosts = <host>") == "hosts = <host>")
  }
}

extension CatalogueEntry: CustomTestStringConvertible {
  package var testDescription: String { id }
}
