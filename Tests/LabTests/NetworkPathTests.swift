import Testing

@testable import Lab

@Suite("The path's rules")
struct NetworkPathTests {
  @Test("A frame that is no IP packet, or keeps a link alive, passes whatever the rules say")
  func linkTraffic() {
    let arp: [UInt8] = [UInt8](repeating: 0, count: 12) + [8, 6] + [UInt8](repeating: 0, count: 28)
    var neighbour = SampleSegment { $0.isIPv6 = true }.frame
    neighbour[20] = 58
    neighbour[54] = 135
    for frame in [arp, neighbour, []] {
      var path = PacketPath(rules: [PathRule(.drop, PacketSelection())])
      let sent = path.receive(frame, heading: .toClient, now: 5)
      #expect(sent == [PacketPath.Departure(frame: frame, heading: .toClient, at: 5)])
    }
  }

  @Test("Without a rule that means it, a packet passes as it is")
  func passes() {
    let frame = SampleSegment().frame
    var path = PacketPath(rules: [PathRule(.drop, PacketSelection(kind: .icmp))])
    #expect(
      path.receive(frame, heading: .toServer, now: 1)
        == [PacketPath.Departure(frame: frame, heading: .toServer, at: 1)])
  }

  @Test("A rule means the packets it names and no others", arguments: Choice.rows)
  func chooses(_ row: Choice) {
    for (sample, isMeant) in row.samples {
      var path = PacketPath(rules: [PathRule(.drop, row.selection)])
      let sent = path.receive(sample.frame, heading: sample.heading, now: 0)
      #expect(sent.isEmpty == isMeant)
    }
  }

  @Test("One in so many is the last of each group, and delays add up")
  func everyAndDelay() {
    var every = PacketSelection(kind: .data)
    every.every = 3
    var path = PacketPath(rules: [
      PathRule(.delay(10), PacketSelection()), PathRule(.delay(5), every),
    ])
    let frame = SampleSegment { $0.payload = [1] }.frame
    let moments = (0..<6).map { path.receive(frame, heading: .toServer, now: $0).first?.at }
    #expect(moments == [10, 11, 17, 13, 14, 20])
  }

  @Test("Bytes are counted from the one behind the SYN, over the end of the number space too")
  func offsets() {
    var beyond = PacketSelection(kind: .data)
    beyond.beyondByte = 10
    var path = PacketPath(rules: [PathRule(.drop, beyond)])
    func passes(_ change: (inout SampleSegment) -> Void) -> Bool {
      let sample = SampleSegment(change)
      return !path.receive(sample.frame, heading: sample.heading, now: 0).isEmpty
    }
    #expect(passes { ($0.flags, $0.sequence) = (SegmentPlaces.syn, 0xFFFF_FFFB) })
    #expect(passes { ($0.sequence, $0.payload) = (0xFFFF_FFFC, [UInt8](repeating: 1, count: 10)) })
    #expect(!passes { ($0.sequence, $0.payload) = (5, [1, 2]) })
    #expect(passes { $0.sequence = 8 }, "an acknowledgement has no bytes")
    // The other direction has numbers of its own, and another connection, too.
    #expect(
      passes {
        ($0.heading, $0.flags, $0.sequence) = (
          .toClient, SegmentPlaces.syn | SegmentPlaces.ack, 100
        )
      })
    #expect(passes { ($0.heading, $0.sequence, $0.payload) = (.toClient, 101, [1]) })
    #expect(passes { ($0.clientPort, $0.sequence, $0.payload) = (40_001, 50, [1, 2]) })
  }

  @Test("A router that does not scale windows takes the field at its word")
  func unscaledWindow() {
    var beyond = PacketSelection(kind: .data)
    beyond.beyondUnscaledWindow = true
    var path = PacketPath(rules: [PathRule(.drop, beyond)])
    func passes(_ sample: SampleSegment) -> Bool {
      !path.receive(sample.frame, heading: sample.heading, now: 0).isEmpty
    }
    let flight = [UInt8](repeating: 1, count: 64)
    #expect(
      passes(SampleSegment { ($0.sequence, $0.payload) = (1, flight) }), "nobody has spoken yet")
    let window = SampleSegment {
      ($0.heading, $0.acknowledgement, $0.window) = (.toClient, 65, 100)
    }
    #expect(passes(window))
    #expect(passes(SampleSegment { ($0.sequence, $0.payload) = (65, flight) }))
    #expect(!passes(SampleSegment { ($0.sequence, $0.payload) = (129, flight) }))
    #expect(passes(SampleSegment { ($0.sequence, $0.payload) = (101, flight) }))
  }

  @Test("Silence is noticed whoever ends it, and never forgiven until the next SYN")
  func silence() {
    var after = PacketSelection()
    after.afterSilence = 100
    after.heading = .toServer
    var path = PacketPath(rules: [PathRule(.drop, after)])
    func passes(_ heading: Heading, at now: Int64, _ flags: UInt8 = SegmentPlaces.ack) -> Bool {
      let frame = SampleSegment { ($0.heading, $0.flags) = (heading, flags) }.frame
      return !path.receive(frame, heading: heading, now: now).isEmpty
    }
    #expect(passes(.toServer, at: 0, SegmentPlaces.syn))
    #expect(passes(.toServer, at: 99))
    #expect(passes(.toClient, at: 199))
    #expect(!passes(.toServer, at: 200))
    #expect(!passes(.toServer, at: 201))
    let next = SampleSegment { ($0.flags, $0.sequence) = (SegmentPlaces.syn, 9_000) }.frame
    #expect(!path.receive(next, heading: .toServer, now: 202).isEmpty)
  }
}

