package import SessionTrace

/// Something that ends TCP between client and server and passes bytes on in its own way.
///
/// It sits below TLS and sees one read at a time, which is what most such boxes take for "a packet".
package enum Middlebox: Sendable, Equatable {
  /// Forwards what a read brought from the client in blocks, but leaves the loop when the residue is
  /// exactly `losing` bytes, which are gone (seed 001; the rule fits its whole table).
  case forwardInBlocks(Int, losing: Int)
  /// Passes the client's bytes on in pieces of at most this many.
  case cutClient(Int)
  /// Passes the server's bytes on in pieces of at most this many, so far apart (catalogue A2).
  case cutServer(Int, apart: Microseconds)
  /// Overwrites the server's greeting but for `2`, `0` and spaces (catalogue D1).
  case maskBanner
  /// Overwrites a capability in what the server says (catalogue D2, D3).
  case maskKeyword([UInt8])
  /// Overwrites a command's verb, so that the server does not know it (catalogue D2).
  case maskCommand(String)
  /// Takes a line out of the server's list of capabilities (catalogue D3).
  case stripKeyword(String)
  /// Answers a command itself; the server never sees it (catalogue D3).
  case refuse(String, saying: [UInt8])
  /// Overwrites what does not begin with a whole verb; each read is looked at by itself
  /// (catalogue A5).
  case inspectPackets
  /// Does not pass on an end of data whose last bytes, this many, come in different reads
  /// (catalogue A4).
  case holdCutEndOfData(last: Int)
  /// Lets content pass and holds its end until it has looked at it, for so long and so long again
  /// for each kilobyte (catalogue D4).
  case scan(Microseconds, perKilobyte: Microseconds)
  /// Says these words to the client and resets both sides when it sees those bytes in what the
  /// client sends (catalogue D5).
  case strike(at: [UInt8], saying: [UInt8])
}

/// The words for them in an `M:` line.
let middleboxPhrases: [Phrase<Middlebox>] = [
  Phrase("forward in blocks of N bytes, losing a rest of N") {
    .forwardInBlocks(max(1, $0.numbers[0]), losing: $0.numbers[1])
  },
  Phrase("cut what the client sends after every N byte/bytes") {
    .cutClient(max(1, $0.numbers[0]))
  },
  Phrase("cut what the server says after every N byte/bytes for T") {
    .cutServer(max(1, $0.numbers[0]), apart: $0.times[0])
  },
  Phrase("mask the banner") { _ in .maskBanner },
  Phrase("mask the command NAME") { .maskCommand($0.names[0].uppercased()) },
  Phrase("mask NAME") { .maskKeyword(Array($0.names[0].utf8)) },
  Phrase("strip NAME") { .stripKeyword($0.names[0].uppercased()) },
  Phrase("refuse NAME saying TEXT") {
    .refuse($0.names[0].uppercased(), saying: $0.texts[0] + [13, 10])
  },
  Phrase("inspect each packet") { _ in .inspectPackets },
  Phrase("hold an end of data unless its last N bytes come together") {
    .holdCutEndOfData(last: $0.numbers[0])
  },
  Phrase("hold the end of data for T and T for each kilobyte") {
    .scan($0.times[0], perKilobyte: $0.times[1])
  },
  Phrase("at TEXT say TEXT and reset") {
    .strike(at: $0.texts[0], saying: $0.texts[1] + [13, 10])
  },
]
