@testable import SMTPDialogue

extension FuzzTarget {
  /// The reply parser, whole and cut: the same replies, back to back, within its bounds.
  ///
  /// The first byte is the length of each cut, 0 for a cut at every length in turn.
  static let replies = FuzzTarget(name: "replies") { input in
    var choices = Choices(input)
    let step = choices.byte()
    let whole = findings(in: Array(choices.rest)) { _ in .max }
    let cut = findings(in: Array(choices.rest)) { step > 0 ? step : $0 % 7 + 1 }
    require(whole == cut, "a reply depends on where a read ends")
    var place = 0
    for case .reply(let reply, let range, _, _) in whole {
      require(range.lowerBound == place && !range.isEmpty, "replies with a gap between them")
      place = range.upperBound
      require((0...999).contains(reply.code) && !reply.lines.isEmpty, "\(reply)")
    }
  }

  private static func findings(
    in bytes: [UInt8], cut length: (Int) -> Int
  ) -> [ReplyParser.Finding] {
    var parser = ReplyParser()
    var found: [ReplyParser.Finding] = []
    var rest = bytes[...]
    var round = 0
    while !rest.isEmpty {
      var piece = rest.prefix(length(round))
      rest = rest.dropFirst(piece.count)
      round += 1
      while let finding = parser.next(from: &piece) {
        // What shows that a line is none is told as soon as it is there.
        if case .broken(let kind, _) = finding { return found + [.broken(kind, evidence: [])] }
        found.append(finding)
      }
      require(parser.partial.count <= ReplyParser.longestReply, "a reply without a bound")
    }
    return found
  }
}
