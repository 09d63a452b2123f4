import Diagnosis
import SessionTrace

extension TextLayout {
  /// The pieces of our stream and what became of each: all of them where a plan cut them or they are few.
  mutating func segments(of trace: Trace) {
    let kept = trace.segments.kept
    let isPlanned = kept.contains { $0.asPlanned != nil }
    guard !kept.isEmpty, isPlanned || kept.count <= 12 else { return }
    heading(
      trace.target.isUnixSocket ? "Writes" : "Segments",
      remark: "seconds; - where the kernel gave no stamp")
    row("      offset  length  stage      written       sent      acked  as planned", tone: .quiet)
    let omitted = max(0, trace.segmentsOmitted)
    for (number, segment) in kept.enumerated() {
      if kept.count > 24, number == 16 {
        paragraph("... \(kept.count - 20 + omitted) more", indent: 6, hanging: 6, tone: .quiet)
      }
      guard kept.count <= 24 || number < 16 || number >= kept.count - 4 else { continue }
      row(
        "  " + rightAligned(String(segment.offset), 10)
          + rightAligned(String(segment.length), 8) + "  " + padded(segment.stage.rawValue, 9)
          + stamp(segment.written) + stamp(segment.sent) + stamp(segment.acknowledged) + "  "
          + (segment.asPlanned.map { $0 ? "yes" : "NO" } ?? "-"),
        tone: segment.asPlanned == false ? .warning : .plain)
    }
  }

  private func stamp(_ moment: Microseconds?) -> String {
    rightAligned(moment.map(secondsText) ?? "-", 11)
  }

  /// What the kernel said of the connection at the end.
  mutating func transport(of trace: Trace) {
    guard let facts = trace.finalFacts else { return }
    if trace.target.isUnixSocket { return unixSocket(facts) }
    heading("TCP", remark: "the kernel's view at the end")
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
    for (label, facts) in groups {
      let known = facts.compactMap { name, value in
        value.map { name.isEmpty ? $0 : "\(name) \($0)" }
      }
      if !known.isEmpty { field(label, known.joined(separator: ", ")) }
    }
    field("fast open", trace.fastOpenOutcome.rawValue)
  }

  private mutating func unixSocket(_ facts: KernelFacts) {
    guard let wasRead = facts.readByPeer else { return }
    heading("Socket", remark: "the kernel's view at the end")
    field("our bytes", wasRead ? "all read by the server's program" : "not all read by the server")
  }

  /// What was negotiated, and what the certificate is worth.
  mutating func security(of trace: Trace) {
    guard let tls = trace.tls else { return }
    heading("TLS")
    field("session", "\(tls.version) \(tls.cipher)" + (tls.group.map { " \($0)" } ?? ""))
    field("hello", "\(tls.clientHelloLength) bytes, server name \(tls.serverName ?? "not sent")")
    field(
      "certificate",
      tls.verified
        ? "verified" : "not verified: " + tls.verificationProblems.joined(separator: " "),
      tone: tls.verified ? .plain : .warning)
    guard let leaf = tls.certificates.first else { return }
    field("subject", leaf.subject)
    field("issuer", leaf.issuer)
    field("valid", "\(leaf.notBefore) to \(leaf.notAfter)")
    if !leaf.names.isEmpty { field("names", leaf.names.prefix(12).joined(separator: ", ")) }
    field("key", leaf.key)
    field("sha256", leaf.fingerprint)
  }

  /// Every attempt to connect that failed, with its reason.
  mutating func attempts(of trace: Trace) {
    let failed = trace.attempts.filter { $0.failure != nil }
    guard !failed.isEmpty else { return }
    heading("Attempts that failed")
    for attempt in failed.prefix(40) {
      let reason = attempt.failure.map { "\($0.name) (\($0.call)): \($0.text)" } ?? ""
      let origin = attempt.failureOrigin.map { ", told by \($0)" } ?? ""
      point(
        (trace.target.isUnixSocket
          ? attempt.address : "\(attempt.address) port \(attempt.port)") + ": \(reason), after"
          + " \(durationText(attempt.duration))\(origin)")
    }
  }
}
