import CLinuxSocket
import Testing

@testable import Wire

@Suite("An answer of a name server")
struct NameAnswerTests {
  /// An alias, two exchangers of the name that it leads to, and a text that nobody asked for.
  private static let whole: [UInt8] = {
    let header: [UInt8] = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    let query = NameQuery(bytes: header + NameQuery.encoded("example.org") + [0, 15, 0, 1])
    return query.answer(with: [
      (5, NameQuery.encoded("mail.example.net")),
      (15, [0, 10] + NameQuery.encoded("mx1.example.net")),
      (16, [2] + Array("hi".utf8)),
      (15, [0, 20] + NameQuery.encoded("mx2.example.net")),
    ])
  }()

  @Test("is read as it was written")
  func reads() throws {
    let found = try read(Self.whole)
    #expect(found.hosts == ["mx1.example.net", "mx2.example.net"])
    #expect(found.preferences == [10, 20])
    #expect(found.alias == "mail.example.net")
  }

  @Test("is read up to where it is cut, and no further")
  func cut() throws {
    let hosts = try read(Self.whole).hosts
    var counts: [Int] = []
    for length in 0...Self.whole.count {
      let found = try read(Array(Self.whole.prefix(length)))
      #expect(found.hosts == Array(hosts.prefix(found.hosts.count)), "cut at \(length)")
      #expect(["", "mail.example.net"].contains(found.alias))
      counts.append(found.hosts.count)
    }
    #expect(counts == counts.sorted() && counts.first == 0 && counts.last == 2, "\(counts)")
  }

  @Test("is read within its bounds whatever a byte of it is")
  func damaged() throws {
    for place in Self.whole.indices {
      for value in [0, 1, 0x3F, 0x40, 0xC0, 0xFF] as [UInt8] {
        var bytes = Self.whole
        bytes[place] = value
        let found = try read(bytes)
        #expect(found.hosts.count <= 4, "byte \(place) is \(value)")
        for name in found.hosts + [found.alias] {
          #expect(name.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "byte \(place) is \(value)")
        }
      }
    }
  }

  private struct Found {
    var hosts: [String] = []
    var preferences: [UInt16] = []
    var alias: String
  }

  private func read(_ bytes: [UInt8]) throws -> Found {
    let lookup = try unsafe #require(
      wire_lookup_of_answer(WIRE_RECORD_MX, bytes, Int32(bytes.count)))
    defer { unsafe wire_lookup_release(lookup) }
    var found = unsafe Found(alias: String(cString: wire_lookup_alias(lookup)))
    var preference: UInt16 = 0
    var length: UInt16 = 0
    while let text = unsafe wire_lookup_answer(
      lookup, UInt32(found.hosts.count), &preference, &length)
    {
      found.hosts.append(unsafe String(cString: text))
      found.preferences.append(preference)
    }
    return found
  }
}
