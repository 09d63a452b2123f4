import Testing

@testable import Lab

@Suite("Words about the network")
struct NetworkParserTests {
  @Test("A fixture without a word about it has no network")
  func none() throws {
    #expect(try fixture("Run: --timeout 1s\n    ok@data").network == nil)
  }

  @Test("What always holds and what the fault adds are kept apart")
  func sections() throws {
    let network = try #require(
      try fixture(
        """
        Network:
            router has MTU 1280 towards the server
            client has net.ipv4.tcp_rmem = 4096 87380 200000
        Network fault:
            router sends no ICMP
            path drops SYNs
            client nft "ct mark 1 drop" on input
        Run: --timeout 1s
            ok@data
        """
      ).network)
    #expect(network.sound.routerMTU == [.toServer: 1280])
    #expect(
      network.sound.sysctls == [
        KernelSetting(host: .client, name: "net.ipv4.tcp_rmem", value: "4096 87380 200000")
      ])
    #expect(!network.sound.routerSendsNoICMP && network.sound.pathRules.isEmpty)
    #expect(network.faulty.routerMTU == [.toServer: 1280] && network.faulty.routerSendsNoICMP)
    #expect(network.faulty.pathRules == [PathRule(.drop, PacketSelection(kind: .syn))])
    #expect(
      network.faulty.filters == [
        FilterRule(host: .client, hook: "input", rule: "ct mark 1 drop", line: 11)
      ])
    #expect(network.script(faultsEnabled: true) == network.faulty)
    #expect(network.script(faultsEnabled: false) == network.sound)
  }

  @Test("Each word about a packet narrows the selection", arguments: Selected.rows)
  func packets(_ row: Selected) throws {
    let rule = try #require(try readPathRule(line("path drops \(row.words)")))
    #expect(rule == PathRule(.drop, row.selection))
  }

  @Test(
    "Each thing the path can do is understood around its packets",
    arguments: [
      ("path delays packets by 25ms", PathEffect.delay(25_000)),
      ("path strips window scaling from SYN-ACKs", .strip(.windowScaling)),
      ("path strips SACK from SYNs", .strip(.sackPermitted)),
      ("path strips timestamps from SYNs", .strip(.timestamps)),
      ("path strips Fast Open from SYNs", .strip(.fastOpen)),
      ("path sets the window of packets towards the client to 0", .setWindow(0)),
      ("path shifts the SACK blocks of packets by 1000", .shiftSACK(1000)),
      ("path sets the timestamps of packets back by 7", .setTimestampsBack(7)),
      ("path answers data packets beyond byte 9 with a reset", .reset),
      ("path answers SYNs with ICMP host unreachable", .unreachable(.host)),
      ("path answers SYNs with ICMP port unreachable", .unreachable(.port)),
      ("path answers SYNs with ICMP prohibited", .unreachable(.prohibited)),
    ])
  func effects(words: String, effect: PathEffect) throws {
    #expect(try readPathRule(line(words))?.effect == effect)
  }

  @Test("Every word that is listed as known is understood")
  func listedAreUnderstood() throws {
    for pattern in networkPhrases.map(\.pattern) + pathPhrases.map(\.pattern) {
      let words = pattern.split(separator: " ").map { word in
        switch word {
        case "N": "1280"
        case "T": "5ms"
        case "TEXT": "\"accept\""
        case "NAME": pattern.contains(" = ") ? "net.ipv4.tcp_sack" : "input"
        case "REST": "0"
        case "PACKETS": "every 3rd data packet towards the client over IPv6"
        default: String(word)
        }
      }
      var parser = NetworkParser()
      try parser.read([line(words.joined(separator: " "))])
      #expect(parser.script != NetworkScript(), "\(pattern)")
    }
  }

  @Test(
    "An error names the line, the words known there, and the mend",
    arguments: [
      ("router sends no ICPM", "did you mean \"router sends no ICMP\"?", "path drops PACKETS"),
      ("path eats packets", "as a word about the network", "path drops PACKETS"),
      ("path drops pakets", "I do not know which packets \"pakets\" are", "SYNs/SYN"),
      ("path drops every 0th packet", "which packets \"every 0th packet\" are", "every Nth"),
      ("path drops SYNs at night", "what \"at night\" says about packets", "over IPv6"),
      ("path drops every 1st packet", "write \"every 2nd\" or more", "every Nth"),
      ("path drops packets to the server", "did you mean \"towards the server\"?", "over IPv6"),
      ("client forgot a connection from port 0", "give 1 to 65535", nil),
      ("C: MAIL", "C: lines stand under \"Server:\" and \"Fault:\"", "path drops PACKETS"),
      ("router has MTU 9000 towards the server", "give 68 to 1500", nil),
      ("client has kernel.hostname = x", "name one that begins with net.", nil),
      ("client has net.ipv4/../../x = 1", "name one that begins with net.", nil),
      ("server nft \"drop\" on top", "I do not know \"top\" as a hook of nft", "postrouting"),
    ] as [(String, String, String?)])
  func mistakes(words: String, text: String, known: String?) throws {
    let error = try #require(throws: FixtureError.self) {
      try fixture("Network:\n    \(words)\nRun: --timeout 1s\n    ok")
    }
    #expect(error.line == 6 && "\(error)".contains(text), "\(error)")
    #expect(known.map(error.known.contains) ?? true, "\(error)")
  }

  private func fixture(_ sections: String) throws -> Fixture {
    try #require(
      try parseFixtures(path: "path/x.smtp", text: "Title\n\nSource: none.\n\n" + sections).first)
  }

  private func line(_ words: String) -> SourceLine {
    SourceLine(file: "path/x.smtp", number: 1, text: words)
  }
}

/// Words about packets and what they select.
struct Selected: Sendable, CustomTestStringConvertible {
  let words: String
  let selection: PacketSelection
  var testDescription: String { words }

  init(
    _ words: String, _ kind: PacketSelection.Kind,
    _ narrow: (inout PacketSelection) -> Void = { _ in }
  ) {
    self.words = words
    var selection = PacketSelection(kind: kind)
    narrow(&selection)
    self.selection = selection
  }

  static let rows = [
    Selected("packets", .any),
    Selected("SYNs that ask for Fast Open", .syn) { $0.asksForFastOpen = true },
    Selected("SYNs that ask for ECN", .syn) { $0.asksForECN = true },
    Selected("resets towards the client", .reset) { $0.heading = .toClient },
    Selected("SYN-ACKs over IPv6", .synAck) { $0.isIPv6 = true },
    Selected("ICMP towards the server", .icmp) { $0.heading = .toServer },
    Selected("every 5th data packet towards the client", .data) {
      $0.every = 5
      $0.heading = .toClient
    },
    Selected("every 2nd SYN", .syn) { $0.every = 2 },
    Selected("packets longer than 1300 bytes", .any) { $0.longerThan = 1300 },
    Selected("data packets containing \"a b\"", .data) { $0.containing = Array("a b".utf8) },
    Selected("packets beyond byte 66000", .any) { $0.beyondByte = 66_000 },
    Selected("data packets beyond the unscaled window", .data) { $0.beyondUnscaledWindow = true },
    Selected("packets after 600ms of silence", .any) { $0.afterSilence = 600_000 },
  ]
}
