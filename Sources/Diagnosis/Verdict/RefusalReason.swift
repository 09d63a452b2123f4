package import SessionTrace

/// Why a server refuses, as its own words tell; a code alone tells none of it.
package enum RefusalReason: String, Sendable, CaseIterable {
  /// First contact is put off, and a retry passes.
  case greylisting
  /// Too many connections, or too much in one, or in a time, from this client.
  case connections
  /// The sender's address, its name, its reputation or its volume.
  case reputation
  /// The recipient's mailbox is full, or gets too much.
  case mailbox
  /// Too many recipients of one message.
  case recipients
  /// The message is larger than the server takes.
  case size
  /// The server, or what it asks, has no room, no time, or an error of its own.
  case trouble
  /// An address or a name could not be looked up or verified just now.
  case lookup
  /// The recipient is unknown, or nobody may write to it.
  case recipient
  /// The recipient's domain is none of the server's, and we are nobody for whom it passes mail on.
  case relay
  /// The sender's address is not taken.
  case sender
  /// The server wants TLS first.
  case encryption
  /// The server has waited long enough for something from us.
  case timeout
}

extension RefusalReason {
  /// What the words of a refusal say; `nil` where no words are known.
  init?(saidIn lines: [String]) {
    let text = wordsOf(lines)
    guard
      let row = RefusalWords.table.first(where: { row in row.words.allSatisfy { holds(text, $0) } })
    else { return nil }
    self = row.reason
  }
}

extension ReplyRecord {
  /// What the reply's words say of its reason, by ``RefusalWords``; `nil` where it is no refusal, or no known
  /// words.
  package var reason: RefusalReason? { code >= 400 ? RefusalReason(saidIn: lines) : nil }
}

/// The text in lower case on one line, without the addresses that a server repeats.
func wordsOf(_ lines: [String]) -> String {
  var words = ""
  for word in lines.joined(separator: " ").lowercased().split(separator: " ") {
    if let open = word.firstIndex(of: "<"), let close = word.lastIndex(of: ">"), open < close {
      words += " " + word[..<open] + word[word.index(after: close)...]
    } else if !word.contains("@") {
      words += " " + word
    }
  }
  return words
}

/// Whether `words` stand in `text`, at the start of a word there.
func holds(_ text: String, _ words: String) -> Bool {
  text.ranges(of: words).contains { range in
    guard range.lowerBound > text.startIndex else { return true }
    let before = text[text.index(before: range.lowerBound)]
    return !before.isLetter && !before.isNumber && before != "."
  }
}

extension ReplyRecord {
  /// Code and text on one line, the end of a long one left out.
  package var quoted: String {
    let most = 240
    let text = "\(code) \(lines.joined(separator: " / "))"
    return text.count > most ? text.prefix(most) + "..." : text
  }
}

extension Trace {
  /// The refusal of a server that has waited in vain: 421 or 451 into a silence, though every byte of
  /// ours was acknowledged; `nil` where there is none.
  ///
  /// Its words say so; or they say nothing that is known, and it came after two seconds or more, far
  /// later than any reply before it. The server did not see, or did not understand, what it had got: a
  /// silence like any other, that its side ended first.
  package var serverTimeout: ReplyRecord? {
    guard let refusal = decisiveRefusal(in: self), replies.indices.contains(refusal.reply),
      [421, 451].contains(refusal.code), refusal.stage > .banner,
      ledger.acknowledged >= ledger.written, ledger.written > 0
    else { return nil }
    let reply = replies[refusal.reply]
    if reply.reason == .timeout { return reply }
    let usual = replies[..<refusal.reply].map(\.wait).max() ?? 0
    return reply.reason == nil && reply.wait >= max(.seconds(2), 4 * min(usual, .seconds(3_600)))
      ? reply : nil
  }
}
