import Diagnosis
import SessionTrace

extension Trace {
  /// The pieces of our stream, and the attempts to connect that failed, each with its reason.
  var pieces: [Block] {
    var ladder = Ladder(
      title: target.isUnixSocket ? "Writes" : "Segments",
      segments: segments.kept, omitted: max(0, segmentsOmitted),
      replies: replies.map { Ladder.Reply(at: $0.at, stage: $0.stage, code: $0.code) },
      duration: duration)
    ladder.server = target.serverName
    ladder.opening = attempts.last { $0.failure == nil }.map {
      $0.start..<($0.start &+ max(1, $0.duration))
    }
    if waited > 0 {
      // What was still acknowledged while we waited is no silence.
      let last =
        (segments.kept.flatMap { [$0.written, $0.sent ?? 0, $0.acknowledged ?? 0] }
        + replies.map(\.at)).filter { $0 < duration }.max() ?? 0
      ladder.silence = max(0, last, duration &- waited)..<max(1, duration)
      ladder.silenceInWords = "nothing came; we waited for \(endingStage.rawValue)"
    }
    ladder.ending = ending.onLadder
    let failed = attempts.filter { $0.failure != nil }
    let way = hops.map {
      Block.way(
        Way(
          hops: $0.reporters, acknowledgedWithin: $0.acknowledgedAtTTL, distance: $0.pathHops,
          server: target.address ?? target.host))
    }
    return [.ladder(ladder)] + [way].compactMap(\.self)
      + Block.list(.part, "Attempts that failed", failed.prefix(40).map { $0.inWords(on: target) })
  }

  /// What the kernel said of the connection at the end.
  var transport: [Block] {
    guard let facts = finalFacts else { return [] }
    if target.isUnixSocket { return socket(facts) }
    let bytes = { (number: Int) in String(number) }
    let groups: [(String, [(String, String?)])] = [
      (
        "state",
        [
          ("", facts.state), ("outstanding", facts.outstanding.map(bytes)),
          ("unsent", facts.unsent.map(bytes)),
        ]
      ),
      (
        "times",
        [
          ("round trip", facts.roundTrip.map(durationText)),
          ("least", facts.leastRoundTrip.map(durationText)),
          ("retransmission timeout", facts.retransmissionTimeout.map(durationText)),
        ]
      ),
      (
        "sizes",
        [
          ("segment", facts.sendMSS.map(bytes)), ("advertised", facts.advertisedMSS.map(bytes)),
          ("path MTU", facts.pathMTU.map(bytes)),
        ]
      ),
      (
        "windows",
        [
          ("peer's", facts.peerWindow.map(bytes)), ("ours", facts.ownWindow.map(bytes)),
          ("scale", facts.windowScale?.map(String.init).joined(separator: "/")),
          ("congestion", facts.congestionWindow.map(bytes)),
        ]
      ),
      (
        "losses",
        [
          ("retransmitted", facts.totalRetransmits.map(bytes)),
          ("lost", facts.lostSegments.map(bytes)), ("in flight", facts.unackedSegments.map(bytes)),
          ("backoff", facts.backoff.map(bytes)),
        ]
      ),
      ("options", [("", facts.options?.joined(separator: " "))]),
    ]
    var fields: [Field] = []
    for (label, facts) in groups {
      let known = facts.compactMap { name, value in
        value.map { name.isEmpty ? $0 : "\(name) \($0)" }
      }
      if !known.isEmpty { fields.append(Field(label: label, value: known.joined(separator: ", "))) }
    }
    fields.append(Field(label: "fast open", value: fastOpenOutcome.rawValue))
    return [.heading(.part, "TCP", remark: "the kernel's view at the end"), .fields(fields)]
  }

  private func socket(_ facts: KernelFacts) -> [Block] {
    guard let wasRead = facts.readByPeer else { return [] }
    let words = wasRead ? "all read by the server's program" : "not all read by the server"
    return [
      .heading(.part, "Socket", remark: "the kernel's view at the end"),
      .fields([Field(label: "our bytes", value: words)]),
    ]
  }

  /// What policies there are, what was negotiated, and what the certificate is worth.
  var security: [Block] {
    let policies = (tlsPolicies ?? []).flatMap(\.fields)
    let fields = (tls.map(securityFields) ?? []) + policies
    return fields.isEmpty ? [] : [.heading(.part, "TLS"), .fields(fields)]
  }

  private func securityFields(_ tls: TLSSummary) -> [Field] {
    var fields = [
      Field(
        label: "session",
        value: "\(tls.version) \(tls.cipher)" + (tls.group.map { " \($0)" } ?? "")
          + (tls.resumed ? ", resumed" : hasFlag("tls_resume") ? ", not resumed" : "")),
      Field(
        label: "hello",
        value: "\(tls.clientHelloLength) bytes, server name \(tls.serverName ?? "not sent")"),
      Field(
        label: "certificate",
        value: tls.verified
          ? "verified" : "not verified: " + tls.verificationProblems.joined(separator: " "),
        tone: tls.verified ? .plain : .warning),
    ]
    if let leaf = tls.certificates.first {
      let names = leaf.names.prefix(12).joined(separator: ", ")
      fields += [
        Field(label: "subject", value: leaf.subject), Field(label: "issuer", value: leaf.issuer),
        Field(label: "valid", value: "\(leaf.notBefore) to \(leaf.notAfter)"),
      ]
      if !names.isEmpty { fields.append(Field(label: "names", value: names)) }
      fields += [
        Field(label: "key", value: leaf.key), Field(label: "sha256", value: leaf.fingerprint),
      ]
    }
    if let words = tls.clientCertificate?.words {
      fields.append(Field(label: "of ours", value: words))
    }
    return fields
  }
}

extension OwnCertificate {
  /// What a reader should know of it; `nil` where there is nothing to tell.
  fileprivate var words: String? {
    switch self {
    case .notAskedFor: nil
    case .askedFor: "the server asked for a certificate of ours, and got none (see --tls-cert)"
    case .shown: "the server asked for a certificate, and got it"
    case .shownLate: "the server asked for a certificate behind the handshake, and got it"
    }
  }
}

extension Ending {
  /// As it is drawn.
  fileprivate var onLadder: Ladder.End {
    switch self {
    case .finished, .timedOut, .notAuthenticated, .protocolError, .interrupted: .byUs
    case .endOfStream: .closed
    case .failed: isByPeer ? .reset : .open
    case .unreachable, .tlsFailed, .internalError: .open
    }
  }
}

extension ConnectionAttempt {
  /// `192.0.2.25 port 25: ECONNREFUSED (connect): Connection refused, after 31.2 ms`.
  fileprivate func inWords(on target: TargetRecord) -> String {
    let place = target.isUnixSocket ? address : "\(address) port \(port)"
    if let failure, failure.isAboutPolicy {
      return "\(place): passed over, TLS is not as its policy demands: \(failure.text)"
    }
    let reason = failure.map { "\($0.name) (\($0.call)): \($0.text)" } ?? ""
    let origin = failureOrigin.map { ", reported by \($0)" } ?? ""
    return "\(place): \(reason), after \(durationText(duration))\(origin)"
  }
}
