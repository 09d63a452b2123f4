/// Multiples of a block, or their neighbours, and how far they were tested without a gap.
package struct SweepFamily: Codable, Sendable, Equatable {
  package let block: Int
  /// 0 for the multiples, 1 for those plus one, -1 for those minus one.
  package let offset: Int
  /// The first and the last member of the stretch in which every member was tested.
  package let from: Int
  package let to: Int
  /// Members of the stretch that do not fail.
  package let passing: [Int]

  /// The stretch at the lower end of `range`; `nil` when it has fewer than two members.
  init?(block: Int, offset: Int, range: ClosedRange<Int>, rows: [Int: SweepRow]) {
    guard block > 2 else { return nil }
    let first = max(1, (range.lowerBound - offset + block - 1) / block)
    var members: [Int] = []
    var member = first * block + offset
    while member <= range.upperBound, let row = rows[member], row.result != .untestable {
      members.append(member)
      member += block
    }
    guard let from = members.first, let to = members.last, to > from else { return nil }
    self.block = block
    self.offset = offset
    self.from = from
    self.to = to
    passing = members.filter { rows[$0]?.result == .passes }
  }

  /// `multiple of 512 plus one`.
  var noun: String {
    "multiple of \(block)" + (offset > 0 ? " plus one" : offset < 0 ? " minus one" : "")
  }

  /// Which families the failing values seem to be of, for saying how far that was looked into; where
  /// nothing fails, those of the commonest block.
  static func relevant(
    to starts: [Int], plan: SweepPlan, rows: [Int: SweepRow]
  ) -> [SweepFamily] {
    guard let first = starts.first else {
      return [1, 0, -1].compactMap {
        SweepFamily(block: 512, offset: $0, range: plan.range, rows: rows)
      }
    }
    let apart = zip(starts, starts.dropFirst()).map { $1 - $0 }.min()
    let blocks = plan.blocks + [first - 1, first, first + 1] + [apart].compactMap(\.self)
    var best: (family: SweepFamily, failing: Int)?
    for block in blocks where block > 2 {
      for offset in [1, 0, -1] {
        let failing = starts.count { $0 > offset && ($0 - offset) % block == 0 }
        guard failing > 0,
          let family = SweepFamily(block: block, offset: offset, range: plan.range, rows: rows)
        else { continue }
        // The family that explains most, and of those the one that claims least too much.
        if let best,
          (failing, -family.passing.count) <= (best.failing, -best.family.passing.count)
        {
          continue
        }
        best = (family, failing)
      }
    }
    return [best?.family].compactMap(\.self)
  }
}
