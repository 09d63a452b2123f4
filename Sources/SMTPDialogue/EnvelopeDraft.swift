import SessionOptions

/// The commands of an envelope before padding, and the facts that padding needs.
struct EnvelopeDraft: Equatable, Sendable {
  let envelope: Envelope
  let ehloName: String
  /// What `SIZE=` says, bytes; 0, "not known", when only padding asks for the parameter.
  let declaredSize: Int
  let declaresSize: Bool
  /// Whether `SIZE=` may be said, and its digits are ours to choose.
  let maySaySize: Bool
  let declaresEightBit: Bool
  let declaresUTF8: Bool
  let declaresPRDR: Bool
  /// As they stand behind the path: ` RET=HDRS ENVID=x`.
  private let mailParameters: [UInt8]
  private let recipientParameters: [UInt8]
  let hasRecipients: Bool
  let hasData: Bool

  /// Of the envelope, or of a part of it.
  init(_ plan: DialoguePlan, offered: Capabilities, part: Envelope? = nil) {
    envelope = part ?? plan.envelope(where: offered)
    ehloName = plan.ehloName
    let sendsChunks = plan.sendsChunks(where: offered)
    declaredSize = max((sendsChunks ? plan.message?.exactSize : plan.message?.size) ?? 0, 0)
    func isOurs(_ keyword: String) -> Bool { !plan.mailParameters.contains { $0.is(keyword) } }
    maySaySize = offered.offersSize && isOurs("SIZE")
    declaresSize = maySaySize && plan.message?.size != nil
    declaresEightBit =
      offered.offersEightBit && plan.message?.hasEightBit == true && isOurs("BODY")
    declaresUTF8 = plan.usesUTF8(where: offered) && isOurs("SMTPUTF8")
    declaresPRDR = plan.usesPRDR(where: offered) && isOurs("PRDR")
    mailParameters = plan.mailParameters.flatMap { Array(" \($0.optionText)".utf8) }
    recipientParameters = plan.recipientParameters.flatMap { Array(" \($0.optionText)".utf8) }
    hasRecipients = plan.stop != .mail
    hasData = hasRecipients && plan.stop != .rcpt && !sendsChunks
  }

  /// Size without padding, bytes: the smallest this envelope can have.
  var size: Int { lines(padding: .none).reduce(0) { $0 + $1.bytes.count } }

  /// The commands, in order, with `padding` worked in.
  func lines(padding: Padding) -> [CommandText] {
    var mail = Array("MAIL FROM:<".utf8) + sender(padding) + Array(">".utf8)
    if declaresSize || padding.sizeDigits > 0 {
      let value = String(declaredSize)
      let zeros = max(padding.sizeDigits - value.count, 0)
      mail += Array(" SIZE=".utf8) + Array(repeating: UInt8(ascii: "0"), count: zeros)
      mail += Array(value.utf8)
    }
    if declaresEightBit { mail += Array(" BODY=8BITMIME".utf8) }
    if declaresUTF8 { mail += Array(" SMTPUTF8".utf8) }
    if declaresPRDR { mail += Array(" PRDR".utf8) }
    mail += mailParameters
    mail += Array(repeating: Byte.space, count: padding.trailingSpaces)

    var lines = [CommandText(.mail, mail)]
    if hasRecipients {
      let given = envelope.recipients
      lines += given.map(recipientLine)
      lines += (0..<padding.repeatedRecipients).map { recipientLine(given[$0 % given.count]) }
    }
    if hasData { lines.append(CommandText(.data, Array(Verb.data.row.word.utf8))) }
    return lines
  }

  /// The reverse-path as `padding` leaves it.
  func sender(_ padding: Padding) -> [UInt8] {
    switch padding.sender {
    case .kept: return envelope.sender
    case .grown(let count): return grown(by: count)
    case .named(let localLength):
      let word = Array("postmaster".utf8)
      let filling = Array(repeating: UInt8(ascii: "x"), count: max(localLength - word.count, 0))
      return word.prefix(localLength) + filling + Array("@\(ehloName)".utf8)
    }
  }

  /// Bytes of the sender's local part: up to the last `@`, or all of it.
  var localPartLength: Int {
    envelope.sender.lastIndex(of: UInt8(ascii: "@")) ?? envelope.sender.count
  }

  /// Bytes that one more command for each recipient takes, in their order.
  var recipientCosts: [Int] {
    hasRecipients ? envelope.recipients.map { recipientLine($0).bytes.count } : []
  }

  private func recipientLine(_ mailbox: [UInt8]) -> CommandText {
    CommandText(.rcpt, Array("RCPT TO:<".utf8) + mailbox + Array(">".utf8) + recipientParameters)
  }

  /// The sender with `count` letters at the end of its local part, inside its quotes if it has them.
  private func grown(by count: Int) -> [UInt8] {
    var place = localPartLength
    if place > 0, envelope.sender[place - 1] == UInt8(ascii: "\"") { place -= 1 }
    let filling = Array(repeating: UInt8(ascii: "x"), count: count)
    return envelope.sender[..<place] + filling + envelope.sender[place...]
  }
}
