package import SessionTrace

/// Recipients that a delivery went on without: for a session that is `ok`, for a diagnosis a failure.
///
/// A sender comes again with them, in the same group perhaps, and may be put off for ever.
extension Trace {
  /// The place of the first recipient that was put off while others were accepted, from 1 among the
  /// RCPT commands; `nil` where there is none.
  ///
  /// A plain 5xx is an answer that the sender can pass on; 552 is the old word for too many (RFC 5321
  /// section 4.5.3.1.10).
  var placePutOff: Int? {
    let codes = recipientAnswers.map(\.code)
    guard codes.contains(where: { $0 < 300 }) else { return nil }
    return codes.firstIndex { (400..<500).contains($0) && $0 != 421 || $0 == 552 }.map { $0 + 1 }
  }

  /// Its reply.
  var putOffInPart: ReplyRecord? { placePutOff.map { recipientAnswers[$0 - 1] } }

  /// The reply that decided the session, or put off a part of its recipients.
  var refusal: ReplyRecord? {
    decisiveRefusal(in: self).map { replies[$0.reply] } ?? putOffInPart
  }
}

extension Control {
  /// Whether all that is wrong with it is that some of its recipients were put off.
  var isPutOffInPart: Bool {
    status == .deferred && decisiveRefusal(in: trace) == nil && trace.putOffInPart != nil
  }
}

/// The verdict of a diagnosis on a session beside the `control`, which is `nil` before any has failed.
///
/// Behind a control that failed otherwise what was put off is no failure: it was put off there as well.
package func verdict(of trace: Trace, beside control: Control?) -> Verdict {
  var verdict = verdict(of: trace)
  guard verdict.status == .ok, control?.isPutOffInPart ?? true, trace.putOffInPart != nil else {
    return verdict
  }
  (verdict.status, verdict.stage) = (.deferred, .rcpt)
  verdict.exitCode = exitCode(.deferred, at: .rcpt, ending: trace.ending)
  return verdict
}
