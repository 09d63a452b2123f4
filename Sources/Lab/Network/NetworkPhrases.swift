/// What a line of `Network:` says, apart from those about the path.
enum NetworkSentence: Equatable, Sendable {
  case routerMTU(Int, Heading)
  case routerSendsNoICMP
  case routerEndsTCP
  case serverGrantsCookies
  case serverForgetsCookies
  case clientHasCookie
  case clientForgotConnection(Int)
  case sysctl(KernelSetting)
  case filter(FilterRule)
}

/// The words for them.
let networkPhrases: [Phrase<NetworkSentence>] =
  [
    Phrase("router has MTU N towards the server") { .routerMTU($0.numbers[0], .toServer) },
    Phrase("router has MTU N towards the client") { .routerMTU($0.numbers[0], .toClient) },
    Phrase("router sends no ICMP") { _ in .routerSendsNoICMP },
    Phrase("router ends TCP in the server's place") { _ in .routerEndsTCP },
    Phrase("server grants Fast Open cookies") { _ in .serverGrantsCookies },
    Phrase("server forgets its Fast Open cookies") { _ in .serverForgetsCookies },
    Phrase("client has a Fast Open cookie") { _ in .clientHasCookie },
    Phrase("client forgot a connection from port N") { .clientForgotConnection($0.numbers[0]) },
  ]
  + NetworkHost.allCases.flatMap { host in
    [
      Phrase("\(host.rawValue) has NAME = REST") {
        .sysctl(KernelSetting(host: host, name: $0.names[0], value: $0.names[1]))
      },
      Phrase("\(host.rawValue) nft TEXT on NAME") {
        .filter(
          FilterRule(
            host: host, hook: $0.names[0], rule: String(decoding: $0.texts[0], as: UTF8.self),
            line: 0))
      },
    ]
  }

/// What the path does; `PACKETS` stands for the packets it does it to.
let pathPhrases: [Phrase<PathEffect>] = [
  Phrase("path drops PACKETS") { _ in .drop },
  Phrase("path delays PACKETS by T") { .delay($0.times[0]) },
  Phrase("path strips window scaling from PACKETS") { _ in .strip(.windowScaling) },
  Phrase("path strips SACK from PACKETS") { _ in .strip(.sackPermitted) },
  Phrase("path strips timestamps from PACKETS") { _ in .strip(.timestamps) },
  Phrase("path strips Fast Open from PACKETS") { _ in .strip(.fastOpen) },
  Phrase("path sets the window of PACKETS to N") { .setWindow($0.numbers[0]) },
  Phrase("path shifts the SACK blocks of PACKETS by N") { .shiftSACK($0.numbers[0]) },
  Phrase("path sets the timestamps of PACKETS back by N") { .setTimestampsBack($0.numbers[0]) },
  Phrase("path answers PACKETS with a reset") { _ in .reset },
  Phrase("path answers PACKETS with ICMP host unreachable") { _ in .unreachable(.host) },
  Phrase("path answers PACKETS with ICMP port unreachable") { _ in .unreachable(.port) },
  Phrase("path answers PACKETS with ICMP prohibited") { _ in .unreachable(.prohibited) },
]

/// What packets are called; `every Nth` may stand before it.
let packetKindPhrases: [Phrase<PacketSelection.Kind>] = [
  Phrase("packets/packet") { _ in .any },
  Phrase("SYNs/SYN") { _ in .syn },
  Phrase("SYN-ACKs/SYN-ACK") { _ in .synAck },
  Phrase("resets/reset") { _ in .reset },
  Phrase("data packets/packet") { _ in .data },
  Phrase("ICMP") { _ in .icmp },
]

/// A word about packets that narrows a selection.
typealias PacketQualifier = @Sendable (inout PacketSelection) -> Void

/// What may follow, any number of them.
let packetQualifierPhrases: [Phrase<PacketQualifier>] =
  [
    Phrase("towards the server") { _ in { $0.heading = .toServer } },
    Phrase("towards the client") { _ in { $0.heading = .toClient } },
    Phrase("longer than N bytes") { found in { $0.longerThan = found.numbers[0] } },
    Phrase("that ask for Fast Open") { _ in { $0.asksForFastOpen = true } },
    Phrase("that ask for ECN") { _ in { $0.asksForECN = true } },
    Phrase("over IPv6") { _ in { $0.isIPv6 = true } },
    Phrase("containing TEXT") { found in { $0.containing = found.texts[0] } },
    Phrase("beyond byte N") { found in { $0.beyondByte = found.numbers[0] } },
    Phrase("beyond the unscaled window") { _ in { $0.beyondUnscaledWindow = true } },
    Phrase("after N segments shorter than N bytes") { found in
      { $0.afterShort = ShortSegments(count: found.numbers[0], below: found.numbers[1]) }
    },
    Phrase("after T of silence") { found in { $0.afterSilence = found.times[0] } },
  ]
