import Diagnosis
import SessionTrace

/// A made-up server with the path to it: all that an investigation of it depends on, its own chance included.
struct Site {
  var seed = 0
  var faults: [SiteFault] = []
  var occurrence = Occurrence.always
  /// From which connection on nobody is let in, and how that looks.
  var lockOut: (from: Int, how: Refusal)?
  /// So many connections at a time; what the next one meets.
  var crowd: (most: Int, how: Refusal)?
  /// A server that is silent gives up after so long, in words or without.
  var givesUp: (after: Microseconds, inWords: Bool)?
  var offersPipelining = true
  var offersSize = true
  var offersChunking = false
  /// LHLO in the place of EHLO, and a reply for each recipient behind the message (RFC 2033).
  var speaksLMTP = false
  /// How long each reply takes.
  var thinks: Microseconds = 1_000
  var delay: Microseconds = .milliseconds(10)
  var lossPercent = 0
  /// More lines of EHLO's reply.
  var longHello = false

  /// In which sessions the faults are at work.
  enum Occurrence {
    case always
    /// In so many of a hundred, at random.
    case byChance(Int)
    /// In every so many-th.
    case everyNth(Int)
    /// Up to that connection: then it is mended.
    case until(Int)
    /// From that connection on.
    case from(Int)
  }

  /// How a connection is not let in.
  enum Refusal: CaseIterable {
    case noAnswer, refused, silence, closes, says421, says554
  }

  /// Ids of the entries that may be confirmed.
  var causes: Set<CauseID> {
    faults.reduce(into: []) { $0.formUnion($1.causes(offersPipelining: offersPipelining)) }
  }

  /// The row of the table that it counts in.
  var kind: String {
    let fault =
      switch faults.count {
      case 0: "healthy"
      case 1: faults[0].kind
      default: "two faults"
      }
    let others: [String] = [
      lockOut == nil ? nil : "locks out", crowd == nil ? nil : "few at a time",
    ].compactMap(\.self)
    if !others.isEmpty { return others.joined(separator: ", ") }
    return switch occurrence {
    case .always: fault
    case .byChance: faults.isEmpty ? fault : "by chance"
    case .everyNth: faults.isEmpty ? fault : "every n-th connection"
    case .until: faults.isEmpty ? fault : "recovers"
    case .from: faults.isEmpty ? fault : "begins later"
    }
  }
}

extension Site: CustomStringConvertible {
  var description: String {
    var words = ["faults \(faults), \(occurrence)"]
    if let lockOut { words.append("locks out from \(lockOut.from) on: \(lockOut.how)") }
    if let crowd { words.append("\(crowd.most) at a time: \(crowd.how)") }
    if let givesUp { words.append("gives up after \(givesUp.after) µs, words \(givesUp.inWords)") }
    words.append("pipelining \(offersPipelining), size \(offersSize), chunking \(offersChunking)")
    words.append("thinks \(thinks) µs, path \(delay) µs, loss \(lossPercent) %")
    return words.joined(separator: "; ")
  }
}
