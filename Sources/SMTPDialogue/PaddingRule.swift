/// Finds the padding that fills a gap to the byte.
///
/// Recipients given are repeated as often as leaves a rest that can be settled elsewhere: in the
/// sender's local part; with the null sender in zeros of `SIZE=` where that is offered, else in a
/// named sender at the EHLO name. Ways inside the limits of the RFCs go first, whatever the number of
/// repeats; only a gap that none of them fills is filled beyond. No recipient is invented. So every
/// size from the unpadded envelope up can be reached.
struct PaddingRule {
  /// RFC 1870 section 3: `size-value ::= 1*20DIGIT`.
  static let mostSizeDigits = 20
  /// RFC 5321 section 4.5.3.1.1, octets.
  static let longestLocalPart = 64
  /// RFC 5321 section 4.5.3.1.3: 256 with the brackets.
  static let longestMailbox = 254
  /// The gap that is too small for ` SIZE=0`; RFC 5321 section 4.1.1 asks servers to bear spaces.
  static let fewSpaces = 6

  /// Where a rest can be settled.
  private enum Way {
    case localPart, sizeDigits, spaces, namedSender
  }

  private let draft: EnvelopeDraft

  init(_ draft: EnvelopeDraft) { self.draft = draft }

  /// The padding that adds exactly `gap` bytes.
  func filling(_ gap: Int) -> Padding {
    guard gap > 0 else { return .none }
    let repeats = mostRepeats(in: gap)
    if repeats.rest == 0 { return Padding(repeatedRecipients: repeats.count) }
    for way in ways {
      if let padding = filling(repeats, by: way) { return padding }
    }
    return settling(repeats.rest, by: wayBeyond(for: repeats.rest), repeats: repeats.count)
  }

  /// Recipients repeated, and what they leave of the gap.
  private struct Repeats {
    var count: Int
    var rest: Int
  }

  private func mostRepeats(in gap: Int) -> Repeats {
    let costs = draft.recipientCosts
    guard !costs.isEmpty else { return Repeats(count: 0, rest: gap) }
    let round = costs.reduce(0, +)
    var repeats = Repeats(count: gap / round * costs.count, rest: gap % round)
    for cost in costs {
      guard repeats.rest >= cost else { break }
      repeats.count += 1
      repeats.rest -= cost
    }
    return repeats
  }

  /// The most repeats whose rest `way` can take inside the limits.
  private func filling(_ most: Repeats, by way: Way) -> Padding? {
    guard let rests = legalRests(of: way) else { return nil }
    let costs = draft.recipientCosts
    var repeats = most
    while repeats.rest <= rests.upperBound {
      if rests.contains(repeats.rest) {
        return settling(repeats.rest, by: way, repeats: repeats.count)
      }
      guard repeats.count > 0 else { return nil }
      repeats.count -= 1
      repeats.rest += costs[repeats.count % costs.count]
    }
    return nil
  }

  /// The ways in their order of preference.
  private var ways: [Way] {
    guard draft.envelope.sender.isEmpty else { return [.localPart] }
    // The null sender stays where it can: a named one would be verified, and change what is tested.
    return draft.maySaySize ? [.sizeDigits, .spaces] : [.namedSender, .spaces]
  }

  /// What a rest is settled in that no way can take inside its limits.
  private func wayBeyond(for rest: Int) -> Way {
    guard draft.envelope.sender.isEmpty else { return .localPart }
    if draft.maySaySize { return .sizeDigits }
    return rest > domainLength ? .namedSender : .spaces
  }

  /// `@` and the EHLO name.
  private var domainLength: Int { 1 + draft.ehloName.utf8.count }

  /// Bytes that ` SIZE=` costs before its first zero; none when it stands there anyway.
  private var sizeFieldLength: Int { draft.declaresSize ? 0 : " SIZE=".utf8.count }

  /// Digits that are there without padding.
  private var sizeDigits: Int { draft.declaresSize ? String(draft.declaredSize).utf8.count : 0 }

  private func legalRests(of way: Way) -> ClosedRange<Int>? {
    let least: Int
    let most: Int
    switch way {
    case .localPart:
      least = 1
      most = min(
        Self.longestLocalPart - draft.localPartLength,
        Self.longestMailbox - draft.envelope.sender.count)
    case .sizeDigits:
      least = sizeFieldLength + 1
      most = sizeFieldLength + Self.mostSizeDigits - sizeDigits
    case .spaces:
      least = 1
      most = Self.fewSpaces
    case .namedSender:
      least = domainLength + 1
      most = min(domainLength + Self.longestLocalPart, Self.longestMailbox)
    }
    return least <= most ? least...most : nil
  }

  private func settling(_ rest: Int, by way: Way, repeats: Int) -> Padding {
    var padding = Padding(repeatedRecipients: repeats)
    switch way {
    case .localPart: padding.sender = .grown(rest)
    case .sizeDigits: padding.sizeDigits = sizeDigits + rest - sizeFieldLength
    case .spaces: padding.trailingSpaces = rest
    case .namedSender: padding.sender = .named(localLength: rest - domainLength)
    }
    if legalRests(of: way)?.contains(rest) != true { padding.passedLimit = limit(of: way) }
    return padding
  }

  /// The limit that going beyond `way`'s legal rests passes.
  private func limit(of way: Way) -> String {
    switch way {
    case .localPart, .namedSender:
      "a local part of at most \(Self.longestLocalPart) octets and a path of at most "
        + "\(Self.longestMailbox + 2) (RFC 5321 section 4.5.3.1)"
    case .sizeDigits: "at most \(Self.mostSizeDigits) digits of SIZE= (RFC 1870 section 3)"
    case .spaces: "no space before the line end (RFC 5321 section 4.1.1)"
    }
  }
}
