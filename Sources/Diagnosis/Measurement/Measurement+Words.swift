import SessionTrace

extension Measurement {
  /// Which sizes fail, without the first capital: `envelopes of 513 bytes fail, and no other of 40 sizes that
  /// were tested from 42 to 1,460 bytes`, `messages over 1,398 bytes fail`.
  package var sentence: String {
    let things = conclusion.option.things
    let range = conclusion.range
    let extent = "from \(grouped(range.lowerBound)) to \(grouped(range.upperBound)) bytes"
    if let pattern = conclusion.pattern {
      return "\(things) of \(pattern.text)\(pattern.isBand ? "" : ",") fail: \(pattern.evidence)"
    }
    if isThreshold {
      let power = powerOfTwo.map { " (\(grouped($0)) is a power of two)" } ?? ""
      return "\(things) \(list(conclusion.failing.map(limit))) fail\(power)"
    }
    switch conclusion.kind {
    case .isolated:
      let sizes = list(conclusion.failing.map { grouped($0.from) })
      return
        "\(things) of \(sizes) bytes fail, and no other of \(conclusion.tested) sizes that were"
        + " tested \(extent)"
    case .threshold, .ranges:
      let ends = conclusion.failing.flatMap { [$0.below, $0.above].compactMap(\.self) }
      return "\(things) of \(list(conclusion.failing.map(text))) bytes fail"
        + (ends.isEmpty ? "" : "; those of \(list(ends.map(grouped))) pass")
    case .nothing: return "no other size \(extent) fails"
    case .all: return "\(things) of all \(conclusion.tested) sizes that were tested \(extent) fail"
    case .intermittent: return "\(things) of some sizes \(extent) fail at times"
    case .unknown: return "of sizes \(extent) nothing is known"
    }
  }

  /// What the sentence does not cover, a sentence each.
  package var limits: [String] {
    let range = conclusion.range
    let noun = conclusion.option.noun
    var limits: [String] = []
    if conclusion.tested < range.count {
      limits.append(
        "The \(noun): \(conclusion.tested) of \(grouped(range.count)) sizes from"
          + " \(grouped(range.lowerBound)) to \(grouped(range.upperBound)) were tested; another among"
          + " the rest may fail, or pass, by itself (smtpprobe sweep tests more).")
    }
    if let stop = conclusion.stop {
      limits.append("More of the \(noun): \(stop.text(after: conclusion.sessions)).")
    }
    return limits
  }

  /// The most that passes, where everything larger fails; `nil` elsewhere.
  package var greatestPassing: Int? {
    guard isThreshold, let one = conclusion.failing.first, one.above == nil else { return nil }
    return one.below
  }

  /// Whether all sizes fail from one on, as far as it was looked; of a message or a ClientHello the last size that
  /// was tested is that of the session as given, and larger ones fail like it.
  private var isThreshold: Bool {
    conclusion.kind == .threshold
      || conclusion.kind == .isolated && conclusion.failing.count == 1
        && conclusion.failing[0].above == nil && conclusion.option != .envelopeSize
  }

  /// The power of two at which it ends that larger sizes pass; `nil` where it is none, or a small one.
  ///
  /// Who counts the bytes of a message may count its end as well, or the line end before that.
  package var powerOfTwo: Int? {
    guard let most = greatestPassing else { return nil }
    let more = conclusion.option == .messageSize ? 5 : 0
    return (most...most + more).first { $0 >= 1_024 && $0 & ($0 - 1) == 0 }
  }

  /// `over 1,398 bytes`, `under 600 bytes`: up to the ends of the range.
  private func limit(_ one: SweepRange) -> String {
    switch (one.below, one.above) {
    case (let below?, _):
      one.from == below + 1
        ? "over \(grouped(below)) bytes"
        : "of \(grouped(one.from)) bytes and more (and none of \(grouped(below)) and less)"
    case (nil, let above?):
      one.to == above - 1
        ? "under \(grouped(above)) bytes"
        : "of \(grouped(one.to)) bytes and less (and none of \(grouped(above)) and more)"
    case (nil, nil): "of \(text(one)) bytes"
    }
  }

  private func text(_ one: SweepRange) -> String {
    one.isSingle ? grouped(one.from) : "\(grouped(one.from)) to \(grouped(one.to))"
  }
}

extension SweepOption {
  /// Several of what has the size: `envelopes`.
  var things: String {
    switch self {
    case .envelopeSize: "envelopes"
    case .split: "first segments"
    case .messageSize: "messages"
    case .lineLength: "lines"
    case .recipients: "envelopes with recipients"
    case .clienthelloSize: "ClientHellos"
    }
  }
}

/// `1,398`: a number of bytes as prose has it.
package func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var groups: [Substring] = []
  var rest = digits[...]
  while rest.count > 3 {
    groups.insert(rest.suffix(3), at: 0)
    rest = rest.dropLast(3)
  }
  return (number < 0 ? "-" : "") + ([rest] + groups).joined(separator: ",")
}
