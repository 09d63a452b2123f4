import Diagnosis
import SessionTrace

extension SessionReport {
  /// The matter in plain words, for whoever reads nothing else.
  var guidance: Guidance {
    Guidance(sentence: plainly, steps: steps, addressee: addressee)
  }

  private var server: String { trace.target.serverName }

  private var plainly: Wording {
    let waited = durationText(verdict.waited)
    switch verdict.status {
    case .ok:
      let answered: Wording =
        "\(server) answered everything up to \(ours: verdict.stage.inPlainWords)"
      if oddities.isEmpty {
        return "Nothing is wrong as far as this test went: " + answered + "."
      }
      let things = oddities.count == 1 ? "one thing is" : "\(oddities.count) things are"
      return "Mail gets through as far as this test went: " + answered
        + ". But \(ours: things) worth a look."
    case .stalled: return stalled(waited)
    case .closed:
      return
        "\(server) hung up in the middle of the delivery, at \(ours: verdict.stage.inPlainWords)."
    case .reset:
      return
        "The connection to \(server) was broken off (reset) at \(ours: verdict.stage.inPlainWords), by the server or by something in between."
    case .rejected:
      return
        "\(server) refuses this mail at \(ours: verdict.stage.inPlainWords), for good: \(refusal)"
    case .deferred:
      return
        "\(server) does not take this mail now, at \(ours: verdict.stage.inPlainWords), and asks to come back later: \(refusal)"
    case .unreachable:
      return trace.attempts.isEmpty
        ? "The name \(server) leads to no address that takes mail."
        : "No connection to \(server) could be made: every address was tried."
    case .tlsFailed: return "\(server) and this host could not set up encryption (TLS)."
    case .protocolError:
      return
        "\(server) gave an answer that SMTP does not allow, at \(ours: verdict.stage.inPlainWords); no mail program could go on from there."
    case .interrupted:
      let stopped: Wording = "The test was stopped by a signal before it was done."
      return stoodStill ? stopped + " So far: " + stalled(waited) : stopped
    case .internalError: return "The tool itself failed; this says nothing about \(server)."
    }
  }

  /// Whether a session that was stopped had waited long enough to say for what.
  private var stoodStill: Bool { verdict.custody != nil && verdict.waited >= .seconds(1) }

  private func stalled(_ waited: String) -> Wording {
    let ledger = verdict.ledger
    switch verdict.custody {
    case .peerSilent:
      return
        "\(server) took the connection, and said nothing for \(ours: waited) when it was its turn: it stopped at \(ours: verdict.stage.inPlainWords)."
    case .heldLocally:
      return
        "This host itself kept \(ours: count(ledger.unsent, "byte")) back for \(ours: waited), although \(server) had room for them."
    case .windowClosed:
      return
        "\(server) stopped reading: \(ours: count(ledger.unsent, "byte")) wait here, and it lets no more in."
    case .unacknowledged:
      return
        "\(ours: count(ledger.sent - ledger.acknowledged, "byte")) sent to \(server) got lost: nobody acknowledged them in \(ours: waited)."
    case .acknowledgedUnanswered:
      return
        "\(server), or a device in front of it, has received everything we sent, and nothing has answered for \(ours: waited): it stopped at \(ours: verdict.stage.inPlainWords)."
    case .replyCutShort:
      return
        "\(server) began an answer and never finished it: it stopped at \(ours: verdict.stage.inPlainWords)."
    case nil: return "\(server) did not go on at \(ours: verdict.stage.inPlainWords)."
    }
  }

  /// What was met on the way and did not keep the session from going well.
  private var oddities: [String] { hazards.map(\.text) + trace.notes }

  /// The words of the refusal that decided.
  private var refusal: String {
    (decisiveRefusal(in: trace)?.reply).flatMap { trace.replies.indices.contains($0) ? $0 : nil }
      .map { trace.replies[$0].quoted } ?? verdict.summary
  }

  private var steps: [Wording] {
    var steps: [Wording] = []
    switch verdict.status {
    case .ok:
      let looks = oddities.prefix(3).map { "Look at this: \($0)" as Wording }
      let unsent: Wording = "No message was sent: --message-size 1000 would send one."
      if trace.content != nil { return oddities.isEmpty ? ["Nothing."] : looks }
      return oddities.isEmpty ? ["Nothing. " + unsent] : looks + [unsent]
    case .interrupted, .internalError:
      return ["Run it again\(ours: stoodStill ? ", and let it come to its end" : "")."]
    case .rejected: steps.append("Read what the server says: it gives its reason.")
    case .deferred: steps.append("Wait and let the mail server try again; it does so by itself.")
    case .stalled, .closed, .reset, .unreachable, .tlsFailed, .protocolError: break
    }
    if verdict.custody == .heldLocally {
      steps.append("Look at the sending host first: the bytes never left it.")
    }
    if let advice = advice.first?.record { steps.append("\(ours: advice.text)") }
    if isCauseOpen {
      steps.append("Let the tool find what changes it: \(command.diagnosis.line)")
    }
    return steps
  }

  private var addressee: Wording? {
    let postmaster: Wording =
      "The postmaster of \(server). Send this report: it has the times, the bytes and what each side said. If mail to them does not get through, telephone, or write from elsewhere."
    let network: Wording =
      "Whoever runs your own network and firewall; then the postmaster of \(server). Send both this report."
    switch verdict.status {
    case .ok, .internalError: return nil
    case .interrupted where !stoodStill: return nil
    case .deferred:
      return decisiveRefusal(in: trace).flatMap { trace.replies[$0.reply].reason } == .greylisting
        ? nil : postmaster
    case .rejected, .tlsFailed, .protocolError: return postmaster
    case .unreachable:
      if trace.attempts.isEmpty { return "Whoever keeps the DNS of the domain behind \(server)." }
      let isRefused = trace.attempts.contains { $0.failure?.name == "ECONNREFUSED" }
      return isRefused ? postmaster : network
    case .stalled, .closed, .reset, .interrupted:
      switch verdict.custody {
      case .heldLocally: return "Nobody outside: whoever looks after the sending host."
      case .unacknowledged: return network
      case .acknowledgedUnanswered where trace.hops?.reading == .inFront:
        return
          "The postmaster of \(server), with the question who runs the firewall or gateway in front of it: that device has the bytes. Send this report."
      case .peerSilent, .windowClosed, .acknowledgedUnanswered, .replyCutShort, nil:
        return postmaster
      }
    }
  }
}

extension Stage {
  /// The stage for those who do not speak SMTP every day.
  var inPlainWords: String {
    switch self {
    case .resolve: "looking up its name"
    case .connect: "connecting"
    case .banner: "the server's greeting"
    case .ehlo: "the exchange of names (EHLO)"
    case .starttls: "the request for encryption (STARTTLS)"
    case .tls: "setting up encryption (TLS)"
    case .auth: "logging in (AUTH)"
    case .mail: "naming the sender (MAIL FROM)"
    case .rcpt: "naming the recipients (RCPT TO)"
    case .data: "announcing the message (DATA)"
    case .body: "sending the message"
    case .dot: "the end of the message"
    case .quit: "taking leave (QUIT)"
    }
  }
}
