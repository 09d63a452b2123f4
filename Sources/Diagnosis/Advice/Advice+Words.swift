package import SessionOptions
import SessionTrace

/// Advice in words and options.
extension Advice {
  /// What to try, what its outcome would tell, and the options that do it.
  package var record: AdviceRecord {
    switch self {
    case .turnPipeliningOff:
      AdviceRecord(
        id: "pipelining-off",
        because: "Several commands left in one flight and were not answered.",
        text:
          "Send one command at a time; if that passes, the fault lies in how the flight is read.",
        changes: [{ $0.pipelining = .off }])
    case .splitElsewhere(let sizes):
      AdviceRecord(
        id: "split-elsewhere",
        because: "The flight left in pieces of a chosen size and was acknowledged.",
        text:
          "One byte less and one byte more: if they pass, something reads in blocks of that size.",
        changes: sizes.map { size in { $0.split = .sizes([.bytes(size)]) } })
    case .splitByCommand:
      AdviceRecord(
        id: "split-by-command",
        because: "The whole flight was acknowledged and not answered.",
        text:
          "The same bytes, a segment for each command: if that passes, the size of a segment matters.",
        changes: [{ $0.split = .command }])
    case .waitLonger(let waited):
      AdviceRecord(
        id: "wait-longer", because: "The session waited \(durationText(waited)).",
        text: "Wait as long as RFC 5321 lets a server take; a late answer means slow, not stuck.",
        changes: [{ $0.timeouts.reply = .rfc5321 }])
    case .sendWithoutDelay:
      AdviceRecord(
        id: "nodelay", because: "Bytes stayed in our own kernel while the peer's window was open.",
        text: "Turn Nagle's algorithm off, so that nothing of ours waits for an ACK.",
        changes: [{ $0.socket.noDelay = true }])
    case .peerDoesNotRead:
      AdviceRecord(
        id: "peer-does-not-read", because: "The peer's window is shut.",
        text: "Look at the receiving side: its program has stopped reading, and no option here"
          + " changes that.", changes: [])
    case .shrinkSegments(let size):
      AdviceRecord(
        id: "smaller-segments",
        because: "Segments\(size.map { " of up to \($0) bytes" } ?? "") were not acknowledged.",
        text: "Send small segments: if they pass, large packets are lost on the path (path MTU).",
        changes: [{ $0.socket.maximumSegmentSize = 536 }])
    case .turnFastOpenOff:
      AdviceRecord(
        id: "fast-open-off", because: "TCP Fast Open was asked for.",
        text: "The same without it: kernels before 5.18 and some firewalls lose such connections.",
        changes: [{ $0.socket.fastOpen = .off }])
    case .waitForGreeting:
      AdviceRecord(
        id: "wait-for-greeting", because: "We spoke before the greeting.",
        text: "The same, greeting first: servers may refuse or drop an early talker.",
        changes: [{ $0.waitForGreeting() }])
    case .leavePolicyOut:
      AdviceRecord(
        id: "without-mta-sts", because: "The domain's MTA-STS policy is in mode enforce.",
        text: "The same for a sender that does not look at policies: if that passes, the policy or"
          + " what it asks for is to be mended.",
        changes: [{ $0.mtaSTS = false }])
    case .tryWithoutTLS:
      AdviceRecord(
        id: "without-tls", because: "TLS was not established.",
        text: "The same in clear text: if that passes, the trouble is in TLS alone.",
        changes: [{ $0.tls = .off }])
    case .splitTheHandshake(let length):
      AdviceRecord(
        id: "split-the-handshake",
        because:
          "The handshake stopped\(length.map { " after a ClientHello of \($0) bytes" } ?? "").",
        text: "Cut the ClientHello: if that passes, its size or its one segment is the trouble.",
        changes: [
          {
            $0.split = .sizes([.bytes(128), .rest])
            $0.splitStage = .tls
          }
        ])
    case .connectLonger(let waited):
      AdviceRecord(
        id: "connect-longer",
        because: "One SYN was sent, and \(durationText(waited)) were waited for its answer.",
        text: "Wait past the second SYN, which leaves after a second: only silence to several of"
          + " them speaks for a filter or a host that is down.",
        changes: [{ $0.timeouts.connect = .seconds(10) }])
    case .tryOtherAddress(let families):
      AdviceRecord(
        id: "other-address", because: "No connection was made.",
        text: "The other address family, if the host has it.",
        changes: families.map { family in { $0.family = family } })
    case .comeBackLater(let reason):
      reason.map(putOff)
        ?? later("It gives no reason that is known", "The same in half an hour.")
    case .sendLess(let taken):
      AdviceRecord(
        id: "send-less",
        because: "\(count(taken, "byte")) of content had been prepared when the session ended.",
        text: "A small generated message: if that passes, size or substance of this one matters.",
        changes: [{ $0.messageSize = 1_000 }])
    case .sendByData:
      AdviceRecord(
        id: "by-data", because: "The message went by BDAT.",
        text: "The same message by DATA: if that passes, the trouble is in CHUNKING.",
        changes: [
          {
            $0.chunking = nil
            $0.chunkSize = nil
          }
        ])
    }
  }
}

