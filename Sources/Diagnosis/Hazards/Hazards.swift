package import SessionTrace

/// Everything in `trace` that went well here and can stall another client, or another day.
///
/// A hazard is an observation, never a suspicion: each rule names what it saw. What the probe itself
/// caused (a small segment size of ours, an option of the user's) is no hazard of the peer. A
/// certificate that does not verify is no hazard either: it stands with the other facts of TLS.
package func hazards(of trace: Trace) -> [Hazard] {
  [
    trace.fragmentedReplies, trace.stutter, trace.repliesOneByOne, trace.maskedBanner,
    trace.maskedCapabilities, trace.punishedEarlyTalker,
    trace.teasingGreeting, trace.surplusReplies,
    trace.repliesOneOff,
    trace.uninvitedPipelining, trace.refusedStartTLS, trace.outdatedTLS,
    trace.finiteFieldOnly,
    trace.unannouncedEndOfTLS, trace.overwrittenCommand, trace.constantDelays, trace.lateRefusals,
    trace.slowProgress,
    trace.recipientPutOff, trace.mailLoop, trace.fastOpenFallback, trace.repeatedSYN,
    trace.passedOver, trace.failedQuestion, trace.twiceOfferedSize, trace.exceededSize,
    trace.exceededLimits, trace.submissionPort,
  ].compactMap { $0 } + trace.violationHazards
}

extension Trace {
  /// D1 `pix-banner-mask`: an inspecting firewall overwrote the greeting with asterisks.
  ///
  /// Source: the pattern by which Postfix knows a PIX, a greeting of nothing but `2`, `0`, space and `*`.
  var maskedBanner: Hazard? {
    guard let greeting = replies.first(where: { $0.stage == .banner && $0.wasDue }),
      let line = greeting.lines.first, line.count(where: { $0 == "*" }) >= 4,
      line.allSatisfy({ "20 *".contains($0) })
    else { return nil }
    return Hazard(
      id: .pixBannerMask,
      text:
        "the greeting is masked with asterisks, as PIX and ASA firewalls do; such boxes also mask"
        + " EHLO keywords and can swallow an end of data that is cut between segments")
  }

  /// D2 `esmtp-capability-mask`: capability keywords overwritten with `X`, at their old length.
  var maskedCapabilities: Hazard? {
    let masked = capabilities.filter { $0.hasPrefix("XXXX") }
    guard let first = masked.first else { return nil }
    return Hazard(
      id: .esmtpCapabilityMask,
      text: "\(count(masked.count, "EHLO keyword")) overwritten with X (\(short(first)));"
        + " so inspecting firewalls hide what a server offers, STARTTLS for one")
  }

  /// Whether EHLO left before the greeting: asked for, or in a Fast Open SYN.
  var talkedEarly: Bool {
    hasFlag("pregreet") || option("fast_open") == .text("data")
      || option("pipelining") == .text("early")
  }

  /// D7 `greet-pause-pregreet`: we spoke before the greeting on request, and were refused for it.
  var punishedEarlyTalker: Hazard? {
    let wasServed =
      endingStage > .ehlo && replies.contains { $0.stage > .ehlo && $0.stage < .quit }
    guard talkedEarly, !wasServed else { return nil }
    let refusal = replies.first { $0.stage <= .ehlo && $0.code >= 400 }
    let wasDropped: Bool
    switch ending {
    case .endOfStream, .failed: wasDropped = endingStage <= .ehlo
    case .finished, .timedOut, .unreachable, .tlsFailed, .notAuthenticated, .protocolError,
      .interrupted, .internalError:
      wasDropped = false
    }
    guard refusal != nil || wasDropped || answersInsideGreeting else { return nil }
    let what =
      refusal.map { "refused with \($0.code)" }
      ?? (wasDropped ? "disconnected" : "answered inside the greeting, which then never ends,")
    return Hazard(
      id: .greetPausePregreet,
      text: "a client that talks before the greeting is \(what) here;"
        + " early pipelining and Fast Open with data are such clients")
  }

  /// D7 `greet-pause-pregreet`: the greeting was begun, and ended some seconds later.
  var teasingGreeting: Hazard? {
    guard let pause = teaserPause else { return nil }
    return Hazard(
      id: .greetPausePregreet,
      text: "the greeting was begun, and its last line came \(durationText(pause)) later;"
        + " postscreen does that to catch clients that do not wait, and early pipelining and Fast"
        + " Open with data do not")
  }

  /// E3 `pipelining-not-offered`: we pipelined on request where the server did not offer it.
  var uninvitedPipelining: Hazard? {
    guard envelope?.isPipelinedUninvited(by: capabilities) == true else { return nil }
    return Hazard(
      id: .pipeliningNotOffered,
      text: "the envelope was pipelined although the server does not offer PIPELINING;"
        + " a refusal, a loss or a stall may be of our own making")
  }

  /// STARTTLS offered, asked for, and refused.
  var refusedStartTLS: Hazard? {
    guard let refusal = replies.first(where: { $0.stage == .starttls && $0.code >= 400 }) else {
      return nil
    }
    return Hazard(
      id: .starttlsRefused,
      text: "STARTTLS is offered and then refused with \(refusal.code);"
        + " a client that insists on TLS cannot deliver, others go on in clear text")
  }
}

extension EnvelopeRecord {
  /// Whether MAIL, RCPT and DATA left together without leave.
  fileprivate func isPipelinedUninvited(by capabilities: [String]) -> Bool {
    pipelined
      && !capabilities.contains { $0.prefix { $0 != " " }.uppercased() == "PIPELINING" }
  }
}
