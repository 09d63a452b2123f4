import Diagnosis
import Reporting
import SMTPDialogue
import SessionTrace
import Testing

/// Packets as a packet socket hears them, and what becomes of them in a file.
@Suite("A capture that was recorded")
struct RecordedSessionTests {
  /// When the sample began, nanoseconds since 1970.
  private static let start: Int64 = 1_795_255_331_204_512_000

  /// A TCP packet between two ends, `at` microseconds from the start.
  private static func packet(
    _ text: String, from source: ([UInt8], Int) = us, to destination: ([UInt8], Int) = them,
    sequence: UInt32 = 1_001, flags: UInt8 = 0x18, at moment: Int64 = 100_000,
    on interface: String = "eth0"
  ) -> PacketRecording.Packet {
    let bytes = head(source, destination, sequence, flags, text.utf8.count) + text.utf8
    return PacketRecording.Packet(
      moment: start + moment * 1_000, bytes: bytes, length: bytes.count, interface: interface)
  }

  private static func head(
    _ source: ([UInt8], Int), _ destination: ([UInt8], Int), _ sequence: UInt32, _ flags: UInt8,
    _ length: Int
  ) -> [UInt8] {
    func two(_ value: Int) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
    let ip: [UInt8] = [0x45, 0] + two(40 + length) + [0, 0, 0x40, 0, 64, 6, 0, 0]
    let tcp =
      two(source.1) + two(destination.1) + two(Int(sequence >> 16)) + two(Int(sequence & 0xFFFF))
    return ip + source.0 + destination.0 + tcp + [0, 0, 0, 0, 0x50, flags, 1, 0, 0, 0, 0, 0]
  }

  private static let us: ([UInt8], Int) = ([198, 51, 100, 7], 39_472)
  private static let them: ([UInt8], Int) = ([192, 0, 2, 25], 25)

  private static let handshake = [
    packet("", sequence: 1_000, flags: 2, at: 1_300),
    packet("", from: them, to: us, sequence: 9_000, flags: 0x12, at: 32_400),
  ]

  /// The text of the file that these packets make.
  private func file(
    of packets: [PacketRecording.Packet], trace: Trace = Sample.stalledAfter513.report.trace,
    secrets: SecretRedactor = SecretRedactor()
  ) -> (session: RecordedSession, text: String) {
    var recording = PacketRecording()
    for packet in Self.handshake + packets { recording.append(packet) }
    let session = RecordedSession(trace, in: recording, secrets: secrets)
    return (session, String(decoding: session.file("how it ended"), as: UTF8.self))
  }

  @Test("has the packets of the session, and says from where")
  func own() {
    let (session, text) = file(of: [
      Self.packet("EHLO ours\r\n"),
      Self.packet("250 theirs\r\n", from: Self.them, to: Self.us, sequence: 9_001),
    ])
    #expect(text.contains("EHLO ours") && text.contains("250 theirs"))
    #expect(text.contains("Recorded from interface eth0 by smtpprobe"))
    #expect(session.remark == "4 packets recorded from interface eth0; none was lost")
  }

  @Test("leaves out what others say to the same port, and what no header fits")
  func others() {
    let other = PacketRecording.Packet(
      moment: Self.start, bytes: [0x45, 1, 2], length: 3, interface: "eth0")
    let (session, text) = file(of: [
      Self.packet("SECRET of another program", from: (Self.us.0, 39_473)), other,
    ])
    #expect(!text.contains("SECRET"))
    #expect(session.remark.hasPrefix("2 packets "))
  }

  @Test("has each packet once where it passes several devices")
  func devices() {
    let (session, _) = file(of: [
      Self.packet("EHLO ours\r\n"), Self.packet("EHLO ours\r\n", on: "bond0"),
      Self.packet("250 theirs\r\n", from: Self.them, to: Self.us, on: "bond0"),
      Self.packet("250 theirs\r\n", from: Self.them, to: Self.us),
    ])
    #expect(session.remark == "4 packets recorded from interface eth0; none was lost")
  }

  @Test("has the router's word on a packet of ours, from whomever it comes")
  func routers() {
    let error = Self.error(about: Self.head(Self.us, Self.them, 1_001, 0x18, 1_460))
    #expect(file(of: [error]).session.remark.hasPrefix("3 packets "))
  }

  /// What a router says of a packet that it did not hand on, as much of which as it likes.
  private static func error(about quoted: [UInt8]) -> PacketRecording.Packet {
    let bytes =
      [0x45, 0, 0, 68, 0, 0, 0, 0, 64, 1, 0, 0, 203, 0, 113, 1] + us.0 + [3, 4]
      + [UInt8](repeating: 0, count: 6) + quoted
    return PacketRecording.Packet(
      moment: start + 100_000_000, bytes: bytes, length: bytes.count, interface: "eth0")
  }

  @Test(
    "cuts off what signs in in clear text, ours and what the server says to it, when it is sent again too"
  )
  func secrets() {
    var trace = Sample.stalledAfter513.report.trace
    trace.commands[1].stage = .auth
    trace.commands[1].text = "AUTH PLAIN ****"
    trace.commands = Array(trace.commands.prefix(2))
    trace.commands[1].written = 99_000
    let start = UInt32(1_001 + trace.commands[1].start)
    let signIn = Self.packet("AUTH PLAIN hunter2", sequence: start)
    let (session, text) = file(
      of: [
        Self.packet("EHLO ours\r\n"), signIn, Self.error(about: signIn.bytes),
        Self.packet("hunter2? no", from: Self.them, to: Self.us, sequence: 9_100),
        Self.packet("AUTH PLAIN hunter2", sequence: start, at: 400_000),
        // While the last packets are waited for.
        Self.packet("hunter2!", from: Self.them, to: Self.us, sequence: 9_200, at: 30_200_000),
      ], trace: trace)
    #expect(!text.contains("hunter2"))
    #expect(text.contains("EHLO ours"))
    #expect(session.remark.hasPrefix("8 packets "))
  }

