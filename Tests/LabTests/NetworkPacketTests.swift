import Testing

@testable import Lab

@Suite("Packets on the path")
struct NetworkPacketTests {
  @Test("A segment is read as it was made", arguments: [false, true])
  func reads(isIPv6: Bool) throws {
    let sample = SampleSegment {
      $0.isIPv6 = isIPv6
      $0.options = SampleSegment.timestamps
      $0.payload = Array("EHLO".utf8)
      $0.sequence = 0xFFFF_FFFE
    }
    let packet = try #require(Packet(frame: sample.frame))
    let segment = try #require(packet.segment)
    #expect(packet.isIPv6 == isIPv6 && packet.isSealed)
    #expect(packet.length == (isIPv6 ? 40 : 20) + 32 + 4)
    #expect(segment.sourcePort == 40_000 && segment.destinationPort == 25)
    #expect(segment.window == 1000 && segment.payloadLength == 4)
    #expect(segment.endSequence == 2)
    #expect(Array(packet.payload) == Array("EHLO".utf8))
    #expect(packet.option(.timestamps)?.length == 10 && packet.option(.fastOpen) == nil)
  }

  @Test("A frame that is cut anywhere, or lies in any byte, is read without harm")
  func survives() {
    for isIPv6 in [false, true] {
      let frame = SampleSegment {
        $0.isIPv6 = isIPv6
        $0.options = SampleSegment.sack
        $0.payload = [1, 2, 3]
      }.frame
      let rules: [PathEffect] = [
        .strip(.sackBlocks), .shiftSACK(5), .setTimestampsBack(5), .setWindow(0), .reset,
      ]
      for effect in rules {
        var path = PacketPath(rules: [PathRule(effect, PacketSelection())])
        for end in 0...frame.count {
          #expect(path.receive(Array(frame[..<end]), heading: .toServer, now: 0).count <= 1)
        }
        for index in frame.indices {
          for value in [UInt8(0), 1, 0x40, 0x7F, 0xF0, 0xFF] {
            var lie = frame
            lie[index] = value
            #expect(path.receive(lie, heading: .toServer, now: 0).count <= 1)
          }
        }
      }
    }
  }

  @Test(
    "A change leaves the lengths alone and the checksum right",
    arguments: [
      (PathEffect.strip(.windowScaling), SampleSegment.windowScaling, [1, 1, 1, 1]),
      (.strip(.timestamps), SampleSegment.timestamps, [UInt8](repeating: 1, count: 12)),
      (.strip(.fastOpen), SampleSegment.fastOpenRequest, [1, 1, 1, 1]),
      (.shiftSACK(156), SampleSegment.sack, [1, 1, 5, 10, 0, 0, 1, 0, 0, 0, 1, 100]),
      (.shiftSACK(-101), SampleSegment.sack, [1, 1, 5, 10, 255, 255, 255, 255, 0, 0, 0, 99]),
      (
        .setTimestampsBack(1), SampleSegment.timestamps, [1, 1, 8, 10, 0, 0, 0, 255, 0, 0, 0, 9]
      ),
      (.strip(.sackBlocks), SampleSegment.timestamps, SampleSegment.timestamps),
    ] as [(PathEffect, [UInt8], [UInt8])])
  func changes(effect: PathEffect, options: [UInt8], result: [UInt8]) throws {
    for isIPv6 in [false, true] {
      let frame = SampleSegment {
        $0.isIPv6 = isIPv6
        $0.options = options
        $0.payload = [7]
      }.frame
      var path = PacketPath(rules: [PathRule(effect, PacketSelection())])
      let sent = try #require(path.receive(frame, heading: .toServer, now: 0).first)
      let packet = try #require(Packet(frame: sent.frame))
      let segment = try #require(packet.segment)
      #expect(packet.isSealed && sent.frame.count == frame.count)
      #expect(Array(packet.bytes[(segment.header + 20)..<segment.payload]) == result)
    }
  }

  @Test("The window becomes what the rule says")
  func window() throws {
    var path = PacketPath(rules: [PathRule(.setWindow(513), PacketSelection())])
    let sent = path.receive(SampleSegment().frame, heading: .toServer, now: 0)
    let packet = try #require(sent.first.flatMap { Packet(frame: $0.frame) })
    #expect(packet.segment?.window == 513 && packet.isSealed)
  }

  @Test("A reset comes from the other end, with numbers that its receiver believes")
  func reset() throws {
    let rows: [(SampleSegment, UInt32, UInt32, UInt8)] = [
      // RFC 9293 section 3.5.2: a segment with an ACK is reset at the number it acknowledges.
      (
        SampleSegment {
          $0.payload = [1, 2]
          $0.acknowledgement = 77
        }, 77, 0, SegmentPlaces.rst
      ),
      (
        SampleSegment {
          $0.flags = SegmentPlaces.syn
          $0.sequence = 500
        }, 0, 501, SegmentPlaces.rst | SegmentPlaces.ack
      ),
    ]
    for (sample, sequence, acknowledgement, flags) in rows {
      var path = PacketPath(rules: [PathRule(.reset, PacketSelection())])
      let answer = try #require(path.receive(sample.frame, heading: .toServer, now: 3).first)
      #expect(answer.heading == .toClient && answer.at == 3)
      let packet = try #require(Packet(frame: answer.frame))
      let segment = try #require(packet.segment)
      #expect(segment.sequence == sequence && segment.acknowledgement == acknowledgement)
      #expect(segment.flags == flags && packet.isSealed)
      #expect(segment.sourcePort == 25 && segment.destinationPort == 40_000)
      #expect(Array(packet.addresses.destination) == [192, 0, 2, 2])
      #expect(Array(answer.frame[..<6]) == [2, 2, 2, 2, 2, 2])
      var again = PacketPath(rules: [PathRule(.reset, PacketSelection())])
      #expect(again.receive(answer.frame, heading: .toClient, now: 4).isEmpty)
    }
  }

  @Test(
    "An ICMP error comes from the router and quotes the packet",
    arguments: [
      (Unreachable.host, false, 3, 1), (.port, false, 3, 3), (.prohibited, false, 3, 13),
      (.host, true, 1, 3), (.port, true, 1, 4), (.prohibited, true, 1, 1),
    ] as [(Unreachable, Bool, UInt8, UInt8)])
  func unreachable(what: Unreachable, isIPv6: Bool, type: UInt8, code: UInt8) throws {
    let sample = SampleSegment {
      $0.isIPv6 = isIPv6
      $0.payload = [UInt8](repeating: 9, count: 1400)
    }
    var path = PacketPath(rules: [PathRule(.unreachable(what), PacketSelection())])
    let answer = try #require(path.receive(sample.frame, heading: .toServer, now: 0).first)
    let packet = try #require(Packet(frame: answer.frame))
    #expect(packet.isICMP && packet.isSealed && answer.heading == .toClient)
    #expect(packet.length <= (isIPv6 ? 1280 : 576))
    let start = packet.ipEnd
    #expect(packet.bytes[start] == type && packet.bytes[start + 1] == code)
    #expect(
      packet.bytes[(start + 8)..<(start + 48)].elementsEqual(
        sample.frame[Packet.linkHeader...].prefix(40)))
    #expect(
      Array(packet.addresses.source)
        == (isIPv6 ? NetworkAddresses.router6 : NetworkAddresses.router4))
    #expect(path.receive(answer.frame, heading: .toClient, now: 0).isEmpty)
  }
}
