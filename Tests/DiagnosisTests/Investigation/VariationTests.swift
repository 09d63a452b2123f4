@testable import Diagnosis
import SMTPDialogue
import SessionOptions
import SessionTrace
import Testing

/// What each variation says of itself.
@Suite("A variation")
struct VariationTests {
  /// One of each factory.
  static let all: [Variation] =
    [
      .pipeliningOff, .envelopeSize(512), .largerEnvelope(512), .bareEnvelope, .recipients(2),
      .recipientAlone(2), .ignoredKeyword("SIZE"), .withoutParameters, .ehloSize(512), .noPregreet,
      .uncut,
      .wholeCommands,
      .cutBetweenCRLF, .cutInsideCommand(3), .cutInsideContent(3), .cutAtEndOfData(2), .cutAt(512),
      .fastOpenOff, .noDelay, .segmentSize(512), .fragmentation, .stopAndWait(512), .keepalive,
      .ipv4, .ipv6, .anyPort, .address("192.0.2.25"), .plainMessage, .messageSize(512),
      .dataCommand, .tlsOff, .tlsLenient, .tlsUnverified, .withoutMTASTS, .helloSize(512),
      .helloCut,
      .recordSize(512), .patience(.seconds(120)), .nudge, .hops, .tls12, .noServerName,
      .finishedAlone, .earlyQuit, .earlyFIN, .recipient("postmaster@example.org"),
      .sender("a@example.org"),
      .ehloName("[192.0.2.7]"), .proxy(.v1), .tlsImplicit,
    ] + MessageMend.allCases.map(Variation.mended)

  private static var control: Control {
    var trace = Trace.envelope(fails: true)
    trace.options["to"] = .text("a@example.org,b@example.org")
    trace.tls = nil
    return Control(
      trace: trace, verdict: verdict(of: trace),
      subject: Subject(
        message: .of("x\r\n", size: 3_000), addresses: ["192.0.2.1", "2001:db8::1"]))
  }

  @Test("is another one when a word of it is another")
  func equality() {
    #expect(Set(Self.all).count == Self.all.count)
    #expect(Variation.envelopeSize(512) == .envelopeSize(512))
    #expect(Variation.envelopeSize(512) != .envelopeSize(514))
    #expect(Variation.envelopeSize(512) != .largerEnvelope(512))
  }

  @Test("changes one session into another, and not into one that excludes itself", arguments: all)
  func changes(variation: Variation) throws {
    // A user who asked for what most of them undo.
    var given = SessionOptions()
    given.to = ["a@example.org", "b@example.org", "c@example.org"]
    given.split = .sizes([.bytes(513)])
    given.pregreet = true
    given.mailParam = [try ESMTPParameter(option: "RET=HDRS")]
    given.chunking = .on
    given.tlsVerify = true
    given.mtaSTS = true
    given.socket.localPort = 4_711
    given.socket.noDelay = false
    given.socket.fastOpen = .data
    given.data = "m.eml"
    var varied = given
    try variation.change(&varied, beside: Self.control)
    #expect(varied != given)
    try varied.check()
  }

  @Test(
    "that is a workaround has remedies in the catalogue", arguments: all.filter { $0.remedy != nil }
  )
  func remedies(variation: Variation) throws {
    let entry = try #require(variation.remedy.flatMap(Catalogue.cause))
    let own = entry.remedies
    #expect(!(own.exim + own.postfix + own.kernel).isEmpty)
  }

  @Test(
    "that only observes is named by the option that it sets", arguments: all.filter(\.onlyObserves))
  func observes(variation: Variation) throws {
    var options = SessionOptions()
    try variation.change(&options, beside: Self.control)
    #expect(options.recorded[variation.name] == .flag(true))
    #expect(variation.observation?.rawValue == variation.name)
  }

  @Test("leaves known what it makes of the session")
  func learns() {
    func learned(_ variation: Variation) -> Subject {
      var subject = Self.control.subject
      variation.learn(&subject)
      return subject
    }
    #expect(learned(.ipv6).addresses == ["2001:db8::1"])
    #expect(learned(.address("192.0.2.9")).addresses == ["192.0.2.9"])
    #expect(learned(.messageSize(70)).message?.size == 70)
    #expect(learned(.patience(.seconds(120))).patience == .seconds(120))
    #expect(learned(.pipeliningOff) == Self.control.subject)
  }
}