  /// Segments of what the server says, each with its place in the stream.
  struct Said: Sendable, CustomTestStringConvertible {
    var name: String
    var segments: [(at: UInt32, text: String)]
    /// How many packets with stars for one byte are told of.
    var remarks = 0
    var testDescription: String { name }
  }

  static let said = [
    Said(name: "in one segment", segments: [(0, "250 hunter2-xyz ok\r\n")]),
    Said(name: "over two segments", segments: [(0, "250 hunter2"), (11, "-xyz ok\r\n")]),
    Said(
      name: "a byte at a time, the last first",
      segments: "250 hunter2-xyz ok\r\n".unicodeScalars.enumerated().reversed().map {
        (UInt32($0.offset), String($0.element))
      }, remarks: 11),
    Said(
      name: "sent again, cut otherwise",
      segments: [(0, "250 hun"), (7, "ter2-xyz ok"), (4, "hunter2"), (11, "-xyz ok\r\n")]),
    Said(
      name: "sent again as something else",
      segments: [(0, "250 ......."), (4, "hunter2"), (11, "-xyz")]),
    Said(name: "with a gap behind it", segments: [(0, "250 hunter2"), (40, "ok\r\n")]),
    Said(name: "with a gap before it", segments: [(0, "250"), (20, "er2-xyz ok\r\n")]),
    Said(
      name: "over two lines, in hexadecimal",
      segments: [(0, "250-68756E7465\r\n2"), (17, "50 5.7.8 72322d78797A\r\n")]),
  ]

  @Test("has stars for a secret that the server repeats anywhere, in every packet", arguments: said)
  func repeated(said: Said) {
    let packets = said.segments.map { segment in
      Self.packet(segment.text, from: Self.them, to: Self.us, sequence: 9_001 + segment.at)
    }
    let secrets = SecretRedactor(password: "hunter2-xyz")
    let text = file(of: packets, secrets: secrets).text
    let before = file(of: packets).text
    #expect(text.contains("of a secret in it."))
    #expect(text.ranges(of: "Stars stand for 1 byte of").count == said.remarks)
    for part in ["hunter2", "ter2", "-xyz", "68756E", "797A"] where before.contains(part) {
      #expect(!text.contains(part), "\(part)")
    }
  }

  @Test("has stars for what we say of it outside of AUTH, and for what a router quotes")
  func ours() {
    let ours = Self.packet("Subject: hunter2-xyz\r\n")
    let text = file(
      of: [ours, Self.error(about: ours.bytes)], secrets: SecretRedactor(password: "hunter2-xyz")
    ).text
    #expect(text.ranges(of: "Subject: ***********").count == 2)
  }

  @Test("mends the checksum of a packet with stars where it was right, and only there")
  func checksums() throws {
    var packet = Self.packet("250 hunter2-xyz\r\n", from: Self.them, to: Self.us, sequence: 9_001)
    let stars = Self.packet("250 ***********\r\n", from: Self.them, to: Self.us, sequence: 9_001)
    for isRight in [true, false] {
      let sum = isRight ? Self.checksum(packet.bytes) : 0x1234
      packet.bytes.replaceSubrange(36..<38, with: [UInt8(sum >> 8), UInt8(sum & 255)])
      var recording = PacketRecording()
      for packet in Self.handshake + [packet] { recording.append(packet) }
      let session = RecordedSession(
        Sample.stalledAfter513.report.trace, in: recording,
        secrets: SecretRedactor(password: "hunter2-xyz"))
      var expected = stars.bytes
      let mended = isRight ? Self.checksum(stars.bytes) : 0x1234
      expected.replaceSubrange(36..<38, with: [UInt8(mended >> 8), UInt8(mended & 255)])
      #expect(session.file("").ranges(of: expected).count == 1)
    }
  }

  /// The checksum of TCP in a packet whose own is taken for 0 (RFC 9293 section 3.1).
  private static func checksum(_ packet: [UInt8]) -> Int {
    var segment = Array(packet[20...])
    segment.replaceSubrange(16..<18, with: [0, 0])
    let length = segment.count
    if length % 2 == 1 { segment.append(0) }
    let bytes = packet[12..<20] + [0, 6, UInt8(length >> 8), UInt8(length & 255)] + segment
    let words = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2)
    var sum = words.reduce(0) { $0 + (Int(bytes[$1]) << 8) + Int(bytes[$1 + 1]) }
    while sum > 0xFFFF { sum = (sum >> 16) + (sum & 0xFFFF) }
    return 0xFFFF - sum
  }

  @Test("says where the wait began that ended the session, and how it ended")
  func comments() {
    let (_, text) = file(of: [Self.packet("MAIL"), Self.packet("", flags: 0x11, at: 30_095_300)])
    #expect(text.contains("From here on the session waited 30.000 s for what did not come."))
    #expect(text.contains("how it ended"))
  }

  @Test("keeps both ends of what is too long for it, and counts the rest")
  func bounds() {
    var recording = PacketRecording(bound: 400)
    for number in 0..<3_000 {
      recording.append(
        Self.packet(String(repeating: "x", count: 60), at: Int64(number)))
    }
    #expect(recording.packets.count == 8 && recording.omitted == 2_992)
    #expect(recording.packets.last?.moment == Self.start + 2_999_000)
    recording.lost = 2
    let remark = RecordedSession(
      Sample.stalledAfter513.report.trace, in: recording, secrets: SecretRedactor()
    ).remark
    #expect(remark.hasSuffix("; 2 lost for want of room, 2992 left out of the middle"))
  }
}