/// A rule's packets, and some that it means and does not.
struct Choice: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let selection: PacketSelection
  let samples: [(SampleSegment, isMeant: Bool)]

  init(
    _ name: String, _ kind: PacketSelection.Kind, _ samples: [(SampleSegment, isMeant: Bool)],
    _ narrow: (inout PacketSelection) -> Void = { _ in }
  ) {
    testDescription = name
    var selection = PacketSelection(kind: kind)
    narrow(&selection)
    self.selection = selection
    self.samples = samples
  }

  private static let syn = SampleSegment { $0.flags = SegmentPlaces.syn }
  private static let synAck = SampleSegment {
    ($0.flags, $0.heading) = (SegmentPlaces.syn | SegmentPlaces.ack, .toClient)
  }
  private static let data = SampleSegment { $0.payload = Array("some XXXXX here".utf8) }
  private static let reset = SampleSegment { $0.flags = SegmentPlaces.rst }
  private static let bare = SampleSegment()

  static let rows = [
    Choice("any", .any, [(syn, true), (data, true), (bare, true)]),
    Choice("SYNs", .syn, [(syn, true), (synAck, false), (data, false)]),
    Choice("SYN-ACKs", .synAck, [(syn, false), (synAck, true), (bare, false)]),
    Choice("resets", .reset, [(reset, true), (bare, false), (syn, false), (data, false)]),
    Choice("data", .data, [(data, true), (bare, false), (syn, false)]),
    Choice("ICMP", .icmp, [(data, false), (syn, false)]),
    Choice("towards the client", .any, [(synAck, true), (syn, false)]) { $0.heading = .toClient },
    Choice("longer", .any, [(data, true), (bare, false)]) { $0.longerThan = 40 },
    Choice(
      "IPv6", .any,
      [
        (bare, false), (SampleSegment { $0.isIPv6 = true }, true),
      ]
    ) { $0.isIPv6 = true },
    Choice("containing", .any, [(data, true), (bare, false)]) {
      $0.containing = Array("XXXXX".utf8)
    },
    Choice(
      "Fast Open", .syn,
      [
        (syn, false),
        (
          SampleSegment {
            ($0.flags, $0.options) = (SegmentPlaces.syn, SampleSegment.fastOpenRequest)
          }, true
        ),
      ]
    ) { $0.asksForFastOpen = true },
    Choice(
      "ECN", .syn,
      [
        (syn, false),
        (
          SampleSegment { $0.flags = SegmentPlaces.syn | SegmentPlaces.ece }, false
        ),
        (
          SampleSegment {
            $0.flags = SegmentPlaces.syn | SegmentPlaces.ece | SegmentPlaces.cwr
          }, true
        ),
      ]
    ) { $0.asksForECN = true },
  ]
}
