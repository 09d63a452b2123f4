@testable import Diagnosis
import FoundationEssentials
import SessionTrace
import TestSupport
import Testing

@Suite("The catalogue")
struct CatalogueTests {
  @Test("Every family has its causes, numbered without a gap", arguments: CatalogueFamily.allCases)
  func families(family: CatalogueFamily) {
    let codes = Catalogue.causes.filter { $0.family == family }.map(\.code)
    #expect(!codes.isEmpty && codes == (1...codes.count).map { "\(family.rawValue)\($0)" })
  }

  @Test("No two entries answer to the same name")
  func names() {
    let names = Catalogue.causes.flatMap(\.names) + Catalogue.remarks.map(\.id.rawValue)
    #expect(Set(names).count == names.count)
    for id in (Catalogue.causes.map(\.id) + Catalogue.remarks.map(\.id)).map(\.rawValue) {
      #expect(
        id.utf8.allSatisfy {
          (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        },
        "\(id)")
    }
  }

  @Test("An entry tells the whole story in plain ASCII", arguments: Catalogue.causes)
  func wholeStory(entry: Cause) {
    let remedies = [
      entry.remedies.exim, entry.remedies.postfix, entry.remedies.kernel, entry.remedies.receiver,
    ].joined()
    let words = remedies.flatMap { [$0.setting, $0.text].compactMap { $0 } }
    for text in [entry.title, entry.mechanism, entry.symptoms, entry.experiment] + entry.sources
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

  @Test(
    "Each pair that looks alike stands in one file, and holds for both", arguments: Catalogue.causes
  )
  func twins(cause: Cause) throws {
    #expect(!cause.twins.contains(cause.id))
    #expect(Set(cause.namedTwins).count == cause.namedTwins.count)
    for id in cause.namedTwins {
      let twin = try #require(Catalogue.cause(id), "\(id)")
      #expect(twin.twins.contains(cause.id), "\(id)")
      #expect(!twin.namedTwins.contains(cause.id), "\(id) names it already")
    }
  }

  @Test("A remark points to causes")
  func remarks() {
    for remark in Catalogue.remarks {
      #expect(!remark.causes.isEmpty)
      #expect(remark.causes.allSatisfy { Catalogue.cause($0) != nil }, "\(remark.id)")
      #expect(remark.text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }
  }

  /// The compiler checks that an id which is used is one that a file defines.
  @Test("Every file of a cause or a remark is in the list of entries, and is named after it")
  func files() throws {
    let folder = Repository.path + "/Sources/Diagnosis/Causes"
    var defined: [String] = []
    for family in try FileManager.default.contentsOfDirectory(atPath: folder) {
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(family)") {
        let source = try String(
          contentsOf: URL(filePath: "\(folder)/\(family)/\(name)"), encoding: .utf8)
        let ids = source.split(separator: "rawValue: \"").dropFirst().map {
          String($0.prefix { $0 != "\"" })
        }
        let stem = name.prefix { $0 != "." }.lowercased()
        // A Swift name cannot begin with a digit, as an id may.
        let isNamed = ids.first.map { stem.hasSuffix($0.replacing("-", with: "")) } == true
        #expect(isNamed, "\(name)")
        defined += ids
      }
    }
    let listed = Catalogue.causes.flatMap { [$0.id] + $0.aliases } + Catalogue.remarks.map(\.id)
    #expect(defined.sorted() == listed.map(\.rawValue).sorted())
  }

  @Test(
    "An entry is found by id, code and alias in any case",
    arguments: [
      ("reseg-boundary-loss", "A1"), ("Reseg-Boundary-LOSS", "A1"), ("a1", "A1"), ("P17", "P17"),
      ("port25-blocked", "P17"), ("mx-loop", "I2"), ("p1", "P1"), ("A", nil), ("", nil),
      ("A1 ", nil), ("reseg", nil),
    ] as [(String, String?)])
  func lookup(name: String, code: String?) {
    #expect(Catalogue.cause(named: name)?.code == code)
  }

  @Test(
    "A search puts the entry that the words name first",
    arguments: [
      ("reseg", "A1"), ("asterisks greeting", "D1"), ("tfo conntrack", "P1"), ("greylist", "D12"),
      ("binary zero", "F1"), ("clienthello 256", "H2"), ("hosts_try_fastopen conntrack", "P1"),
      ("null mx", "I3"), ("QUIT 221", "G1"),
    ])
  func search(words: String, code: String) {
    #expect(Catalogue.search(words).first?.cause?.code == code)
  }

  @Test("A search finds only entries with every word")
  func everyWord() {
    let one = Set(Catalogue.search("pipelining").map(\.id))
    let both = Set(Catalogue.search("pipelining TLS").map(\.id))
    #expect(both.contains(.tlsBufferingLoss))
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
    #expect(Catalogue.suggestions(for: typed).first?.id.rawValue == id)
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

extension Cause: CustomTestStringConvertible {
  package var testDescription: String { id.rawValue }
}
