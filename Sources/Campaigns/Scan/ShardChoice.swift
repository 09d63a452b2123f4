package import Reporting
package import Wire

/// Which part of the list this run takes, and where that was said.
package struct ShardChoice: Sendable, Equatable {
  package let shard: Shard
  /// A sentence for standard error; `nil` where the command line said it, or nobody.
  package let remark: String?

  /// The variable with the count where the engine does not tell it.
  package static let countVariable = "SMTPPROBE_SHARDS"

  /// `given` is the value of `--shard`, which wins, and `count` that of `--shard-count`; `environment` gives
  /// the value of a variable.
  package init(
    given: Shard?, count: Int?, environment: (String) -> String?
  ) throws(ExitMessage) {
    if let given {
      shard = given
      remark = nil
      return
    }
    let told = count ?? environment(Self.countVariable).flatMap { Int($0) }
    var uncounted: String?
    for source in ShardSource.all {
      guard let index = source.number(source.index, environment) else { continue }
      guard let count = told ?? source.count(environment) else {
        uncounted = uncounted ?? source.index
        continue
      }
      let place = (index - source.first(environment)) / source.step(environment) + 1
      guard let shard = Shard(place, of: count) else {
        throw ExitMessage(
          status: .usage,
          text: "\(source.index)=\(index) is none of \(count) shards; say --shard K/N")
      }
      self.shard = shard
      remark = "shard \(shard) from \(source.index)"
      return
    }
    if count != nil {
      throw ExitMessage(
        status: .usage,
        text: "--shard-count without a number for this run: say --shard K/N, or set one of"
          + " \(ShardSource.all.map(\.index).joined(separator: ", "))")
    }
    shard = .whole
    remark = uncounted.map {
      "the whole list: \($0) is set, and no count of shards (--shard-count N, \(Self.countVariable))"
    }
  }
}

extension ShardSource {
  fileprivate func number(_ name: String, _ environment: (String) -> String?) -> Int? {
    environment(name).flatMap { Int($0) }
  }

  fileprivate func first(_ environment: (String) -> String?) -> Int {
    switch first {
    case .number(let number): number
    case .variable(let name): number(name, environment) ?? 1
    }
  }

  fileprivate func step(_ environment: (String) -> String?) -> Int {
    max(1, step.flatMap { number($0, environment) } ?? 1)
  }

  fileprivate func count(_ environment: (String) -> String?) -> Int? {
    switch count {
    case .variable(let name): number(name, environment)
    case .last(let name):
      number(name, environment).map { ($0 - first(environment)) / step(environment) + 1 }
    case .untold: nil
    }
  }
}
