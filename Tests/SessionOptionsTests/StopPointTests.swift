import SessionOptions
import Testing

@Suite("Stops")
struct StopPointTests {
  @Test(
    "swaks' words for a stop are known, in any case",
    arguments: [
      ("connect", StopPoint.banner), ("BANNER", .banner), ("first-helo", .firstHelo),
      ("FIRST-EHLO", .firstHelo), ("starttls", .tls), ("TLS", .tls), ("helo", .helo),
      ("Ehlo", .helo), ("auth", .auth), ("mail", .mail), ("FROM", .mail), ("rcpt", .rcpt),
      ("to", .rcpt),
      ("data", .data), ("dot", .dot),
    ])
  func knowsStops(_ word: String, _ stop: StopPoint) throws {
    #expect(try StopPoint(option: word) == stop)
    #expect(StopPoint.choices.contains(word.lowercased()))
  }

  @Test("Other words are no stop", arguments: ["", "quit", "first_helo", "mail ", "auth "])
  func refusesStops(_ word: String) {
    #expect(throws: OptionWordError.self) { try StopPoint(option: word) }
  }

  @Test("The list of stops holds each word once, and knows them all")
  func listsStops() {
    #expect(Set(StopPoint.choices).count == StopPoint.choices.count)
    #expect(StopPoint.choices.allSatisfy { (try? StopPoint(option: $0)) != nil })
  }
}