/// What to make of a temporary refusal, by the reason that its words give.
private func putOff(for reason: RefusalReason) -> AdviceRecord {
  switch reason {
  case .greylisting:
    later("It speaks of greylisting", "The same in half an hour: the second try passes.")
  case .connections:
    later("It speaks of too much at once", "One session by itself, after ten minutes.")
  case .trouble:
    later("It speaks of trouble at the server", "The same later; only its owner can help.")
  case .lookup:
    later(
      "It speaks of a lookup that failed", "The same later; see whether the names in it resolve.")
  case .timeout:
    later("It speaks of a time-out", "The same again, with an eye on what the server waited for.")
  case .recipients:
    AdviceRecord(
      id: "fewer-recipients", because: "It speaks of too many recipients.",
      text: "Fewer recipients a message; mail servers send to the rest by themselves.", changes: [])
  case .size:
    AdviceRecord(
      id: "send-less", because: "It speaks of the message's size.",
      text: "A small generated message: if that passes, it is the size.",
      changes: [{ $0.messageSize = 1_000 }])
  case .reputation:
    AdviceRecord(
      id: "ask-the-receiver",
      because: "It speaks of the sender's address, name, volume or reputation.",
      text: "A retry decides nothing: the receiver's postmaster pages say what is held against it.",
      changes: [])
  case .mailbox:
    AdviceRecord(
      id: "ask-the-receiver", because: "It speaks of the recipient's mailbox.",
      text: "Only the recipient can make room; the sender's queue tries again by itself.",
      changes: [])
  case .recipient, .relay, .sender:
    AdviceRecord(
      id: "ask-the-receiver", because: "It speaks of an address in the envelope.",
      text: "The receiver's rules say who may write to whom; a retry decides nothing.",
      changes: [])
  case .encryption:
    AdviceRecord(
      id: "use-tls", because: "It wants TLS first.",
      text: "The same under TLS.", changes: [{ $0.tls = .require }])
  }
}

private func later(_ reason: String, _ text: String) -> AdviceRecord {
  AdviceRecord(
    id: "come-back-later", because: "The refusal is temporary (4xx). \(reason).",
    text: text, changes: [{ _ in }])
}

/// One piece of advice in words, with the changes to the session that carry it out.
package struct AdviceRecord: Sendable {
  /// A stable word for it.
  package var id: String
  /// The evidence that makes it worth trying.
  package var because: String
  /// What to do, and what the outcome tells.
  package var text: String
  /// For each session to run, what it does otherwise; one that changes nothing is the same again.
  package var changes: [OptionChange]
}
